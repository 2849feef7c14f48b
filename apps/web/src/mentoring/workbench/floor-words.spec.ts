import { RunView, newRoundRules } from '@waymark/contracts';
import { floorProof, floorSentence, shareWords } from './floor-words';

const card = (name: string) => ({ id: '00000000-0000-4000-8000-000000000000', name, unit: null, grade: null });
const pair = { mentee: card('Anjali Anode'), mentor: card('Mabel Mandrel') };

describe('the floor in words', () => {
  const floor = { lowest: 9, pairs: [pair], pairsCount: 1, reached: [], people: 2 };

  it('names the pair that has the lowest score, or counts those that do', () => {
    expect(floorSentence(floor)).toBe('The lowest score is 9. One pair has it: Anjali Anode with Mabel Mandrel.');
    expect(floorSentence({ ...floor, pairs: [pair, pair], pairsCount: 5 })).toBe(
      'The lowest score is 9. 5 pairs have it: Anjali Anode with Mabel Mandrel, Anjali Anode with Mabel Mandrel and 3 others.',
    );
    expect(floorSentence({ ...floor, lowest: null })).toContain('Nobody is paired');
  });

  const run = {
    ...{ method: 'pairs-floor-total', lowest: 9, count: 35, pairsAboveLowest: 33, pinsNotKept: 0 },
    ...{ rules: newRoundRules, choices: { pinned: 0, forbidden: 0 } },
  } as RunView;

  it('says what proves it, where the method lifts the floor', () => {
    expect(floorProof(run)).toBe(
      'It could not be higher without fewer pairs: if every pair had to score more than 9, there could be 33 pairs at most, and there are 35.',
    );
    expect(floorProof({ ...run, method: 'pairs-total' })).toBeNull();
    expect(floorProof({ ...run, choices: { pinned: 1, forbidden: 0 } })).toContain('Apart from the pinned pairs');
  });

  it('gives no figure of the engine where identity counts', () => {
    const rules = { ...newRoundRules, points: { ...newRoundRules.points, identity: 6 } };
    const said = floorProof({ ...run, rules, pairsAboveLowest: null });
    expect(said).toContain('never shown');
    expect(said).not.toMatch(/\d/);
  });

  it.each([
    [30, 35, '85.7%'],
    [35, 35, '100.0%'],
    [1999, 2000, '99.9%'],
    [0, 0, '–'],
  ])('cuts a share of %i of %i to %s', (part, all, words) => {
    expect(shareWords(part, all)).toBe(words);
  });
});
