import fc from 'fast-check';
import type { AssignInput } from '../assign/assign-types.ts';
import { smallRound } from './rounds.ts';

/** Small rounds in every order, and with convex dissatisfaction where the order allows it. */
export function anyRound(mostPlaces = 2): fc.Arbitrary<AssignInput> {
  return fc.tuple(smallRound(mostPlaces), fc.boolean(), fc.nat({ max: 3 })).map(([input, isConvex, spare]) => {
    if (!isConvex || input.order === 'total') return input;
    const highest = input.pairs.reduce((most, { score }) => Math.max(most, score), 0);
    return { ...input, dissatisfaction: 'convex', ceiling: Math.min(1_000_000, highest + spare) };
  });
}
