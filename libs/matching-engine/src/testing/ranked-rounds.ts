import fc from 'fast-check';
import type { StableInput } from '../stable/stable-types.ts';

/** Small ranked rounds: one-sided listings, zero places, and ties unless `isStrict`. At most nine pairs listed by both. */
export function rankedRound({ isStrict = false, mostMenteePlaces = 2 } = {}): fc.Arbitrary<StableInput> {
  return fc
    .record({
      menteePlaces: fc.array(fc.integer({ min: 0, max: mostMenteePlaces }), { minLength: 1, maxLength: 4 }),
      mentorPlaces: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 }),
      seed: fc.string({ maxLength: 3 }),
    })
    .chain(({ menteePlaces, mentorPlaces, seed }) => {
      const cells = menteePlaces.length * mentorPlaces.length;
      const side = fc.tuple(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: cells, maxLength: cells }),
        fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: cells, maxLength: cells }),
      );
      return fc.tuple(side, side).map(([byMentees, byMentors]) => ({
        mentees: menteePlaces.map((places, at) => ({ id: `e${at}`, places })),
        mentors: mentorPlaces.map((places, at) => ({ id: `r${at}`, places })),
        menteeChoices: choices(byMentees, isStrict, mentorPlaces.length, false),
        mentorChoices: choices(byMentors, isStrict, mentorPlaces.length, true),
        seed,
      }));
    });
}

/** One cell for each possible pair: 7 and above not listed (so three in ten); ties from few ranks, strict ones distinct. */
function choices(
  [cells, distinct]: [number[], number[]],
  isStrict: boolean,
  mentors: number,
  byMentor: boolean,
): StableInput['menteeChoices'] {
  return cells.flatMap((cell, at) => {
    if (cell >= 7) return [];
    const mentee = `e${Math.floor(at / mentors)}`;
    const mentor = `r${at % mentors}`;
    const rank = isStrict ? distinct[at]! : 1 + (cell % 3);
    return [{ person: byMentor ? mentor : mentee, choice: byMentor ? mentee : mentor, rank }];
  });
}
