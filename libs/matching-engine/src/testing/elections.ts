import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { EQUAL_SHARES_COMPLETIONS, EQUAL_SHARES_UTILITIES, type EqualSharesInput } from '../fund/equal-shares-types.ts';

/**
 * Small elections with few distinct amounts and points, so that ties and balances that just suffice abound; in one of four
 * all numbers are so large that doubles do not tell near ties from ties.
 */
export function smallElection(mostAmount = 24): fc.Arbitrary<EqualSharesInput> {
  return fc
    .record({
      amounts: fc.array(fc.integer({ min: 1, max: mostAmount }), { maxLength: 6 }),
      ballots: fc.array(fc.array(fc.nat({ max: 5 }), { minLength: 6, maxLength: 6 }), { maxLength: 6 }),
      silent: fc.nat({ max: 1 }),
      budget: fc.nat({ max: 3 * mostAmount }),
      completion: fc.constantFrom(...EQUAL_SHARES_COMPLETIONS),
      increment: fc.integer({ min: 1, max: 3 }),
      utility: fc.constantFrom(...EQUAL_SHARES_UTILITIES),
      tie: fc.constantFrom([], ['votes'], ['cost'], ['votes', 'cost'], ['cost', 'votes']) as fc.Arbitrary<
        EqualSharesInput['tie']
      >,
      seed: fc.constantFrom('a', 'b', 'c'),
      size: fc.constantFrom(1, 1, 1, Math.floor(9_600_000_216 / mostAmount)),
    })
    .map(({ amounts, ballots, silent, size, budget, increment, ...rules }) => ({
      ...rules,
      budget: budget * size,
      increment: increment * size,
      applications: amounts.map((amount, at) => ({
        id: `p${at}`,
        amount: size === 1 ? amount : amount * size - (at % 3),
        score: (7 * at) % 5,
      })),
      // Two in six are no support; one line for 0 points, one without a line.
      ballots: ballots.flatMap((points, voter) =>
        amounts.flatMap((_, at) =>
          points[at] === 0
            ? []
            : [{ panellist: `v${voter}`, id: `p${at}`, points: (points[at]! - 1) * (size === 1 ? 1 : 100_000_007) }],
        ),
      ),
      voters: [...ballots.map((_, at) => `v${at}`), ...Array.from({ length: silent }, () => 'silent')],
    }));
}

const AMSTERDAM = '../../../../../shared/data/equal-shares';

/** The reference election, read with as little as will do; the tool has a reader of its own. */
export function amsterdamWest(): Pick<EqualSharesInput, 'applications' | 'ballots' | 'voters' | 'budget' | 'utility'> {
  const text = readFileSync(path.resolve(__dirname, AMSTERDAM, 'netherlands_amsterdam_2022_west.pb'), 'utf8');
  const [meta = [], projects = [], votes = []] = text
    .split(/^(?:META|PROJECTS|VOTES)\r?\n/m)
    .slice(1)
    .map((section) =>
      section
        .split(/\r?\n/)
        .filter(Boolean)
        .map((line) => line.split(';')),
    );
  const applications = projects.slice(1).map(([id = '', cost]) => ({ id, amount: Number(cost), score: 0 }));
  const lines = votes.slice(1).map(([voter = '', vote = '']) => ({ voter, ids: vote.split(',') }));
  return {
    applications,
    ballots: lines.flatMap(({ voter, ids }) => ids.map((id) => ({ panellist: voter, id, points: 1 }))),
    voters: lines.map(({ voter }) => voter),
    budget: Number(meta.find(([key]) => key === 'budget')?.[1]),
    utility: 'cost',
  };
}

/** Winners by variant, as somebody else's program found them. */
export function amsterdamExpected(): Record<
  string,
  { completion: EqualSharesInput['completion']; increment: number; winners: string[]; totalCost: number }
> {
  return JSON.parse(readFileSync(path.resolve(__dirname, AMSTERDAM, 'expected.json'), 'utf8'));
}
