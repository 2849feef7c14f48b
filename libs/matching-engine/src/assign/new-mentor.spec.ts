import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assign, type AssignInput, restore, servedByNewMentor, tableOf } from '../index.ts';
import { everyOutcome } from '../testing/brute-force.ts';
import { smallRound } from '../testing/rounds.ts';

const round = fc.tuple(
  smallRound(2).filter(({ pairs }) => pairs.length <= 8),
  fc.constantFrom<AssignInput['order'][]>('pairs-total', 'pairs-floor-total'),
  fc.array(fc.nat({ max: 4 }), { maxLength: 4 }),
);

describe('one more mentor', () => {
  it('is said to add a pair, and to serve whom, as trying every choice with them finds', () => {
    fc.assert(
      fc.property(round, ([given, order, named]) => {
        const input: AssignInput = { ...given, order };
        const result = assign(input);
        const mentees = [...new Set(named)].map((at) => `e${at}`);
        const [answer] = servedByNewMentor(restore(tableOf(input), result), [{ name: 'new', mentees }]);
        const pairs = [
          ...input.pairs,
          ...mentees
            .filter((id) => input.mentees.some((one) => one.id === id))
            .map((mentee) => ({ mentee, mentor: 'new', score: 0 })),
        ];
        const widened = { ...input, pairs, mentors: [...input.mentors, { id: 'new', places: 1 }] };
        const more = everyOutcome(widened).filter(({ count }) => count === result.count + 1);
        expect(answer?.addsPair).toBe(more.length > 0);
        const has = (list: readonly { mentee: string }[], id: string) =>
          list.filter(({ mentee }) => mentee === id).length;
        const serves = result.unmatched
          .map(({ mentee }) => mentee)
          .filter((id) =>
            more.some(
              (outcome) =>
                has(outcome.pairs, id) > 0 &&
                result.pairs.every(({ mentee }) => has(outcome.pairs, mentee) >= has(result.pairs, mentee)),
            ),
          );
        expect(answer?.serves).toEqual(serves);
        expect(answer?.servesCount).toBe(serves.length);
      }),
      { numRuns: 400 },
    );
  });

  it('who would serve most comes first, and one whom nobody is allowed serves nobody', () => {
    const input: AssignInput = {
      mentees: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }],
      mentors: [{ id: 'x', places: 1 }],
      pairs: ['a', 'b', 'c'].map((mentee, at) => ({ mentee, mentor: 'x', score: at })),
      order: 'pairs-total',
      seed: '',
    };
    const settled = restore(tableOf(input), assign(input));
    expect(
      servedByNewMentor(settled, [
        { name: 'north campus', mentees: [] },
        { name: 'for d', mentees: ['d', 'somebody else'] },
        { name: 'for c, who has x', mentees: ['c'] },
      ]),
    ).toEqual([
      { name: 'for c, who has x', addsPair: true, servesCount: 2, serves: ['a', 'b'] },
      { name: 'for d', addsPair: true, servesCount: 1, serves: ['d'] },
      { name: 'north campus', addsPair: false, servesCount: 0, serves: [] },
    ]);
    const alone: AssignInput = { ...input, order: 'total' };
    expect(servedByNewMentor(restore(tableOf(alone), assign(alone)), [{ name: 'any', mentees: ['a'] }])).toEqual([]);
  });
});
