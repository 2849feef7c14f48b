import fc from 'fast-check';
import { ASSIGN_ORDERS, type AssignInput } from '../assign/assign-types.ts';

/** Small rounds with places on both sides, few distinct scores (so that ties abound), some people without any pair. */
export function smallRound(mostPlaces = 2): fc.Arbitrary<AssignInput> {
  return fc
    .record({
      menteePlaces: fc.array(fc.integer({ min: 0, max: mostPlaces }), { minLength: 1, maxLength: 5 }),
      mentorPlaces: fc.array(fc.integer({ min: 0, max: mostPlaces + 1 }), { minLength: 1, maxLength: 4 }),
      highest: fc.constantFrom(0, 2, 9, 1_000_000),
      order: fc.constantFrom(...ASSIGN_ORDERS),
      seed: fc.string({ maxLength: 3 }),
    })
    .chain(({ menteePlaces, mentorPlaces, highest, order, seed }) =>
      fc
        .uniqueArray(
          fc.record({
            mentee: fc.nat({ max: menteePlaces.length - 1 }).map((at) => `e${at}`),
            mentor: fc.nat({ max: mentorPlaces.length - 1 }).map((at) => `r${at}`),
            score: fc.integer({ min: 0, max: highest }),
          }),
          { maxLength: 10, selector: (pair) => `${pair.mentee} ${pair.mentor}` },
        )
        .map((pairs) => ({
          mentees: menteePlaces.map((places, at) => ({ id: `e${at}`, places })),
          mentors: mentorPlaces.map((places, at) => ({ id: `r${at}`, places })),
          pairs,
          order,
          seed,
        })),
    );
}

/** A round of many people from a seed of its own, for what only shows at size. */
export function largeRound(
  seed: number,
  {
    mentees,
    mentors,
    pairsEach,
    places,
    scores,
  }: Record<'mentees' | 'mentors' | 'pairsEach' | 'places' | 'scores', number>,
): Omit<AssignInput, 'order' | 'seed'> {
  let state = seed >>> 0;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return {
    mentees: Array.from({ length: mentees }, (_, at) => ({ id: `e${at}` })),
    mentors: Array.from({ length: mentors }, (_, at) => ({ id: `r${at}`, places: below(2 * places + 1) })),
    pairs: Array.from({ length: mentees }, (_, at) => {
      const chosen = new Set(Array.from({ length: pairsEach }, () => below(mentors)));
      return Array.from(chosen, (mentor) => ({ mentee: `e${at}`, mentor: `r${mentor}`, score: below(scores) }));
    }).flat(),
  };
}
