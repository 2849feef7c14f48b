import fc from 'fast-check';
import type { AttributeRule, ProfilePeople, ProfileTable, ValueLists } from '../candidates/profile-types.ts';

interface Person {
  readonly places: number;
  readonly grade: number;
  readonly values: readonly (readonly number[])[];
}

/** Small rounds of profiles: few values and few points, so that ties abound; rules of every kind. */
export function smallProfiles({ mentees = 7, mentors = 7, mostPoints = [0, 1, 3, 9, 3000, 60_000] } = {}) {
  return fc
    .record({
      attributes: fc.array(attributeRule(fc.constantFrom(...mostPoints)), { maxLength: 4 }),
      values: fc.constantFrom(1, 2, 4, 40),
      gradePoints: fc.uniqueArray(fc.record({ steps: fc.integer({ min: -1, max: 3 }), points: fc.nat(12) }), {
        maxLength: 3,
        selector: ({ steps }) => steps,
      }),
      gradeSteps: fc.option(
        fc.tuple(fc.integer({ min: -1, max: 1 }), fc.nat(3)).map(([from, more]) => ({ from, to: from + more })),
      ),
    })
    .chain(({ values, ...rules }) => {
      const person = fc.record({
        places: fc.nat(2),
        grade: fc.integer({ min: -1, max: 3 }),
        values: fc.tuple(...rules.attributes.map(() => fc.array(fc.nat(values - 1), { maxLength: 3 }))),
      });
      return fc
        .record({
          mentees: fc.array(fc.tuple(person, fc.nat(2)), { maxLength: mentees }),
          mentors: fc.array(person, { maxLength: mentors }),
          forbidden: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 3 }),
        })
        .map((people): ProfileTable => {
          const hasBoth = people.mentees.length > 0 && people.mentors.length > 0;
          const forbidden = hasBoth ? people.forbidden : [];
          return {
            rules,
            mentees: {
              ...columns(
                'e',
                people.mentees.map(([one]) => one),
                rules.attributes.length,
              ),
              points: people.mentees.map(([, points]) => points),
            },
            mentors: columns('r', people.mentors, rules.attributes.length),
            forbiddenMentee: forbidden.map(([mentee]) => mentee % people.mentees.length),
            forbiddenMentor: forbidden.map(([, mentor]) => mentor % people.mentors.length),
          };
        });
    });
}

/** The same people listed in another order; values and pairs listed backwards. */
export function relisted(
  table: ProfileTable,
  menteeOrder: readonly number[],
  mentorOrder: readonly number[],
): ProfileTable {
  const reordered = ({ ids, places, grade, values }: ProfilePeople, order: readonly number[]) => ({
    ids: order.map((at) => ids[at]!),
    places: order.map((at) => places[at]!),
    grade: order.map((at) => grade[at]!),
    values: values.map(({ start, value }) =>
      listsOf(
        order.map((at) =>
          Array.from({ length: start[at + 1]! - start[at]! }, (_, entry) => value[start[at + 1]! - 1 - entry]!),
        ),
      ),
    ),
  });
  const { rules, mentees, mentors, forbiddenMentee, forbiddenMentor } = table;
  return {
    rules,
    mentees: { ...reordered(mentees, menteeOrder), points: menteeOrder.map((at) => mentees.points[at]!) },
    mentors: reordered(mentors, mentorOrder),
    forbiddenMentee: Array.from(forbiddenMentee, (mentee) => menteeOrder.indexOf(mentee)).reverse(),
    forbiddenMentor: Array.from(forbiddenMentor, (mentor) => mentorOrder.indexOf(mentor)).reverse(),
  };
}

function attributeRule(points: fc.Arbitrary<number>): fc.Arbitrary<AttributeRule> {
  return fc.record(
    {
      name: fc.constant('attribute'),
      pointsOnce: points,
      pointsEach: points,
      must: fc.constantFrom(...([undefined, undefined, undefined, 'differ', 'share'] as const)),
    },
    { requiredKeys: ['name', 'pointsOnce'] },
  ) as fc.Arbitrary<AttributeRule>;
}

function columns(prefix: string, people: readonly Person[], attributes: number): ProfilePeople {
  return {
    ids: people.map((_, at) => `${prefix}${at}`),
    places: people.map(({ places }) => places),
    grade: people.map(({ grade }) => grade),
    values: Array.from({ length: attributes }, (_, attribute) => listsOf(people.map((one) => one.values[attribute]!))),
  };
}

function listsOf(lists: readonly (readonly number[])[]): ValueLists {
  const start = [0];
  for (const list of lists) start.push(start.at(-1)! + list.length);
  return { start, value: lists.flat() };
}
