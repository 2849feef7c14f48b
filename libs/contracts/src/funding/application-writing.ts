import { z } from 'zod';
import { plannedDay } from '../platform/fields';
import {
  applicationDocument,
  type ApplicationDocument,
  type ApplicationDraft,
  costLine,
  type CostLine,
} from './applications';
import type { CallQuestion, CallTerms } from './calls';
import { penceMost, readPounds } from './money';

/* What a draft comes to, and what it still lacks: said by the form as one types, and by the server when it is sent. */

export const draftFaults = [
  /** Nothing stands there yet. */
  'needed',
  'not-an-amount',
  'negative',
  'fractions-of-a-penny',
  'too-large',
  /** An amount of nothing. */
  'nothing',
  'not-a-day',
  'ends-before-it-starts',
  'not-a-link',
  'not-a-currency',
  'not-a-rate',
  'too-many-words',
  'too-long',
  /** Fewer objectives than the call asks for. */
  'too-few',
  'not-an-option',
  /** Other funding pays for all of it. */
  'nothing-asked',
  /** The least amount is more than what is asked. */
  'above-asked',
  /** More is to be paid up front than it costs. */
  'above-costs',
] as const;
export type DraftFaultName = (typeof draftFaults)[number];

/**
 * One thing that is missing or wrong: `field` is its path in the draft, `costs.0.amount`, `objectives.1`, `answers.<question id>`;
 * `limit` the figure that the wording needs: words, characters, objectives, or pence.
 */
export const draftFault = z.object({
  field: z.string(),
  fault: z.enum(draftFaults),
  limit: z.int().nullable(),
});
export type DraftFault = z.infer<typeof draftFault>;

/** The terms that say what a draft needs. */
export type TermsOfDraft = Pick<CallTerms, 'questions' | 'caseWordsMost' | 'objectivesLeast' | 'partAwards'>;

/** Characters of an answer to a short question, and of one to a long one. */
export const shortAnswerMost = 300;
export const longAnswerMost = 20_000;

/** A draft in which nothing has been written. */
export const emptyDraft = (): ApplicationDraft => ({
  event: { name: '', place: '', startsOn: '', endsOn: '', link: '', as: null, onAbstract: false },
  costs: [],
  otherFunding: [],
  least: '',
  upFront: { amount: '', by: null },
  case: '',
  objectives: [],
  sharing: { way: null, how: '' },
  answers: {},
});

/**
 * Words as people count them: what stands between white space and holds a letter or a figure. `well-being` is one. Counted at
 * every save, so by parts: one pattern over all of it takes the square of the length of a line of dashes.
 */
export const wordsOf = (text: string): number => text.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;

export interface AskedSums {
  costsPence: number;
  /** Other funding that is confirmed, and that is hoped for: only the first is taken off. */
  confirmedPence: number;
  hopedPence: number;
  /** Costs less confirmed funding; below nothing where others pay for more than all of it. */
  askedPence: number;
  /** False while an amount is missing or cannot be read: the sums are of those that can. */
  exact: boolean;
}

const sumOf = (typed: readonly string[]): { pence: number; exact: boolean } => {
  const read = typed.map((each) => readPounds(each));
  return {
    pence: read.reduce((sum, each) => sum + ('pence' in each ? each.pence : 0), 0),
    exact: read.every((each) => 'pence' in each),
  };
};

/** A line that somebody added and never filled in is none. */
const isBlankCost = ({ what, note, amount, foreign }: ApplicationDraft['costs'][number]): boolean =>
  what.trim() === '' && note.trim() === '' && amount.trim() === '' && foreign === null;
const isBlankFunding = ({ from, amount }: ApplicationDraft['otherFunding'][number]): boolean =>
  from.trim() === '' && amount.trim() === '';

