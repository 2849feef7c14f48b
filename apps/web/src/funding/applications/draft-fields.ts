import { type ApplicationDraft, applicationDraft } from '@waymark/contracts';

/*
 * A draft as the fields that a person sees, so that two versions of it can be laid side by side and chosen from one by one.
 * A line of costs is one field: its parts belong together.
 */

export type DraftFieldId =
  | `event.${keyof ApplicationDraft['event']}`
  | `cost.${string}`
  | `other.${string}`
  | 'least'
  | 'upFront.amount'
  | 'upFront.by'
  | 'case'
  | 'objectives'
  | 'sharing.way'
  | 'sharing.how'
  | `answer.${string}`;

export type CostDraft = ApplicationDraft['costs'][number];
export type OtherDraft = ApplicationDraft['otherFunding'][number];

/** Something that both sides have in another way: what each has, and which side changed it since they last agreed. */
export interface DraftDifference {
  readonly field: DraftFieldId;
  readonly mine: unknown;
  readonly theirs: unknown;
  /** Null where both changed it, or nobody can tell: only the person can say. */
  readonly newer: Side | null;
}
export type Side = 'mine' | 'theirs';

const eventFields = ['name', 'place', 'startsOn', 'endsOn', 'link', 'as', 'onAbstract'] as const;

/** Every field of a draft with what stands in it; a line that is not there is not in it. */
export const fieldsOf = (draft: ApplicationDraft): ReadonlyMap<DraftFieldId, unknown> =>
  new Map<DraftFieldId, unknown>([
    ...eventFields.map((name) => [`event.${name}`, draft.event[name]] as const),
    ...draft.costs.map((line) => [`cost.${line.id}`, line] as const),
    ...draft.otherFunding.map((line) => [`other.${line.id}`, line] as const),
    ['least', draft.least],
    ['upFront.amount', draft.upFront.amount],
    ['upFront.by', draft.upFront.by],
    ['case', draft.case],
    ['objectives', draft.objectives],
    ['sharing.way', draft.sharing.way],
    ['sharing.how', draft.sharing.how],
    ...Object.entries(draft.answers).map(([id, answer]) => [`answer.${id}`, answer] as const),
  ]);

/** Equal as people read them: objects by their parts in any order, an empty answer like none. */
const alike = (one: unknown, other: unknown): boolean => ordered(one) === ordered(other);
const ordered = (value: unknown): string =>
  JSON.stringify(value ?? '', (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** As the server keeps it: trimmed. What it would refuse altogether is compared as it was typed. */
const asKept = (draft: ApplicationDraft): ApplicationDraft => applicationDraft.safeParse(draft).data ?? draft;

export const sameDraft = (one: ApplicationDraft, other: ApplicationDraft): boolean =>
  differences(null, one, other).length === 0;

/** What differs between two drafts, by the draft they both come from where that is known. */
export const differences = (
  base: ApplicationDraft | null,
  mine: ApplicationDraft,
  theirs: ApplicationDraft,
): DraftDifference[] => {
  const [was, here, there] = [base && fieldsOf(asKept(base)), fieldsOf(asKept(mine)), fieldsOf(asKept(theirs))];
  const found: DraftDifference[] = [];
  for (const field of new Set([...here.keys(), ...there.keys()])) {
    const [own, other] = [here.get(field), there.get(field)];
    if (alike(own, other)) continue;
    const [changedHere, changedThere] = [!alike(was?.get(field), own), !alike(was?.get(field), other)];
    const newer = !was || changedHere === changedThere ? null : changedHere ? 'mine' : 'theirs';
    found.push({ field, mine: own, theirs: other, newer });
  }
  return found;
};

/** Their draft, with the fields that were chosen from mine. */
export const chosen = (
  mine: ApplicationDraft,
  theirs: ApplicationDraft,
  fromMine: ReadonlySet<DraftFieldId>,
): ApplicationDraft => {
  const take = <Value>(field: DraftFieldId, own: Value, other: Value): Value => (fromMine.has(field) ? own : other);
  return {
    event: {
      name: take('event.name', mine.event.name, theirs.event.name),
      place: take('event.place', mine.event.place, theirs.event.place),
      startsOn: take('event.startsOn', mine.event.startsOn, theirs.event.startsOn),
      endsOn: take('event.endsOn', mine.event.endsOn, theirs.event.endsOn),
      link: take('event.link', mine.event.link, theirs.event.link),
      as: take('event.as', mine.event.as, theirs.event.as),
      onAbstract: take('event.onAbstract', mine.event.onAbstract, theirs.event.onAbstract),
    },
    costs: lines('cost', mine.costs, theirs.costs, fromMine),
    otherFunding: lines('other', mine.otherFunding, theirs.otherFunding, fromMine),
    least: take('least', mine.least, theirs.least),
    upFront: {
      amount: take('upFront.amount', mine.upFront.amount, theirs.upFront.amount),
      by: take('upFront.by', mine.upFront.by, theirs.upFront.by),
    },
    case: take('case', mine.case, theirs.case),
    objectives: take('objectives', mine.objectives, theirs.objectives),
    sharing: {
      way: take('sharing.way', mine.sharing.way, theirs.sharing.way),
      how: take('sharing.how', mine.sharing.how, theirs.sharing.how),
    },
    answers: {
      ...theirs.answers,
      ...Object.fromEntries(Object.entries(mine.answers).filter(([id]) => fromMine.has(`answer.${id}`))),
    },
  };
};

/** Their lines, those chosen from mine in their place; a line that mine no longer has goes, one that only mine has comes last. */
const lines = <Line extends { id: string }>(
  kind: 'cost' | 'other',
  mine: readonly Line[],
  theirs: readonly Line[],
  fromMine: ReadonlySet<DraftFieldId>,
): Line[] => {
  const own = new Map(mine.map((line) => [line.id, line]));
  const there = new Set(theirs.map(({ id }) => id));
  return [
    ...theirs.flatMap((line) => (fromMine.has(`${kind}.${line.id}`) ? (own.get(line.id) ?? []) : line)),
    ...mine.filter(({ id }) => !there.has(id) && fromMine.has(`${kind}.${id}`)),
  ];
};

/** Text as the server can keep it: without NUL and without half characters, as a paste from elsewhere may hold. */
export const cleanText = (typed: string): string => typed.replaceAll('\u0000', '').toWellFormed();
