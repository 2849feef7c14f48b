import { MatchingMethod, RoundRules, roundRules } from '@waymark/contracts';
import { gradeStepsWords } from './grade-words';

/** The rules as they stand in the form: figures are what was typed, right or wrong. */
export interface RulesDraft {
  method: MatchingMethod;
  proposalsPerMentee: number;
  placesLimited: boolean;
  placesAtMost: string;
  sameUnit: boolean;
  earlierPairs: boolean;
  gradesLimited: boolean;
  gradeFrom: number;
  gradeTo: number;
  grade: GradeRow[];
  shared: SharedRow[];
  identity: string;
  waiting: string;
  patience: number | null;
}
/** `key` stays with a row while others come and go. */
export interface GradeRow {
  key: number;
  steps: number;
  points: string;
}
export interface SharedRow {
  key: number;
  attribute: string;
  points: string;
}

/** What is wrong, and the id of the control that puts it right. */
export interface DraftProblem {
  control: string;
  text: string;
}
export type DraftReading = { rules: RoundRules; problems: [] } | { rules: null; problems: DraftProblem[] };

export const draftOf = (rules: RoundRules): RulesDraft => ({
  method: rules.method,
  proposalsPerMentee: rules.proposalsPerMentee,
  placesLimited: rules.placesAtMost !== null,
  placesAtMost: String(rules.placesAtMost ?? 2),
  sameUnit: rules.never.sameUnit,
  earlierPairs: rules.never.earlierPairs,
  gradesLimited: rules.never.gradeSteps !== null,
  gradeFrom: rules.never.gradeSteps?.from ?? 1,
  gradeTo: rules.never.gradeSteps?.to ?? 2,
  grade: rules.points.grade.map((row, key) => ({ key, steps: row.steps, points: String(row.points) })),
  shared: rules.points.shared.map((row, key) => ({ key, attribute: row.attribute, points: String(row.points) })),
  identity: String(rules.points.identity),
  waiting: String(rules.points.waiting),
  patience: rules.points.patience,
});

/** Digits with an optional minus, else NaN, which the schema refuses. */
const whole = (typed: string): number => (/^\s*-?\d+\s*$/.test(typed) ? Number(typed) : NaN);

/** Reads the form with the contract's own schema; each issue becomes words at its control. */
export const readDraft = (draft: RulesDraft): DraftReading => {
  const read = roundRules.safeParse({
    method: draft.method,
    proposalsPerMentee: draft.proposalsPerMentee,
    placesAtMost: draft.placesLimited ? whole(draft.placesAtMost) : null,
    never: {
      sameUnit: draft.sameUnit,
      earlierPairs: draft.earlierPairs,
      gradeSteps: draft.gradesLimited ? { from: draft.gradeFrom, to: draft.gradeTo } : null,
    },
    points: {
      grade: draft.grade.map((row) => ({ steps: row.steps, points: whole(row.points) })),
      shared: draft.shared.map((row) => ({ attribute: row.attribute, points: whole(row.points) })),
      identity: whole(draft.identity),
      waiting: whole(draft.waiting),
      patience: draft.patience,
    },
  });
  if (read.success) return { rules: read.data, problems: [] };
  return {
    rules: null,
    problems: read.error.issues.map((issue) => problemAt(draft, issue.path.map(String), issue.message)),
  };
};

/** What the server found wrong in the same rules: paths as `rules.points.grade.0.points`. */
export const problemsFromServer = (
  draft: RulesDraft,
  fields: readonly { path: string; code: string }[],
): DraftProblem[] =>
  fields
    .filter((field) => field.path.startsWith('rules.'))
    .map((field) => problemAt(draft, field.path.split('.').slice(1), field.code));

const problemAt = (draft: RulesDraft, path: readonly string[], code: string): DraftProblem => {
  const [top, part, index, last] = path;
  if (top === 'placesAtMost') {
    return { control: 'rules-places', text: $localize`Give places at most as a whole number from 1 to 10` };
  }
  if (top === 'never') {
    return {
      control: 'rules-grade-from',
      text: $localize`The grades allowed run backwards: make “from” the lower one`,
    };
  }
  if (part === 'grade') return gradeProblem(draft, index, code);
  if (part === 'shared') return sharedProblem(draft, index, last, code);
  if (part === 'identity') {
    return { control: 'rules-identity', text: $localize`Give the identity points as a whole number from 0 to 1,000` };
  }
  if (part === 'waiting') {
    return { control: 'rules-waiting', text: $localize`Give the waiting points as a whole number from 0 to 1,000` };
  }
  return { control: 'rules-proposals', text: $localize`Choose to how many mentors a mentee is proposed` };
};

const gradeProblem = (draft: RulesDraft, index: string | undefined, code: string): DraftProblem => {
  const row = draft.grade[Number(index)];
  if (index !== undefined && row) {
    return {
      control: `rules-grade-points-${row.key}`,
      text: $localize`Give the points for ${gradeStepsWords(row.steps)}:steps: as a whole number from 0 to 1,000`,
    };
  }
  const again = draft.grade.find((each, at) => draft.grade.findIndex((other) => other.steps === each.steps) < at);
  return code === 'steps-repeated' && again
    ? {
        control: `rules-grade-steps-${again.key}`,
        text: $localize`“${gradeStepsWords(again.steps)}:steps:” stands twice: change or remove one`,
      }
    : { control: 'rules-grade-add', text: $localize`Use at most 41 steps of grade` };
};

const sharedProblem = (
  draft: RulesDraft,
  index: string | undefined,
  last: string | undefined,
  code: string,
): DraftProblem => {
  const row = draft.shared[Number(index)];
  if (index !== undefined && row) {
    return last === 'attribute'
      ? { control: `rules-shared-${row.key}`, text: $localize`Name the attribute, in at most 40 letters` }
      : {
          control: `rules-shared-points-${row.key}`,
          text: $localize`Give the points for “${row.attribute || $localize`this attribute`}:attribute:” as a whole number from 0 to 1,000`,
        };
  }
  const same = (a: SharedRow, b: SharedRow) => a.attribute.trim().toLowerCase() === b.attribute.trim().toLowerCase();
  const again = draft.shared.find((each, at) => draft.shared.findIndex((other) => same(other, each)) < at);
  return code === 'attribute-repeated' && again
    ? {
        control: `rules-shared-${again.key}`,
        text: $localize`“${again.attribute.trim()}:attribute:” stands twice: change or remove one`,
      }
    : { control: 'rules-shared-add', text: $localize`Use at most 20 shared attributes` };
};

const nextKey = (rows: readonly { key: number }[]): number => Math.max(-1, ...rows.map((row) => row.key)) + 1;

/** The next step worth a line: inside the allowed grades first, nearest above first. */
export const withGradeRow = (draft: RulesDraft): RulesDraft => {
  const used = new Set(draft.grade.map((row) => row.steps));
  const order = [1, 2, 3, 4, 5, 0, -1, -2, 6, 7, 8, 9, 10];
  const within = (steps: number) => !draft.gradesLimited || (steps >= draft.gradeFrom && steps <= draft.gradeTo);
  const steps = order.find((each) => within(each) && !used.has(each)) ?? order.find((each) => !used.has(each)) ?? 0;
  return { ...draft, grade: [...draft.grade, { key: nextKey(draft.grade), steps, points: '' }] };
};

export const withSharedRow = (draft: RulesDraft, attribute: string): RulesDraft => ({
  ...draft,
  shared: [...draft.shared, { key: nextKey(draft.shared), attribute, points: '' }],
});
