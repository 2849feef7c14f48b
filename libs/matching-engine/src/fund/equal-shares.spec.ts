import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ballotsOfGroups,
  compressEqualShares,
  equalSharesAtBudgets,
  type EqualSharesInput,
  type EqualSharesResult,
  fundByEqualShares,
  solveEqualShares,
} from '../index.ts';
import { amsterdamExpected, amsterdamWest, smallElection } from '../testing/elections.ts';
import { FloatingRun } from '../testing/equal-shares-floating.ts';
import { textbookOutcome, textbookRun, votersOf } from '../testing/equal-shares-textbook.ts';
import { itWithReferenceData } from '../testing/reference-data.ts';
import { complete } from './equal-shares-completion.ts';
import { EqualSharesRun } from './equal-shares-run.ts';
import { compareFractions, type Fraction, fractionText, reduced } from './fraction.ts';

const RUNS = { numRuns: 1500 };

const election = (change: Partial<EqualSharesInput>): EqualSharesInput => ({
  applications: [
    { id: 'a', amount: 7, score: 3 },
    { id: 'b', amount: 2, score: 1 },
  ],
  ballots: approvals({ x: 'a', y: 'ab', z: 'a' }),
  budget: 13,
  utility: 'cost',
  completion: 'none',
  increment: 1,
  tie: ['votes', 'cost'],
  seed: 's',
  ...change,
});

/** One letter an application. */
function approvals(of: Record<string, string>) {
  return Object.entries(of).flatMap(([panellist, ids]) => [...ids].map((id) => ({ panellist, id, points: 1 })));
}

const fundedIds = (result: EqualSharesResult) => result.funded.map(({ id }) => id);

/** The order in which ties fall, taken from the engine: the textbook has no say in lots. */
function tieOrder(input: EqualSharesInput) {
  const { ids, rank } = compressEqualShares(input);
  const rankOf = new Map(ids.map((id, at) => [id, rank[at]!]));
  return (one: string, other: string) => rankOf.get(one)! < rankOf.get(other)!;
}

function fractionOf(text: string): Fraction {
  const [numerator = '0', denominator = '1'] = text.split('/');
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

function sum(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce(
    (a, b) => reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator),
    { numerator: 0n, denominator: 1n },
  );
}

