import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exchange, type ExchangeInput, ExchangeRefused, type ExchangeResult, verifyExchange } from '../index.ts';
import { everyCycle, smallCycle } from '../testing/exchange-cycles.ts';

const RUNS = { numRuns: 900 };
/** HiGHS takes milliseconds even for these. */
const SEARCHED = { numRuns: 250 };
const namesOf = (visits: readonly { visitor: string; offer: string }[]) =>
  visits.map(({ visitor, offer }) => `${visitor} ${offer}`).sort();
const reached = ({ count, total, order }: ExchangeResult) => (order === 'total' ? [total, count] : [count, total]);

describe('visits of equal days', () => {
  it('are the best of all allowed choices, ties decided by the sum of lots, and carry a proof', async () => {
    await fc.assert(
      fc.asyncProperty(smallCycle({ daysEqual: true }), async (input) => {
        const result = await exchange(input);
        const [best] = everyCycle(input);
        expect(reached(result)).toEqual(best?.rank.slice(0, 2));
        expect(namesOf(result.visits)).toEqual(namesOf(best?.visits ?? []));
        expect(result.certificate.kind).toBe('prices');
        expect(verifyExchange(input, result)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('are said to be by lot exactly if another best choice is without them', async () => {
    await fc.assert(
      fc.asyncProperty(smallCycle({ daysEqual: true }), async (input) => {
        const all = everyCycle(input);
        const first = all[0]?.rank;
        const best = all.filter(({ rank }) => rank[0] === first?.[0] && rank[1] === first?.[1]);
        for (const { visitor, offer, byLot } of (await exchange(input)).visits) {
          expect(byLot).toBe(!best.every(({ visits }) => namesOf(visits).includes(`${visitor} ${offer}`)));
        }
      }),
      RUNS,
    );
  });

  it('lack exactly the points that are said: with one more they are granted, with one less not', async () => {
    await fc.assert(
      fc.asyncProperty(smallCycle({ daysEqual: true }), async (input) => {
        const { unmatched } = await exchange(input);
        for (const { visitor, reason } of unmatched) {
          if (reason.kind === 'offers-have-no-places') continue;
          const isGranted = (offer: string | undefined, more: number) => {
            const requests = input.requests.map((request) =>
              request.visitor === visitor && request.offer === offer
                ? { ...request, score: request.score + more }
                : request,
            );
            // Not through `exchange`: the scores may pass its highest.
            return namesOf(everyCycle({ ...input, requests })[0]?.visits ?? []).includes(`${visitor} ${offer}`);
          };
          const { pointsShort } = reason;
          if (pointsShort === undefined) {
            const own = input.requests.filter((request) => request.visitor === visitor);
            expect(own.some(({ offer }) => isGranted(offer, 1e9))).toBe(false);
            continue;
          }
          expect(isGranted(reason.for, pointsShort + 1)).toBe(true);
          if (pointsShort > 0) expect(isGranted(reason.for, pointsShort - 1)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('at a larger delta are what is said of it, for everyone left out', async () => {
    await fc.assert(
      fc.asyncProperty(smallCycle({ daysEqual: true }), async (input) => {
        const { looser, unmatched, delta } = await exchange(input);
        if (!looser) return;
        expect(looser.delta).toBeGreaterThan(delta);
        const again = await exchange({ ...input, delta: looser.delta });
        expect(looser).toEqual({ delta: looser.delta, count: again.count, total: again.total });
        const just = await exchange({ ...input, delta: looser.delta - 1 });
        expect(namesOf(just.visits)).toEqual(namesOf((await exchange(input)).visits));
        for (const { visitor, reason } of unmatched) {
          if (reason.kind === 'offers-have-no-places') continue;
          expect(reason.visitsIfLooser).toBe(again.visits.some((visit) => visit.visitor === visitor));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('visits of unequal days', () => {
  it('are the best of all allowed choices', async () => {
    await fc.assert(
      fc.asyncProperty(smallCycle({ daysEqual: false }), async (input) => {
        const result = await exchange(input);
        expect(reached(result)).toEqual(everyCycle(input)[0]?.rank.slice(0, 2));
        expect(verifyExchange(input, result)).toEqual([]);
      }),
      SEARCHED,
    );
  });

  it('need a search where the limits are sums of unlike numbers, and say so', async () => {
    // A sends one for 3 days and B could answer with 2 + 1, but not with 2 alone.
    const input: ExchangeInput = {
      requests: [
        { visitor: 'a', home: 'A', offer: 'atB', days: 3, score: 1 },
        { visitor: 'b2', home: 'B', offer: 'atA', days: 2, score: 5 },
        { visitor: 'b1', home: 'B', offer: 'atA', days: 1, score: 1 },
        { visitor: 'b4', home: 'B', offer: 'atA', days: 4, score: 9 },
      ],
      offers: [
        { id: 'atA', host: 'A', places: 3 },
        { id: 'atB', host: 'B', places: 1 },
      ],
      delta: 0,
      seed: '',
    };
    const result = await exchange(input);
    expect(namesOf(result.visits)).toEqual(['a atB', 'b1 atA', 'b2 atA']);
    expect(result.certificate).toEqual({ kind: 'search', solver: 'highs', gap: 0 });
    expect(result.unmatched).toEqual([
      {
        visitor: 'b4',
        reason: {
          kind: 'balance',
          offer: 'atA',
          atLimit: [
            { institution: 'A', side: 'hosts' },
            { institution: 'B', side: 'sends' },
          ],
        },
      },
    ]);
    expect(verifyExchange(input, result)).toEqual([]);
  });
});

describe('an exchange', () => {
  it('is the same bytes whatever the listing order', async () => {
    const turned = <Entry>(list: readonly Entry[], turn: number) => {
      const at = turn % Math.max(1, list.length);
      return [...list.slice(at), ...list.slice(0, at)].toReversed();
    };
    for (const daysEqual of [true, false]) {
      await fc.assert(
        fc.asyncProperty(smallCycle({ daysEqual }), fc.nat({ max: 9 }), async (input, turn) => {
          const again = await exchange({
            ...input,
            requests: turned(input.requests, turn),
            offers: turned(input.offers, turn),
            balances: turned(input.balances ?? [], turn),
          });
          expect(JSON.stringify(again)).toBe(JSON.stringify(await exchange(input)));
        }),
        daysEqual ? { numRuns: 300 } : { numRuns: 100 },
      );
    }
  });

  it('never passes a limit, however far out a balance was carried in, and fails its check if changed', async () => {
    await fc.assert(
      fc.asyncProperty(smallCycle({ daysEqual: true }), async (input) => {
        const result = await exchange(input);
        for (const { carried, after, limits, hosted, sent } of result.institutions) {
          expect(after).toBe(carried + hosted - sent);
          expect(after >= limits[0] && after <= limits[1]).toBe(true);
          expect(limits[0]).toBe(Math.min(0 - input.delta, carried));
        }
        const [visit, ...others] = result.visits;
        if (!visit) return;
        const fewer = { ...result, visits: others, count: others.length, total: result.total - visit.score };
        expect(verifyExchange(input, fewer)).not.toEqual([]);
      }),
      RUNS,
    );
  });

  it('moves a balance back towards 0 that was carried in past delta, and never further out', async () => {
    const input: ExchangeInput = {
      requests: [
        { visitor: 'a', home: 'A', offer: 'atB', days: 2, score: 1 },
        { visitor: 'b', home: 'B', offer: 'atA', days: 2, score: 9 },
      ],
      offers: [
        { id: 'atA', host: 'A', places: 1 },
        { id: 'atB', host: 'B', places: 1 },
      ],
      balances: [{ institution: 'A', balance: 7 }],
      delta: 3,
      seed: '',
    };
    expect(namesOf((await exchange(input)).visits)).toEqual(['a atB', 'b atA']);
    const alone = await exchange({ ...input, requests: input.requests.slice(1) });
    expect(alone.visits).toEqual([]);
    expect(alone.unmatched).toEqual([
      {
        visitor: 'b',
        reason: {
          kind: 'balance',
          offer: 'atA',
          atLimit: [{ institution: 'A', side: 'hosts' }],
          visitsIfLooser: false,
        },
      },
    ]);
    expect(alone.looser).toEqual({ delta: 4, count: 0, total: 0 });
  });

  it('lets visits within one institution pass, whatever their days', async () => {
    const result = await exchange({
      requests: [{ visitor: 'a', home: 'A', offer: 'own', days: 30, score: 0 }],
      offers: [{ id: 'own', host: 'A', places: 1 }],
      delta: 0,
      seed: '',
    });
    expect(result).toMatchObject({ count: 1, institutions: [{ institution: 'A', hosted: 30, sent: 30, after: 0 }] });
  });

  it('answers no request at all, all-equal scores, and one offer that everybody asks for', async () => {
    expect(await exchange({ requests: [], offers: [], delta: 0, seed: '' })).toMatchObject({ count: 0, floor: null });
    const requests = Array.from({ length: 30 }, (_, at) => ({
      visitor: `v${at}`,
      home: `i${at}`,
      offer: 'o',
      days: 1,
      score: 4,
    }));
    const result = await exchange({ requests, offers: [{ id: 'o', host: 'h', places: 7 }], delta: 9, seed: 's' });
    expect([result.count, result.total, result.unmatched.length]).toEqual([7, 28, 23]);
    expect(result.unmatched[0]?.reason).toMatchObject({
      kind: 'competition',
      placeCount: 7,
      askedBy: 30,
      pointsShort: 0,
    });
  });
});

describe('input that is not right', () => {
  const input: ExchangeInput = {
    requests: [
      { visitor: 'a', home: 'A', offer: 'o', days: 1, score: 1 },
      { visitor: 'a', home: 'A', offer: 'p', days: 1, score: 1 },
    ],
    offers: [
      { id: 'o', host: 'B', places: 1 },
      { id: 'p', host: 'B', places: 1 },
    ],
    delta: 1,
    seed: '',
  };
  const request = { visitor: 'b', home: 'A', offer: 'o', days: 1, score: 1 };
  it.each<[string, Partial<ExchangeInput>, object]>([
    ['id-empty', { requests: [{ ...request, home: '' }] }, { list: 'requests', index: 0, field: 'home' }],
    ['offer-unknown', { requests: [{ ...request, offer: 'q' }] }, { list: 'requests', index: 0, field: 'offer' }],
    ['offer-duplicate', { offers: [...input.offers, ...input.offers] }, { list: 'offers', index: 2, firstIndex: 0 }],
    ['request-duplicate', { requests: [request, request] }, { index: 1, firstIndex: 0, field: 'offer' }],
    ['home-differs', { requests: [request, { ...request, home: 'B', offer: 'p' }] }, { index: 1, field: 'home' }],
    ['days-too-low', { requests: [{ ...request, days: 0 }] }, { field: 'days' }],
    ['days-not-whole', { requests: [{ ...request, days: 0.5 }] }, { field: 'days' }],
    ['days-too-high', { requests: [{ ...request, days: 1001 }] }, { field: 'days' }],
    ['score-negative', { requests: [{ ...request, score: -1 }] }, { field: 'score' }],
    ['score-not-whole', { requests: [{ ...request, score: 1.5 }] }, { field: 'score' }],
    ['score-too-high', { requests: [{ ...request, score: 1e7 }] }, { field: 'score' }],
    ['places-negative', { offers: [{ id: 'o', host: 'B', places: -1 }] }, { list: 'offers', field: 'places' }],
    ['places-not-whole', { offers: [{ id: 'o', host: 'B', places: 0.5 }] }, { list: 'offers', field: 'places' }],
    ['balance-not-whole', { balances: [{ institution: 'A', balance: 0.5 }] }, { list: 'balances', field: 'balance' }],
    ['balance-too-high', { balances: [{ institution: 'A', balance: -1e10 }] }, { list: 'balances', field: 'balance' }],
    [
      'institution-duplicate',
      {
        balances: [
          { institution: 'A', balance: 0 },
          { institution: 'A', balance: 0 },
        ],
      },
      { list: 'balances', index: 1, firstIndex: 0 },
    ],
    ['delta-negative', { delta: -1 }, { list: 'delta' }],
    ['delta-not-whole', { delta: 0.5 }, { list: 'delta' }],
    ['order-not-known', { order: 'best' as 'total' }, { list: 'order' }],
  ])('%s', async (name, change, at) => {
    const refused = await exchange({ ...input, ...change }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ExchangeRefused);
    expect(refused).toMatchObject({ name, at });
  });
});
