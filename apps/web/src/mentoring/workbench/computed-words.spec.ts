import { RunView, newRoundRules } from '@waymark/contracts';
import { milliseconds, proofWords, replayWords } from './computed-words';

const run = (over: Partial<RunView>): RunView =>
  ({
    ...{ method: 'pairs-total', rules: newRoundRules, choices: { pinned: 0, forbidden: 0 }, stability: null },
    ...over,
  }) as RunView;

describe('how a run was computed, in words', () => {
  it('says that the proof was checked, and that it is of the rest where pairs are pinned', () => {
    expect(proofWords(run({}))).toContain('the gap between them is 0.');
    expect(proofWords(run({ choices: { pinned: 1, forbidden: 0 } }))).toContain('the proof is for the rest');
  });

  it.each([
    [{ pairsFewer: 2, pointsFewer: 30 }, '2 pairs fewer and 30 points fewer.'],
    [{ pairsFewer: 1, pointsFewer: -4 }, '1 pair fewer and 4 points more.'],
    [{ pairsFewer: 0, pointsFewer: 0 }, 'as many pairs and as many points.'],
    [{ pairsFewer: 0, pointsFewer: null }, 'because identity counts in this round.'],
  ])('says what stability costs: %o', (stability, end) => {
    const said = proofWords(run({ method: 'stable', stability }));
    expect(said).toMatch(/^It was checked that no two people would both rather have each other\./);
    expect(said.endsWith(end)).toBe(true);
  });

  it('says that stable pairs are found beside the pinned ones', () => {
    const stability = { pairsFewer: 0, pointsFewer: 0 };
    const said = proofWords(run({ method: 'stable', stability, choices: { pinned: 1, forbidden: 0 } }));
    expect(said).toContain('each other. Pinned pairs were made first; that holds for the rest. Against');
  });

  it('says whether it comes out the same again', () => {
    const again = { sameInput: true, sameResult: true, engineVersion: { run: 'one', now: 'one' }, elapsedMs: 1 };
    expect(replayWords(again)).toContain('the very same pairs came out');
    expect(replayWords({ ...again, sameInput: false, sameResult: null })).toContain('have changed since this run');
    const older = { run: 'one', now: 'two' };
    expect(replayWords({ ...again, sameInput: false, sameResult: null, engineVersion: older })).toContain(
      "the run's engine, one, wrote it down otherwise than this one, two",
    );
    expect(replayWords({ ...again, sameResult: false })).toContain('Please tell whoever looks after Waymark');
    expect(replayWords({ ...again, sameResult: false, engineVersion: { run: 'one', now: 'two' } })).toContain(
      'made by one, and this is two',
    );
  });

  it.each([
    [0.34, '0.3 ms'],
    [412.4, '412 ms'],
    [1240, '1.2 s'],
  ])('says %d ms as %s', (time, words) => {
    expect(milliseconds(time)).toBe(words);
  });
});