describe('the Method of Equal Shares', () => {
  itWithReferenceData('buys in a real election what was found elsewhere, in that order', () => {
    const variants = Object.values(amsterdamExpected());
    expect(variants.map(({ completion }) => completion).sort()).toEqual(['add1u', 'none']);
    for (const { completion, increment, winners, totalCost } of variants) {
      const result = fundByEqualShares(election({ ...amsterdamWest(), completion, increment }));
      expect([...result.rounds.map(({ id }) => id), ...result.filledUp]).toEqual(winners);
      expect(fundedIds(result)).toEqual(winners.toSorted());
      expect([result.count, result.spent]).toEqual([winners.length, totalCost]);
    }
  });

  it('is word for word that of the textbook in plain rationals, with every completion', () => {
    fc.assert(
      fc.property(smallElection(), (input) => {
        const result = fundByEqualShares({ ...input, withPayments: true });
        const textbook = textbookOutcome(input, tieOrder(input));
        expect(result.rounds.map(({ id, rho }) => [id, rho])).toEqual(
          textbook.bought.map((id, at) => {
            const { numerator, denominator } = textbook.rhos[at]!;
            return [id, fractionText(numerator, denominator)];
          }),
        );
        expect(result.filledUp).toEqual(textbook.filledUp);
        expect(result.share).toBe(fractionText(textbook.share.numerator, textbook.share.denominator));
        result.payments?.forEach(({ paid }, at) => {
          const expected = [...textbook.payments[at]!]
            .filter(([, { numerator }]) => numerator > 0n)
            .map(([voter, { numerator, denominator }]) => [voter, fractionText(numerator, denominator)]);
          expect(paid.map((line) => [...line])).toEqual(expected.sort());
        });
      }),
      { numRuns: 2500 },
    );
  });

  it('never spends more than the budget, and leaves what it says', () => {
    fc.assert(
      fc.property(smallElection(), (input) => {
        const { funded, count, spent, left, total, budget } = fundByEqualShares(input);
        const byId = new Map(input.applications.map((one) => [one.id, one]));
        expect(spent).toBeLessThanOrEqual(budget);
        expect(spent + left).toBe(budget);
        expect(count).toBe(funded.length);
        expect(funded.reduce((all, { amount }) => all + amount, 0)).toBe(spent);
        expect(funded.reduce((all, { id }) => all + byId.get(id)!.score, 0)).toBe(total);
        for (const { id, amount } of funded) expect(amount).toBe(byId.get(id)!.amount);
      }),
      RUNS,
    );
  });

  it('has a price system: nobody pays more than the share, and no group that is left out holds enough for its own', () => {
    fc.assert(
      fc.property(smallElection(), (input) => {
        const result = fundByEqualShares({ ...input, withPayments: true });
        const share = fractionOf(result.share);
        const paidBy = new Map<string, Fraction[]>(votersOf(input).map((voter) => [voter, []]));
        result.payments?.forEach(({ id, paid }) => {
          const amount = input.applications.find((one) => one.id === id)!.amount;
          expect(compareFractions(sum(paid.map(([, text]) => fractionOf(text))), fractionOf(`${amount}`))).toBe(0);
          for (const [voter, text] of paid) {
            expect(input.ballots.some((line) => line.panellist === voter && line.id === id && line.points > 0)).toBe(
              true,
            );
            paidBy.get(voter)!.push(fractionOf(text));
          }
        });
        const heldBy = new Map<string, Fraction>();
        for (const [voter, paid] of paidBy) {
          const all = sum(paid);
          expect(compareFractions(all, share)).toBeLessThanOrEqual(0);
          heldBy.set(voter, sum([share, { numerator: -all.numerator, denominator: all.denominator }]));
        }
        const bought = new Set(result.rounds.map(({ id }) => id));
        for (const { id, amount } of input.applications) {
          if (bought.has(id)) continue;
          const supporters = input.ballots.filter((line) => line.id === id && line.points > 0);
          const held = sum(supporters.map(({ panellist }) => heldBy.get(panellist)!));
          expect(compareFractions(held, fractionOf(`${amount}`))).toBeLessThan(0);
        }
      }),
      RUNS,
    );
  });

  it('gives the same bytes for every listing order, and the same awards for other names of voters', () => {
    fc.assert(
      fc.property(smallElection(), fc.integer({ min: 1, max: 40 }), (input, stride) => {
        const turned = <Entry>(list: readonly Entry[]) => [
          ...list.slice(stride % Math.max(1, list.length)).toReversed(),
          ...list.slice(0, stride % Math.max(1, list.length)),
        ];
        const first = fundByEqualShares({ ...input, withPayments: true });
        const listedOtherwise = {
          ...input,
          withPayments: true,
          applications: turned(input.applications),
          ballots: turned(input.ballots),
          voters: turned(input.voters ?? []),
        };
        expect(JSON.stringify(fundByEqualShares(listedOtherwise))).toBe(JSON.stringify(first));
        const named = (voter: string) => `${(voter.charCodeAt(1) * stride) % 7}${voter}`;
        const renamed = fundByEqualShares({
          ...input,
          ballots: input.ballots.map((line) => ({ ...line, panellist: named(line.panellist) })),
          voters: input.voters?.map(named),
        });
        expect([renamed.rounds, renamed.filledUp, renamed.reasons]).toEqual([
          first.rounds,
          first.filledUp,
          first.reasons,
        ]);
      }),
      RUNS,
    );
  });

  it('leaves out no step of add1 that matters: with pence as when every penny is tried', () => {
    fc.assert(
      fc.property(smallElection(400), (given) => {
        const input: EqualSharesInput = { ...given, completion: 'add1' };
        const instance = compressEqualShares(input);
        const { run, share } = solveEqualShares(instance, input);
        const every = new EqualSharesRun(instance);
        const everyStep = complete(instance, 'add1', input.increment, {
          run: (at) => every.run(at),
          step: 0,
          alikeFor: () => 0,
          get bought() {
            return every.bought;
          },
          get boughtCount() {
            return every.boughtCount;
          },
          get spent() {
            return every.spent;
          },
        });
        expect(share).toEqual(everyStep.share);
        expect(Array.from(run.bought.subarray(0, run.boughtCount))).toEqual(
          Array.from(every.bought.subarray(0, every.boughtCount)),
        );
      }),
      RUNS,
    );
  });

  it('buys what floating point leaves out: y has 13/3, pays 7/3, and just has the 2 for the next', () => {
    const input = election({});
    const instance = compressEqualShares(input);
    const floating = new FloatingRun(instance);
    complete(instance, 'none', 1, floating);
    expect(Array.from(floating.bought.subarray(0, floating.boughtCount), (p) => instance.ids[p])).toEqual(['a']);
    expect(fundedIds(fundByEqualShares(input))).toEqual(['a', 'b']);
    expect(textbookOutcome(input, tieOrder(input)).bought).toEqual(['a', 'b']);
  });

  it('decides ties by more ballots, then by cost, or the other way round, and by lots alone', () => {
    const tied: Partial<EqualSharesInput> = {
      applications: [
        { id: 'a', amount: 6, score: 0 },
        { id: 'b', amount: 4, score: 0 },
      ],
      ballots: [
        { panellist: 'x', id: 'a', points: 1 },
        { panellist: 'y', id: 'a', points: 2 },
        { panellist: 'x', id: 'b', points: 2 },
      ],
      utility: 'points',
      budget: 8,
    };
    expect(fundByEqualShares(election({ ...tied, tie: ['votes', 'cost'] })).rounds[0]).toMatchObject({
      id: 'a',
      byTie: true,
    });
    expect(fundByEqualShares(election({ ...tied, tie: ['cost', 'votes'] })).rounds[0]).toMatchObject({
      id: 'b',
      byTie: true,
    });
    const byLot = (seed: string) => fundByEqualShares(election({ ...tied, tie: [], seed })).rounds[0]?.id;
    const seeds = Array.from({ length: 40 }, (_, at) => `${at}`);
    expect(new Set(seeds.map(byLot))).toEqual(new Set(['a', 'b']));
    expect(seeds.map(byLot)).toEqual(seeds.map(byLot));
  });

  it('gives groups equal shares of the budget for their own applications', () => {
    const applications = [
      { id: 'a', amount: 60, score: 9, group: 'large' },
      { id: 'b', amount: 60, score: 8, group: 'large' },
      { id: 'c', amount: 60, score: 1, group: 'small' },
      { id: 'd', amount: 1, score: 9 },
    ];
    const result = fundByEqualShares(
      election({ applications, ballots: ballotsOfGroups(applications), utility: 'points', budget: 120 }),
    );
    expect(fundedIds(result)).toEqual(['a', 'c']);
    expect(result.share).toBe('60');
  });

  it('answers without applications, without voters, and without money', () => {
    expect(fundByEqualShares(election({ applications: [], ballots: [] }))).toMatchObject({
      count: 0,
      share: '0',
      reasons: [],
    });
    expect(fundByEqualShares(election({ ballots: [], completion: 'add1' }))).toMatchObject({ count: 0, voters: 0 });
    expect(fundByEqualShares(election({ ballots: [], completion: 'utilitarian' }))).toMatchObject({
      count: 2,
      spent: 9,
    });
    expect(fundByEqualShares(election({ budget: 0, completion: 'add1u' }))).toMatchObject({ count: 0, left: 0 });
  });
});

