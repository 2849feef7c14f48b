import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignTable, type AssignTable, compressInstance, verify } from '../index.ts';
import { bidForColumns, bidInSteps } from './saturation-bidding.ts';
import { ShortestAugmenter } from './saturation-paths.ts';
import { PhaseAugmenter } from './saturation-phases.ts';
import { saturate, type SaturationProblem, type SaturationState, startState } from './saturation.ts';
import { stronglyConnected } from './components.ts';

/** Rows and columns with several places, long rows too, of whom a choice that fills every row is known to exist. */
const problems = fc
  .record({
    rows: fc.integer({ min: 1, max: 7 }),
    columns: fc.integer({ min: 1, max: 70 }),
    share: fc.constantFrom(20, 60, 100),
    mostNeed: fc.integer({ min: 1, max: 14 }),
    spare: fc.integer({ min: 0, max: 2 }),
    highest: fc.constantFrom(0, 1, 5, 1000, 2 ** 45),
    seed: fc.nat(),
  })
  .map((size): SaturationProblem => {
    const below = numbersFrom(size.seed);
    const start = [0];
    const column: number[] = [];
    const capacity = new Int32Array(size.columns);
    const need = Int32Array.from({ length: size.rows }, () => {
      const own = Array.from({ length: size.columns }, (_, c) => c).filter(() => below(100) < size.share);
      column.push(...own);
      start.push(column.length);
      const wanted = Math.min(own.length, below(size.mostNeed + 1));
      const from = below(own.length + 1);
      for (let at = 0; at < wanted; at++) capacity[own[(from + at) % own.length]!]!++;
      return wanted;
    });
    for (let extra = below(1 + size.spare * size.columns); extra > 0; extra--) capacity[below(size.columns)]!++;
    const weight = Float64Array.from(column, () => below(size.highest + 1));
    return { need, capacity, start: Int32Array.from(start), column: Int32Array.from(column), weight };
  });

function numbersFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** What is wrong with a state that claims to be an optimum: complementary slackness, edge by edge. */
function faultsOf({ problem, matched, rowPrice, columnPrice }: SaturationState): string[] {
  const { need, capacity, start, column, weight } = problem;
  const has = new Int32Array(need.length);
  const filled = new Int32Array(capacity.length);
  const faults: string[] = [];
  for (let row = 0; row < need.length; row++) {
    for (let edge = start[row]!; edge < start[row + 1]!; edge++) {
      const c = column[edge]!;
      const offered = rowPrice[row]! + columnPrice[c]!;
      if (matched[edge] ? offered > weight[edge]! : offered < weight[edge]!) faults.push(`the price of edge ${edge}`);
      if (matched[edge]) has[row]!++;
      if (matched[edge]) filled[c]!++;
    }
    if (has[row] !== need[row]) faults.push(`row ${row} has ${has[row]} of ${need[row]}`);
  }
  for (let c = 0; c < capacity.length; c++) {
    if (filled[c]! > capacity[c]!) faults.push(`column ${c} has too many`);
    if (columnPrice[c]! < 0 || (columnPrice[c]! > 0 && filled[c]! < capacity[c]!)) faults.push(`the price of ${c}`);
  }
  return faults;
}

function totalOf({ problem, matched }: SaturationState): number {
  return Array.from(problem.weight).reduce((total, weight, edge) => total + (matched[edge] ? weight : 0), 0);
}

describe('a saturated problem', () => {
  it('is proven the best by its prices, with long rows, many places and weights up to 2^45', () => {
    fc.assert(
      fc.property(problems, (problem) => expect(faultsOf(saturate(problem))).toEqual([])),
      { numRuns: 1500 },
    );
  });

  it('comes to the same total and proof from any prices to begin with', () => {
    fc.assert(
      fc.property(problems, fc.nat(), (problem, seed) => {
        const below = numbersFrom(seed);
        const highest = Math.max(0, ...problem.weight);
        const prices = Float64Array.from(problem.capacity, () => below(2) * below(highest + 2));
        const state = saturate(problem, prices);
        expect(faultsOf(state)).toEqual([]);
        expect(totalOf(state)).toBe(totalOf(saturate(problem)));
      }),
      { numRuns: 800 },
    );
  });

  it('comes to the same total by phases alone, from bids or from nothing', () => {
    fc.assert(
      fc.property(problems, fc.boolean(), (problem, bids) => {
        const state = startState(problem);
        if (bids) bidForColumns(state);
        const phases = new PhaseAugmenter(state);
        const lacks = () => problem.need.some((need, row) => state.rowFilled[row]! < need);
        while (lacks()) expect(phases.run()).toBeGreaterThan(0);
        expect(totalOf(state)).toBe(totalOf(saturate(problem)));
      }),
      { numRuns: 800 },
    );
  });

  it('cannot come of a promise that was not kept: that is said, not gone on with for ever', () => {
    const problem: SaturationProblem = {
      need: Int32Array.of(1, 1),
      capacity: Int32Array.of(1),
      start: Int32Array.of(0, 1, 2),
      column: Int32Array.of(0, 0),
      weight: Float64Array.of(3, 4),
    };
    expect(() => new ShortestAugmenter(startState(problem)).fillRows()).toThrow(RangeError);
  });

  it('has every place taken after bids in large steps, each row within a step of its best', () => {
    fc.assert(
      fc.property(problems, fc.integer({ min: 1, max: 50 }), (problem, step) => {
        const state = startState(problem);
        bidInSteps(state, step);
        const { start, column, weight } = problem;
        for (let row = 0; row < problem.need.length; row++) {
          if (state.rowFilled[row]! < problem.need[row]!) continue;
          const value = (edge: number) => weight[edge]! - state.columnPrice[column[edge]!]!;
          const edges = Array.from({ length: start[row + 1]! - start[row]! }, (_, at) => start[row]! + at);
          const least = Math.min(...edges.filter((edge) => state.matched[edge]).map(value));
          const best = Math.max(...edges.filter((edge) => !state.matched[edge]).map(value));
          expect(least).toBeGreaterThanOrEqual(best - step);
        }
      }),
      { numRuns: 800 },
    );
  });
});

