import { RunView, newRoundRules } from '@waymark/contracts';
import { comparedWith, runFigures, runToShow } from './run-words';

const run = (over: Partial<RunView>): RunView => ({
  id: 'a',
  roundId: 'r',
  number: 1,
  status: 'done',
  rules: newRoundRules,
  method: 'pairs-total',
  mentees: 50,
  mentors: 50,
  places: 50,
  count: 35,
  menteesPaired: 35,
  leftOut: 15,
  total: 750,
  shownTotal: 642,
  lowest: 9,
  highest: 22,
  of: 22,
  longestWait: 0,
  engineVersion: '0.1.0',
  elapsedMs: 3,
  inputHash: null,
  pairsAboveLowest: null,
  stability: null,
  job: null,
  startedAt: '2026-04-13T09:00:00.000Z',
  startedBy: 'Olive Solder',
  choices: { pinned: 0, forbidden: 0 },
  pinsNotKept: 0,
  stoppedBy: null,
  ...over,
});

describe('the run to show', () => {
  const runs = [
    run({ id: 'one', number: 1 }),
    run({ id: 'two', number: 2 }),
    run({ id: 'three', number: 3, status: 'matching' }),
  ];

  it('is the one asked for', () => expect(runToShow(runs, 'one', 'two')?.id).toBe('one'));
  it('is else the released one', () => expect(runToShow(runs, undefined, 'one')?.id).toBe('one'));
  it('is else the newest finished', () => expect(runToShow(runs, 'unknown', null)?.id).toBe('two'));
  it('is nothing where there is none', () => expect(runToShow([], undefined, null)).toBeNull());
});

describe('figures of a run', () => {
  it('show the total where it gives nothing away', () => {
    const total = runFigures(run({}), null).at(-1);
    expect(total).toMatchObject({ value: '750', note: 'with identity points; 642 without' });
  });

  it('say why the total is not shown', () => {
    const total = runFigures(run({ total: null }), null).at(-1);
    expect(total).toMatchObject({ value: '642', note: 'without identity points, which are never shown' });
  });

  it('say how long somebody has waited only where somebody is left out', () => {
    const terms = (leftOut: number) => runFigures(run({ leftOut }), null).map((each) => each.term);
    expect(terms(15)).toContain('Longest wait among those left out');
    expect(terms(0)).not.toContain('Longest wait among those left out');
  });

  it('compare with the run before', () => {
    expect(runFigures(run({ number: 2 }), run({ menteesPaired: 33 }))[0]).toEqual({
      term: 'Paired, run 2',
      value: '35 of 50',
      note: '33 in run 1',
    });
    expect(comparedWith(3, 3, 1)).toBe('as in run 1');
    expect(comparedWith(null, 3, 1)).toBe('');
  });
});