/** What a draft asks for: costs less other funding that is confirmed, in pence. */
export const askedOf = (draft: Pick<ApplicationDraft, 'costs' | 'otherFunding'>): AskedSums => {
  const costs = sumOf(draft.costs.filter((line) => !isBlankCost(line)).map(({ amount }) => amount));
  const others = draft.otherFunding.filter((line) => !isBlankFunding(line));
  const confirmed = sumOf(others.filter((line) => line.confirmed).map(({ amount }) => amount));
  const hoped = sumOf(others.filter((line) => !line.confirmed).map(({ amount }) => amount));
  return {
    costsPence: costs.pence,
    confirmedPence: confirmed.pence,
    hopedPence: hoped.pence,
    askedPence: costs.pence - confirmed.pence,
    exact: costs.exact && confirmed.exact && hoped.exact,
  };
};

/** What a complete document asks for, in pence. */
export const askedOfDocument = ({ costs, otherFunding }: Pick<ApplicationDocument, 'costs' | 'otherFunding'>): number =>
  costs.reduce((sum, { amountPence }) => sum + amountPence, 0) -
  otherFunding.reduce((sum, { amountPence, confirmed }) => sum + (confirmed ? amountPence : 0), 0);

/** Whether a text is a day of the calendar for which an event can be planned, `2026-05-01`. */
export const isDay = (typed: string): boolean => plannedDay.safeParse(typed).success;

type Say = (field: string, fault: DraftFaultName, limit?: number | null) => void;

/** The pence that were typed; null, and what is wrong is said, where they cannot be read. */
const penceOf = (typed: string, field: string, say: Say): number | null => {
  const read = readPounds(typed);
  if ('pence' in read) return read.pence;
  say(field, read.fault === 'empty' ? 'needed' : read.fault, read.fault === 'too-large' ? penceMost : null);
  return null;
};

const eventOf = ({ event }: ApplicationDraft, say: Say): void => {
  if (event.name.trim() === '') say('event.name', 'needed');
  if (event.place.trim() === '') say('event.place', 'needed');
  for (const field of ['startsOn', 'endsOn'] as const) {
    if (event[field] === '') say(`event.${field}`, 'needed');
    else if (!isDay(event[field])) say(`event.${field}`, 'not-a-day');
  }
  if (isDay(event.startsOn) && isDay(event.endsOn) && event.endsOn < event.startsOn) {
    say('event.endsOn', 'ends-before-it-starts');
  }
  if (!applicationDocument.shape.event.shape.link.safeParse(event.link).success) say('event.link', 'not-a-link');
  if (event.as === null) say('event.as', 'needed');
};

const costsOf = (draft: ApplicationDraft, say: Say): CostLine[] => {
  const lines: CostLine[] = [];
  for (const [index, line] of draft.costs.entries()) {
    if (isBlankCost(line)) continue;
    const { id, category, what, note, foreign } = line;
    if (what.trim() === '') say(`costs.${index}.what`, 'needed');
    const amountPence = penceOf(line.amount, `costs.${index}.amount`, say) ?? 0;
    if (foreign) {
      const { currency, amount, rate, on } = costLine.shape.foreign.unwrap().shape;
      const at = `costs.${index}.foreign`;
      const judge = (field: keyof typeof foreign, right: boolean, fault: DraftFaultName): void => {
        if (foreign[field] === '') say(`${at}.${field}`, 'needed');
        else if (!right) say(`${at}.${field}`, fault);
      };
      judge('currency', currency.safeParse(foreign.currency).success, 'not-a-currency');
      judge('amount', amount.safeParse(foreign.amount).success, 'not-an-amount');
      judge('rate', rate.safeParse(foreign.rate).success, 'not-a-rate');
      judge('on', on.safeParse(foreign.on).success, 'not-a-day');
    }
    lines.push({ id, category, what, note, amountPence, foreign });
  }
  if (lines.length === 0) say('costs', 'needed');
  return lines;
};

/** The least amount in pence: where the call makes no part-awards, all that is asked. */
const leastOf = (draft: ApplicationDraft, terms: TermsOfDraft, asked: AskedSums, say: Say): number => {
  if (!terms.partAwards) return asked.askedPence;
  const pence = penceOf(draft.least, 'least', say);
  if (pence !== null && asked.exact && asked.askedPence > 0 && pence > asked.askedPence) {
    say('least', 'above-asked', asked.askedPence);
  }
  return pence ?? 0;
};

