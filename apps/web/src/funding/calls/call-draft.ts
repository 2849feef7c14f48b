import {
  callFixed,
  callLetters,
  type CallField,
  type CallQuestion,
  type CallRule,
  callTerms,
  type CallView,
  changeCall,
  type ChangeCall,
  type LetterKind,
  poundsOf,
  readPounds,
} from '@waymark/contracts';
import { amountFaultWords } from '../pots/pot-words';
import { instantAt, wallClock } from './zoned';

/** A call as it is being written: figures and dates as they were typed, so that nothing typed is lost. */
export interface CallDraft {
  name: string;
  potId: string;
  budget: string;
  opens: string;
  closes: string;
  returnGraceDays: string;
  endorseBy: string;
  decideBy: string;
  reserveUntil: string;
  claimBy: string;
  nextOpensOn: string;
  nextClosesOn: string;
  rollsUntil: string;
  cap: string;
  techniciansOnly: boolean;
  unitIds: readonly string[];
  gradeIds: readonly string[];
  rules: readonly CallRule['rule'][];
  notRetrospectiveDays: string;
  notFundedCalls: string;
  criteria: readonly { id: string; name: string; guidance: string; weight: string }[];
  questions: readonly {
    id: string;
    label: string;
    help: string;
    kind: CallQuestion['kind'];
    required: boolean;
    wordsMost: string;
    /** One a line. */
    options: string;
  }[];
  blind: boolean;
  reviewersEach: string;
  partAwards: boolean;
  /** As a mean score is shown: `50.0`. */
  bar: string;
  caseWordsMost: string;
  objectivesLeast: string;
  letters: Readonly<Record<LetterKind, string>>;
}

export interface DraftProblem {
  /** The control to go to. */
  control: string;
  text: string;
}

export const draftOf = (call: CallView, timeZone: string): CallDraft => {
  const terms = callTerms.parse(call.terms);
  const ruleOf = (name: CallRule['rule']) => terms.rules.find(({ rule }) => rule === name);
  const retrospective = ruleOf('not-retrospective');
  const lately = ruleOf('not-funded-lately');
  return {
    name: call.name,
    potId: call.potId,
    budget: poundsOf(call.budgetPence).slice(1),
    opens: wallClock(call.opensAt, timeZone),
    closes: wallClock(call.closesAt, timeZone),
    returnGraceDays: String(call.returnGraceDays),
    endorseBy: wallClock(call.endorseBy, timeZone),
    decideBy: call.decideBy,
    reserveUntil: call.reserveUntil,
    claimBy: call.claimBy,
    nextOpensOn: call.nextOpensOn ?? '',
    nextClosesOn: call.nextClosesOn ?? '',
    rollsUntil: call.rollsUntil ?? '',
    cap: poundsOf(terms.capPence).slice(1),
    techniciansOnly: terms.audience.techniciansOnly,
    unitIds: terms.audience.unitIds,
    gradeIds: terms.audience.gradeIds,
    rules: terms.rules.map(({ rule }) => rule),
    notRetrospectiveDays: retrospective?.rule === 'not-retrospective' ? String(retrospective.days) : '0',
    notFundedCalls: lately?.rule === 'not-funded-lately' ? String(lately.calls) : '1',
    criteria: terms.criteria.map((one) => ({ ...one, weight: String(one.weight) })),
    questions: terms.questions.map((one) => ({
      ...one,
      wordsMost: one.wordsMost === null ? '' : String(one.wordsMost),
      options: one.options.join('\n'),
    })),
    blind: terms.blind,
    reviewersEach: String(terms.reviewersEach),
    partAwards: terms.partAwards,
    bar: (terms.bar / 10).toFixed(1),
    caseWordsMost: String(terms.caseWordsMost),
    objectivesLeast: String(terms.objectivesLeast),
    letters: callLetters.parse(call.letters),
  };
};

/** A whole number as people type it; null where it is none. */
export const wholeOf = (typed: string): number | null => (/^\d{1,6}$/.test(typed.trim()) ? Number(typed.trim()) : null);

/** The weights added up, as far as they can be read: they make a hundred. */
export const weightSum = (criteria: CallDraft['criteria']): number =>
  criteria.reduce((sum, { weight }) => sum + (wholeOf(weight) ?? 0), 0);