describe('a round where all want the same mentors', () => {
  /** Scores fall with the mentor's number and vary little, so that prices have far to climb. */
  const popular = (mentees: number, mentors: number, places: number): AssignTable => {
    const below = numbersFrom(mentees + places);
    const pairMentee: number[] = [];
    const pairMentor: number[] = [];
    for (let mentee = 0; mentee < mentees; mentee++) {
      for (const mentor of new Set(Array.from({ length: 12 }, () => below(mentors)))) {
        pairMentee.push(mentee);
        pairMentor.push(mentor);
      }
    }
    return {
      menteeIds: Array.from({ length: mentees }, (_, at) => `e${at}`),
      menteePlaces: new Int32Array(mentees).fill(1),
      mentorIds: Array.from({ length: mentors }, (_, at) => `r${at}`),
      mentorPlaces: new Int32Array(mentors).fill(places),
      pairMentee,
      pairMentor,
      pairScore: pairMentor.map((mentor) => 1000 - Math.floor((900 * mentor) / mentors) + below(20)),
    };
  };

  it.each([
    [1500, 450, 4],
    [1500, 450, 3],
    [300, 300, 1],
  ])('is solved and proven: %i mentees, %i mentors with %i places', (mentees, mentors, places) => {
    const table = popular(mentees, mentors, places);
    for (const order of ['pairs-total', 'total'] as const) {
      expect(verify(table, assignTable(table, order, 's'))).toEqual([]);
    }
  });
});

describe('strong components', () => {
  it('are those that reach each other', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat({ max: 7 }), { maxLength: 4 }), { minLength: 8, maxLength: 8 }), (arcs) => {
        const start = [0];
        arcs.forEach((own) => start.push(start.at(-1)! + own.length));
        const { of } = stronglyConnected({ start: Int32Array.from(start), target: Int32Array.from(arcs.flat()) });
        const reach = arcs.map((_, node) => {
          const seen = new Set([node]);
          for (const at of seen) arcs[at]?.forEach((to) => seen.add(to));
          return seen;
        });
        arcs.forEach((own, from) => {
          const same = arcs.map((_, to) => reach[from]!.has(to) && reach[to]!.has(from));
          expect(arcs.map((_, to) => of[from] === of[to])).toEqual(same);
          expect(own.every((to) => of[from]! >= of[to]!)).toBe(true);
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('a compressed instance', () => {
  it('is the same, made in the memory of its table or beside it', () => {
    const rounds = fc.record({
      mentees: fc.integer({ min: 1, max: 6 }),
      mentors: fc.integer({ min: 1, max: 6 }),
      pairs: fc.uniqueArray(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 }), fc.nat({ max: 9 })), {
        selector: ([mentee, mentor]) => 6 * mentee + mentor,
        maxLength: 20,
      }),
    });
    fc.assert(
      fc.property(rounds, ({ mentees, mentors, pairs }) => {
        const listed = pairs.filter(([mentee, mentor]) => mentee < mentees && mentor < mentors);
        const columns = () => ({
          pairMentee: Int32Array.from(listed, (pair) => pair[0]),
          pairMentor: Int32Array.from(listed, (pair) => pair[1]),
          pairScore: Int32Array.from(listed, (pair) => pair[2]),
        });
        const people = {
          menteeIds: Array.from({ length: mentees }, (_, at) => `e${(at * 5) % 7}`),
          menteePlaces: new Int32Array(mentees).fill(1),
          mentorIds: Array.from({ length: mentors }, (_, at) => `r${(at * 3) % 7}`),
          mentorPlaces: new Int32Array(mentors).fill(1),
        };
        const table = { ...people, ...columns() };
        const beside = compressInstance(table);
        expect(table).toEqual({ ...people, ...columns() });
        expect(compressInstance({ ...people, ...columns() }, { mayOverwrite: true })).toEqual(beside);
        const byRow = Array.from(beside.mentee, (mentee, edge) => 10 * mentee + beside.mentor[edge]!);
        expect(byRow).toEqual(byRow.toSorted((one, other) => one - other));
      }),
      { numRuns: 500 },
    );
  });
});