const upFrontOf = ({ upFront }: ApplicationDraft, asked: AskedSums, say: Say): ApplicationDocument['upFront'] => {
  if (upFront.by === null) say('upFront.by', 'needed');
  if (upFront.by === null || upFront.by === 'nothing') return { amountPence: 0, by: 'nothing' };
  const pence = penceOf(upFront.amount, 'upFront.amount', say) ?? 0;
  if (asked.exact && asked.costsPence > 0 && pence > asked.costsPence) {
    say('upFront.amount', 'above-costs', asked.costsPence);
  }
  return { amountPence: pence, by: upFront.by };
};

const answerFaults = ({ id, kind, required, wordsMost, options }: CallQuestion, answer: string, say: Say): void => {
  const field = `answers.${id}`;
  if (answer.trim() === '') {
    if (required) say(field, 'needed');
    return;
  }
  if (kind === 'choice' && !options.includes(answer)) say(field, 'not-an-option');
  if (kind === 'yes-no' && answer !== 'yes' && answer !== 'no') say(field, 'not-an-option');
  if (kind === 'short' && answer.length > shortAnswerMost) say(field, 'too-long', shortAnswerMost);
  if (kind === 'long' && wordsMost !== null && wordsOf(answer) > wordsMost) say(field, 'too-many-words', wordsMost);
};

/**
 * The complete document that a draft amounts to under these terms, with what it asks for in pence; or all that is missing, in
 * the order of the form. Blank lines and objectives, and answers to questions that are no longer asked, are left out.
 */
export const documentOf = (
  draft: ApplicationDraft,
  terms: TermsOfDraft,
): { document: ApplicationDocument; askedPence: number } | { missing: DraftFault[] } => {
  const missing: DraftFault[] = [];
  const say: Say = (field, fault, limit = null) => void missing.push({ field, fault, limit });

  eventOf(draft, say);
  const costs = costsOf(draft, say);
  const otherFunding: ApplicationDocument['otherFunding'] = [];
  for (const [index, line] of draft.otherFunding.entries()) {
    if (isBlankFunding(line)) continue;
    if (line.from.trim() === '') say(`otherFunding.${index}.from`, 'needed');
    const amountPence = penceOf(line.amount, `otherFunding.${index}.amount`, say) ?? 0;
    otherFunding.push({ id: line.id, from: line.from, amountPence, confirmed: line.confirmed });
  }
  const asked = askedOf(draft);
  if (costs.length > 0 && asked.exact) {
    if (asked.askedPence <= 0) say('otherFunding', 'nothing-asked');
    else if (asked.costsPence > penceMost) say('costs', 'too-large', penceMost);
  }
  const leastPence = leastOf(draft, terms, asked, say);
  const upFront = upFrontOf(draft, asked, say);

  if (draft.case.trim() === '') say('case', 'needed');
  else if (wordsOf(draft.case) > terms.caseWordsMost) say('case', 'too-many-words', terms.caseWordsMost);
  const objectives = draft.objectives.filter((objective) => objective.trim() !== '');
  if (objectives.length < terms.objectivesLeast) say('objectives', 'too-few', terms.objectivesLeast);
  if (draft.sharing.way === null) say('sharing.way', 'needed');

  const answers: Record<string, string> = {};
  for (const question of terms.questions) {
    const answer = draft.answers[question.id] ?? '';
    answerFaults(question, answer, say);
    if (answer.trim() !== '') answers[question.id] = answer;
  }

  const { as } = draft.event;
  const { way } = draft.sharing;
  if (missing.length > 0 || as === null || way === null) return { missing };
  return {
    document: {
      event: { ...draft.event, as },
      ...{ costs, otherFunding, leastPence, upFront, case: draft.case, objectives, answers },
      sharing: { way, how: draft.sharing.how },
    },
    askedPence: asked.askedPence,
  };
};

/** What a draft still lacks, in the order of the form; empty when it can be sent. */
export const missingOf = (draft: ApplicationDraft, terms: TermsOfDraft): DraftFault[] => {
  const read = documentOf(draft, terms);
  return 'missing' in read ? read.missing : [];
};
