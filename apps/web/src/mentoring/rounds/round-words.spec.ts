import { RoundView, RunView, newRoundRules } from '@waymark/contracts';
import { couldJoinWords, missingForRun, nextStep, tabOf } from './round-words';

const run = (over: Partial<RunView>): RunView => ({
  id: 'run-4',
  roundId: 'r',
  number: 4,
  status: 'done',
  rules: newRoundRules,
  method: newRoundRules.method,
  mentees: 38,
  mentors: 24,
  places: 41,
  count: 33,
  menteesPaired: 33,
  leftOut: 5,
  total: null,
  shownTotal: 600,
  lowest: 3,
  highest: 22,
  of: 22,
  longestWait: 1,
  pairsAboveLowest: null,
  stability: null,
  inputHash: null,
  engineVersion: null,
  elapsedMs: null,
  job: null,
  startedAt: '2026-04-13T09:00:00.000Z',
  startedBy: 'Olive Solder',
  choices: { pinned: 0, forbidden: 0 },
  pinsNotKept: 0,
  stoppedBy: null,
  ...over,
});
const round = (over: Partial<RoundView>): RoundView => ({
  id: 'r',
  name: 'Spring 2026',
  status: 'review',
  rules: newRoundRules,
  version: 1,
  mentees: 38,
  mentors: 24,
  places: 41,
  couldJoin: { mentees: 0, mentors: 0 },
  attributes: [],
  identity: { enough: false },
  runs: [],
  choices: { pinned: 0, forbidden: 0 },
  releasedRunId: null,
  releasedAt: null,
  may: { change: true, choose: true, load: true, run: true, release: true, cancel: true, close: false },
  proposals: null,
  ...over,
});

describe('the next step of a round', () => {
  it('is to load people while there are none', () => {
    const empty = round({ mentees: 0, mentors: 0, status: 'draft' });
    expect(nextStep(empty, null).kind).toBe('load');
    expect(missingForRun(empty)).toHaveLength(2);
  });

  it('is to match those who are in it', () => {
    expect(nextStep(round({}), null)).toMatchObject({ kind: 'run', text: 'Match 38 people' });
  });

  it('is to wait while a run is under way', () => {
    expect(nextStep(round({ runs: [run({ status: 'matching', number: 5 })] }), null)).toEqual({
      kind: 'wait',
      text: 'Run 5 is matching',
    });
  });

  it('is to release the run that is looked at', () => {
    expect(nextStep(round({ runs: [run({})] }), 'run-4')).toMatchObject({
      kind: 'release',
      text: 'Release run 4: 33 proposals',
    });
  });

  it('is never to release a run that paired nobody', () => {
    expect(nextStep(round({ runs: [run({ count: 0 })] }), 'run-4').kind).toBe('run');
  });

  it('is nothing for those who may only look', () => {
    const may = { change: false, choose: false, load: false, run: false, release: false, cancel: false, close: false };
    expect(nextStep(round({ may, runs: [run({})] }), 'run-4')).toEqual({ kind: 'none' });
  });
});

describe('a round', () => {
  it('opens where its next step is', () => {
    expect(tabOf(round({}))).toBe('people');
    expect(tabOf(round({ runs: [run({})] }))).toBe('workbench');
    expect(tabOf(round({ releasedAt: '2026-04-17T09:00:00.000Z' }))).toBe('proposals');
  });

  it('says who could join', () => {
    expect(couldJoinWords({ mentees: 0, mentors: 0 })).toBeNull();
    expect(couldJoinWords({ mentees: 1, mentors: 0 })).toBe('1 open request could join');
    expect(couldJoinWords({ mentees: 12, mentors: 9 })).toBe('12 open requests and 9 mentors could join');
  });
});