/** A mean score as it is shown, `50` or `50.0`, in tenths of a percent; null where it is none. */
export const barOf = (typed: string): number | null => {
  const parts = /^(\d{1,3})(?:\.(\d))?$/.exec(typed.trim());
  if (!parts) return null;
  const tenths = Number(parts[1]) * 10 + Number(parts[2] ?? '0');
  return tenths <= 1000 ? tenths : null;
};

const rulesOf = (draft: CallDraft): CallRule[] =>
  draft.rules.map((rule): CallRule => {
    switch (rule) {
      case 'not-retrospective':
        return { rule, days: wholeOf(draft.notRetrospectiveDays) ?? -1 };
      case 'not-funded-lately':
        return { rule, calls: wholeOf(draft.notFundedCalls) ?? -1 };
      default:
        return { rule };
    }
  });

/** What is typed, as the server takes it; `null` while something is wrong, and what that is, in the order of the page. */
export const readDraft = (
  draft: CallDraft,
  kind: CallView['kind'],
  timeZone: string,
): { body: Omit<ChangeCall, 'version'> | null; problems: DraftProblem[] } => {
  const problems: DraftProblem[] = [];
  const say = (control: string, text: string) => problems.push({ control, text });
  const moment = (control: string, wall: string): string => {
    const instant = instantAt(wall, timeZone);
    if (instant === null) say(control, $localize`Give a day and a time.`);
    return instant ?? '';
  };
  const day = (control: string, typed: string): string => {
    if (!/^\d{4}-\d\d-\d\d$/.test(typed)) say(control, $localize`Give a day.`);
    return typed;
  };
  const whole = (control: string, typed: string, least: number, most: number): number => {
    const value = wholeOf(typed);
    if (value === null || value < least || value > most) {
      say(control, $localize`A whole number from ${least}:least: to ${most}:most:.`);
    }
    return value ?? least;
  };
  const pence = (control: string, typed: string): number => {
    const read = readPounds(typed);
    if ('fault' in read) say(control, amountFaultWords[read.fault]);
    return 'pence' in read ? read.pence : 1;
  };

  if (draft.name.trim() === '') say('edit-name', $localize`Give the call a name.`);
  const opensAt = moment('edit-opens', draft.opens);
  const closesAt = moment('edit-closes', draft.closes);
  if (opensAt && closesAt && closesAt <= opensAt) say('edit-closes', $localize`The close is after the opening.`);
  const returnGraceDays = whole('edit-grace', draft.returnGraceDays, 0, 60);
  const endorseBy = moment('edit-endorse', draft.endorseBy);
  if (closesAt && endorseBy && endorseBy < closesAt) {
    say('edit-endorse', $localize`Managers endorse until the close at least.`);
  }
  const decideBy = day('edit-decide', draft.decideBy);
  if (decideBy && draft.endorseBy && decideBy < draft.endorseBy.slice(0, 10)) {
    say('edit-decide', $localize`A decision comes after the endorsements.`);
  }
  const reserveUntil = day('edit-reserve', draft.reserveUntil);
  if (reserveUntil && reserveUntil < decideBy) say('edit-reserve', $localize`Not before the decision.`);
  const claimBy = day('edit-claim', draft.claimBy);
  if (claimBy && claimBy < decideBy) say('edit-claim', $localize`Not before the decision.`);
  const rollsUntil = kind === 'rolling' ? day('edit-rolls', draft.rollsUntil) : null;
  if (rollsUntil && rollsUntil < draft.opens.slice(0, 10)) say('edit-rolls', $localize`Not before it opens.`);
  if (draft.nextClosesOn && !draft.nextOpensOn) say('edit-next-opens', $localize`Say when it opens, too.`);
  else if (draft.nextClosesOn && draft.nextClosesOn < draft.nextOpensOn) {
    say('edit-next-closes', $localize`The close is after the opening.`);
  }
  const budgetPence = pence('edit-budget', draft.budget);
  const capPence = pence('edit-cap', draft.cap);
  const rules = rulesOf(draft);
  if (draft.rules.includes('not-retrospective')) whole('edit-rule-days', draft.notRetrospectiveDays, 0, 365);
  if (draft.rules.includes('not-funded-lately')) whole('edit-rule-calls', draft.notFundedCalls, 1, 20);
  for (const { id, name, weight } of draft.criteria) {
    if (name.trim() === '') say(`criterion-${id}-name`, $localize`Give the criterion a name.`);
    whole(`criterion-${id}-weight`, weight, 1, 100);
  }
  const sum = weightSum(draft.criteria);
  if (sum !== 100) say('edit-weights', $localize`The weights make ${sum}:sum:, and have to make 100.`);
  for (const question of draft.questions) {
    if (question.label.trim() === '') say(`question-${question.id}-label`, $localize`Write the question.`);
    if (question.kind === 'long' && question.wordsMost !== '') {
      whole(`question-${question.id}-words`, question.wordsMost, 10, 2000);
    }
    if (question.kind === 'choice' && optionsOf(question.options).length < 2) {
      say(`question-${question.id}-options`, $localize`Give two answers at least, one a line.`);
    }
  }
  const caseWordsMost = whole('edit-case-words', draft.caseWordsMost, 50, 2000);
  const objectivesLeast = whole('edit-objectives', draft.objectivesLeast, 1, 5);
  const reviewersEach = whole('edit-reviewers', draft.reviewersEach, 3, 10);
  const bar = barOf(draft.bar);
  if (bar === null) say('edit-bar', $localize`A mean score from 0 to 100, as “50.0”.`);

  const read = changeCall.omit({ version: true }).safeParse({
    ...{ name: draft.name, potId: draft.potId, budgetPence, opensAt, closesAt, returnGraceDays, endorseBy, decideBy },
    ...{ reserveUntil, claimBy, rollsUntil, letters: draft.letters },
    nextOpensOn: draft.nextOpensOn || null,
    nextClosesOn: draft.nextClosesOn || null,
    terms: {
      capPence,
      audience: {
        techniciansOnly: draft.techniciansOnly,
        unitIds: [...draft.unitIds],
        gradeIds: [...draft.gradeIds],
      },
      rules,
      criteria: draft.criteria.map((one) => ({ ...one, weight: wholeOf(one.weight) ?? 0 })),
      questions: draft.questions.map((one) => ({
        ...one,
        wordsMost: one.kind === 'long' ? wholeOf(one.wordsMost) : null,
        options: one.kind === 'choice' ? optionsOf(one.options) : [],
      })),
      blind: draft.blind,
      reviewersEach,
      partAwards: draft.partAwards,
      bar: bar ?? 0,
      caseWordsMost,
      objectivesLeast,
    },
  });
  if (problems.length > 0) return { body: null, problems };
  if (read.success) return { body: read.data, problems };
  // Longer than a field takes, or more of them than there may be.
  return { body: null, problems: read.error.issues.slice(0, 5).map(({ path }) => problemAt(path)) };
};

const optionsOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

const controls: Readonly<Record<string, string>> = {
  name: 'edit-name',
  potId: 'edit-pot',
  budgetPence: 'edit-budget',
  opensAt: 'edit-opens',
  closesAt: 'edit-closes',
  returnGraceDays: 'edit-grace',
  endorseBy: 'edit-endorse',
  decideBy: 'edit-decide',
  reserveUntil: 'edit-reserve',
  claimBy: 'edit-claim',
  nextOpensOn: 'edit-next-opens',
  nextClosesOn: 'edit-next-closes',
  rollsUntil: 'edit-rolls',
  letters: 'edit-letter',
};
const termControls: Readonly<Record<string, string>> = {
  capPence: 'edit-cap',
  audience: 'edit-audience',
  criteria: 'edit-weights',
  questions: 'edit-questions',
  rules: 'edit-rules',
};

const problemAt = (path: readonly PropertyKey[]): DraftProblem => ({
  control:
    (path[0] === 'terms' ? termControls[String(path[1])] : controls[String(path[0])]) ??
    controls['name'] ??
    'edit-name',
  text: $localize`This is longer, or there is more of it, than a call takes.`,
});

/** What the server refused at a field, in words, at its control. */
export const problemsFromServer = (fields: readonly { path: string; code: string }[]): DraftProblem[] =>
  fields.map(({ path, code }) => ({
    ...problemAt(path.split('.')),
    text:
      code === 'unknown-record'
        ? $localize`It is there no more: choose another.`
        : code === 'after-endorse-by' || code.startsWith('before-')
          ? $localize`It does not fit the dates beside it.`
          : $localize`This was not taken: look at it again.`,
  }));

/** What can no more be changed, by the call’s moment. */
export const fixedFields = (call: Pick<CallView, 'moment'>): ReadonlySet<CallField> => new Set(callFixed[call.moment]);