describe('the reason of an application', () => {
  it('says what its supporters hold, what they lack, and which purchase left them too little', () => {
    fc.assert(
      fc.property(smallElection(), (input) => {
        const result = fundByEqualShares(input);
        const textbook = textbookRun(input, fractionOf(result.share), tieOrder(input));
        const heldAfter = (id: string, rounds: number) => {
          const supporters = input.ballots.filter((line) => line.id === id && line.points > 0);
          const paid = supporters.flatMap(({ panellist }) =>
            textbook.payments.slice(0, rounds).map((payments) => payments.get(panellist) ?? fractionOf('0')),
          );
          const share = fractionOf(result.share);
          const all = sum(paid);
          return sum([
            { numerator: share.numerator * BigInt(supporters.length), denominator: share.denominator },
            { numerator: -all.numerator, denominator: all.denominator },
          ]);
        };
        expect(result.reasons.map(({ id }) => id)).toEqual(input.applications.map(({ id }) => id).sort());
        for (const reason of result.reasons) {
          const { amount } = input.applications.find(({ id }) => id === reason.id)!;
          if (reason.kind === 'above-budget') expect(reason.over).toBe(amount - input.budget);
          if (reason.kind === 'bought') expect(result.rounds[reason.round - 1]?.id).toBe(reason.id);
          if (reason.kind === 'completed') expect(result.filledUp[reason.place - 1]).toBe(reason.id);
          if (reason.kind !== 'supporters-short' && reason.kind !== 'left-too-little') continue;
          const held = heldAfter(reason.id, textbook.bought.length);
          expect(reason.held).toBe(Number(held.numerator / held.denominator));
          expect(reason.held + reason.lacked).toBe(amount);
          if (reason.kind === 'left-too-little') expect(reason.left).toBeLessThan(amount);
          const isShort = (rounds: number) =>
            compareFractions(heldAfter(reason.id, rounds), fractionOf(`${amount}`)) < 0;
          const since = reason.after === undefined ? -1 : textbook.bought.indexOf(reason.after);
          expect(isShort(since + 1)).toBe(true);
          if (since >= 0) expect(isShort(since)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('is worded by kind', () => {
    const input = election({
      applications: [
        { id: 'a', amount: 6, score: 0 },
        { id: 'b', amount: 4, score: 0 },
        { id: 'c', amount: 99, score: 0 },
        { id: 'd', amount: 4, score: 0 },
      ],
      ballots: approvals({ x: 'abc', y: 'ac' }),
      budget: 8,
    });
    expect(fundByEqualShares(input).reasons).toEqual([
      { id: 'a', kind: 'bought', round: 1, supporters: 2, paidAll: 0 },
      { id: 'b', kind: 'supporters-short', supporters: 1, held: 1, lacked: 3, atFirst: 4, after: 'a' },
      { id: 'c', kind: 'above-budget', over: 91 },
      { id: 'd', kind: 'no-supporter' },
    ]);
    expect(fundByEqualShares({ ...input, completion: 'utilitarian', budget: 11 }).reasons).toEqual([
      { id: 'a', kind: 'bought', round: 1, supporters: 2, paidAll: 0 },
      { id: 'b', kind: 'completed', place: 1, points: 1 },
      { id: 'c', kind: 'above-budget', over: 88 },
      { id: 'd', kind: 'left-too-little', left: 1, supporters: 0, held: 0, lacked: 4, atFirst: 0 },
    ]);
  });
});

describe('another budget', () => {
  it('is computed, not promised: what is said of it is what it gives', () => {
    fc.assert(
      fc.property(smallElection(), fc.nat({ max: 30 }), (input, more) => {
        const now = new Set(fundedIds(fundByEqualShares(input)));
        const then = fundByEqualShares({ ...input, budget: input.budget + more });
        const thenIds = fundedIds(then);
        expect(equalSharesAtBudgets(input, [more])).toEqual([
          {
            extra: more,
            count: then.count,
            total: then.total,
            spent: then.spent,
            share: then.share,
            gains: thenIds.filter((id) => !now.has(id)),
            loses: [...now].filter((id) => !thenIds.includes(id)),
          },
        ]);
      }),
      { numRuns: 800 },
    );
  });
});

describe('an input is refused', () => {
  const application = { id: 'a', amount: 7, score: 3 };
  const line = { panellist: 'x', id: 'a', points: 1 };
  const cases: [string, Partial<EqualSharesInput>, string, object][] = [
    ['with an unknown completion', { completion: 'best' as never }, 'completion-not-known', { field: 'completion' }],
    ['with an unknown tie', { tie: ['lot' as never] }, 'tie-not-known', { field: 'tie' }],
    ['with a tie named twice', { tie: ['cost', 'cost'] }, 'tie-not-known', { field: 'tie' }],
    ['with an unknown utility', { utility: 'joy' as never }, 'utility-not-known', { field: 'utility' }],
    ['with no increment', { increment: 0 }, 'increment-wrong', { field: 'increment' }],
    ['with a fractional increment', { increment: 0.5 }, 'increment-wrong', { field: 'increment' }],
    ['with a budget below zero', { budget: -1 }, 'budget-wrong', { field: 'budget' }],
    ['with a fractional budget', { budget: 1.5 }, 'budget-wrong', { field: 'budget' }],
    ['without an id', { applications: [{ ...application, id: '' }] }, 'id-empty', { index: 0, field: 'id' }],
    [
      'with an application twice',
      { applications: [application, { ...application, id: 'b' }, application] },
      'application-duplicate',
      { list: 'applications', index: 2, field: 'id', firstIndex: 0 },
    ],
    ['with half a penny', { applications: [{ ...application, amount: 0.5 }] }, 'amount-not-whole', { field: 'amount' }],
    [
      'with an amount of nothing',
      { applications: [{ ...application, amount: 0 }] },
      'amount-not-positive',
      { index: 0 },
    ],
    ['with too much', { applications: [{ ...application, amount: 1e11 }] }, 'amount-too-high', { field: 'amount' }],
    ['with half a score', { applications: [{ ...application, score: 0.5 }] }, 'score-not-whole', { field: 'score' }],
    [
      'with a score below zero',
      { applications: [{ ...application, score: -1 }] },
      'score-negative',
      { field: 'score' },
    ],
    ['with too high a score', { applications: [{ ...application, score: 2e9 }] }, 'score-too-high', { field: 'score' }],
    ['with a ballot for nobody known', { ballots: [line, { ...line, id: 'q' }] }, 'application-unknown', { index: 1 }],
    [
      'with points below zero',
      { ballots: [{ ...line, points: -1 }] },
      'points-negative',
      { list: 'ballots', index: 0 },
    ],
    ['with half a point', { ballots: [{ ...line, points: 0.5 }] }, 'points-not-whole', { field: 'points' }],
    ['with too many points', { ballots: [{ ...line, points: 2e9 }] }, 'points-too-high', { field: 'points' }],
    ['with a nameless ballot', { ballots: [{ ...line, panellist: '' }] }, 'id-empty', { field: 'panellist' }],
    ['with a line twice', { ballots: [line, line] }, 'ballot-duplicate', { index: 1, firstIndex: 0 }],
    ['with a voter twice', { voters: ['x', 'y', 'x'] }, 'voter-duplicate', { list: 'voters', index: 2, firstIndex: 0 }],
  ];
  it.each(cases)('%s', (_, change, name, at) => {
    expect(() => fundByEqualShares(election(change))).toThrow(
      expect.objectContaining({ name, at: expect.objectContaining(at) }),
    );
  });
});
