import type { RoundRules } from '@waymark/contracts';
import { servedByNewMentor } from '@waymark/matching-engine';
import type { MatchingInput, MatchingMentee } from './matching-input';
import { folded, valuesOf } from './score-pairs';
import type { SolvedRound } from './solve-round';

/** Of a mentor who is not there yet: what is known of them, and whom a place with them would serve, by request. */
export interface NewMentor {
  attribute: string | null;
  value: string | null;
  grades: string[];
  servesCount: number;
  serves: string[];
}

interface Candidate extends Pick<NewMentor, 'attribute' | 'value'> {
  grade: string | null;
  mentees: string[];
}

/** So many values are tried, those that most people without a mentor have. */
const valuesAtMost = 30;
/** So many are kept of those known by what they would share, and of those known by grade alone. */
const keptAtMost = { value: 10, grade: 3 } as const;

/**
 * Which one more mentor would serve most of those left out: by what they would share with them, as the rules give points
 * for it, and by grade where the rules limit grades. They are somebody new, so no line of management, earlier pair or wish
 * stands between, and of a unit that nobody in the round belongs to. What people say of their identity is never used.
 */
export const newMentorsThatWouldHelp = (
  input: MatchingInput,
  rules: RoundRules,
  solved: Pick<SolvedRound, 'settled'>,
  leftOut: readonly string[],
): NewMentor[] => {
  const settled = solved.settled();
  if (!settled || leftOut.length === 0) return [];
  const candidates = candidatesOf(input, rules, new Set(leftOut));
  const served = new Map(
    servedByNewMentor(
      settled,
      candidates.map(({ mentees }, at) => ({ name: String(at), mentees })),
    ).map((one) => [Number(one.name), one]),
  );
  const found = candidates.flatMap(({ attribute, value, grade }, at): NewMentor[] => {
    const { servesCount = 0, serves = [] } = served.get(at) ?? {};
    const grades = grade === null ? [] : [grade];
    return servesCount > 0 ? [{ attribute, value, grades, servesCount, serves: [...serves] }] : [];
  });
  const together = gradesTogether(found).sort((one, other) => other.servesCount - one.servesCount);
  return [
    ...together.filter(({ value }) => value === null).slice(0, keptAtMost.grade),
    ...bestOfEach(together.filter(({ value }) => value !== null)).slice(0, keptAtMost.value),
  ];
};

/** Grades that would serve the same people are one line. */
const gradesTogether = (found: readonly NewMentor[]): NewMentor[] => {
  const lines = new Map<string, NewMentor>();
  for (const one of found) {
    const key = JSON.stringify([one.attribute, one.value, one.servesCount, one.serves]);
    const line = lines.get(key);
    if (line) line.grades.push(...one.grades);
    else lines.set(key, { ...one, grades: [...one.grades] });
  }
  return [...lines.values()];
};

/** Of each value the grades that would serve most; the first of those who would serve as many. */
const bestOfEach = (sorted: readonly NewMentor[]): NewMentor[] => {
  const seen = new Set<string>();
  return sorted.filter(({ attribute, value }) => {
    const key = JSON.stringify([attribute, value]);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
};

const candidatesOf = (input: MatchingInput, rules: RoundRules, leftOut: ReadonlySet<string>): Candidate[] => {
  const grades = gradesWorthTrying(input, rules);
  const ofGrades = (known: Pick<NewMentor, 'attribute' | 'value'>, fits: (mentee: MatchingMentee) => boolean) =>
    grades.map(({ grade, allows }) => ({
      ...known,
      grade,
      mentees: input.mentees.filter((mentee) => allows(mentee) && fits(mentee)).map(({ requestId }) => requestId),
    }));
  return [
    ...ofGrades({ attribute: null, value: null }, () => true),
    ...valuesWorthTrying(input, rules, leftOut).flatMap(({ attribute, value }) =>
      ofGrades({ attribute, value }, (mentee) => valuesOf(mentee.attributes, attribute).has(folded(value))),
    ),
  ];
};

/** Each grade a mentor could have, with whom the rules would allow them; one without a grade where the rules ask for none. */
const gradesWorthTrying = (
  { grades }: Pick<MatchingInput, 'grades'>,
  { never: { gradeSteps } }: RoundRules,
): { grade: string | null; allows: (mentee: MatchingMentee) => boolean }[] => {
  if (!gradeSteps) return [{ grade: null, allows: () => true }];
  return grades.map(({ name, position }) => ({
    grade: name,
    allows: ({ gradePosition }) =>
      gradePosition !== null &&
      position - gradePosition >= gradeSteps.from &&
      position - gradePosition <= gradeSteps.to,
  }));
};

/** What those left out have of the attributes that give points; what most of them have comes first, then by its letters. */
const valuesWorthTrying = (
  { mentees }: Pick<MatchingInput, 'mentees'>,
  { points }: RoundRules,
  leftOut: ReadonlySet<string>,
): { attribute: string; value: string }[] => {
  const found = points.shared
    .filter((rule) => rule.points > 0)
    .flatMap(({ attribute }) => {
      const having = new Map<string, { value: string; people: number }>();
      for (const mentee of mentees) {
        if (!leftOut.has(mentee.requestId)) continue;
        for (const [key, spelt] of valuesOf(mentee.attributes, attribute)) {
          const known = having.get(key);
          // Of several spellings the first by letters is shown, whatever the order of people.
          if (known) having.set(key, { value: spelt < known.value ? spelt : known.value, people: known.people + 1 });
          else having.set(key, { value: spelt, people: 1 });
        }
      }
      return [...having.values()].map((one) => ({ attribute, ...one }));
    });
  return found
    .sort(
      (one, other) =>
        other.people - one.people || (`${one.attribute} ${one.value}` < `${other.attribute} ${other.value}` ? -1 : 1),
    )
    .slice(0, valuesAtMost);
};
