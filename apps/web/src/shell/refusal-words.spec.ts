import { describe, expect, test } from '@jest/globals';
import { refusals } from '@waymark/contracts';
import { Problem, type Refused } from './problem';
import { refusalWords } from './refusal-words';

const all: readonly Refused[] = [...refusals, 'offline'];
const wordsOf = (refusal: Refused) => refusalWords(new Problem(refusal, 400));

describe('refusal words', () => {
  test.each(all)('%s says what and why', (refusal) => {
    const { title, text } = wordsOf(refusal);
    expect(title.length).toBeGreaterThan(8);
    expect(text).toMatch(/\.$/u);
  });

  test('no two refusals have the same title', () => {
    expect(new Set(all.map((refusal) => wordsOf(refusal).title)).size).toBe(all.length);
  });

  test('no refusal blames, apologises or shouts', () => {
    for (const refusal of all) expect(Object.values(wordsOf(refusal)).join(' ')).not.toMatch(/unfortunately|sorry|!/iu);
  });

  test('facts of the server stand in the words', () => {
    const { help } = refusalWords(new Problem('too-many-attempts', 429, null, [], { minutes: 15 }));
    expect(help).toContain('15 minutes');
  });
});
