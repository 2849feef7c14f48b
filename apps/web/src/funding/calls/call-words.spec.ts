import { describe, expect, it } from '@jest/globals';
import { askingOf, closingWith, happenedIn, othersWords } from './call-words';

const counts = [
  { status: 'draft' as const, count: 3 },
  { status: 'submitted' as const, count: 5 },
  { status: 'declined' as const, count: 2 },
  { status: 'ineligible' as const, count: 1 },
  { status: 'withdrawn' as const, count: 4 },
];

describe('the applications of a call, counted', () => {
  it('are those that ask for money, as the list of calls counts them; the others are named beside them', () => {
    expect(askingOf(counts)).toBe(6);
    expect(othersWords(counts)).toBe('3 in draft, 2 declined, 4 withdrawn');
    expect(othersWords([{ status: 'submitted', count: 5 }])).toBe('');
  });

  it('close with a cancelled call unless they are over already: nobody is counted who gets no letter', () => {
    expect(closingWith(counts)).toBe(8);
  });
});

describe('what happened to a call', () => {
  const entry = (act: string, by: string | null = 'Olive Solder', facts: Record<string, string> = {}) => ({
    ...{ act, by, facts },
    at: '2026-05-01T09:00:00.000Z',
  });

  it('is said in words, the same deed one after another in one line, and who only looked is left out', () => {
    expect(
      happenedIn([
        entry('panel.assign'),
        entry('audit.read', 'Rowena Rule'),
        entry('panelist.add'),
        entry('panelist.add'),
        entry('interest.declare', 'Pip Funnel'),
        entry('panelist.add', 'Ada Beaker'),
        entry('call.publish'),
      ]).map(({ words, by }) => [words, by]),
    ).toEqual([
      ['Applications given to the panel', 'Olive Solder'],
      ['Panelist added, 2 times', 'Olive Solder'],
      ['Panelist added', 'Ada Beaker'],
      ['Published', 'Olive Solder'],
    ]);
  });
});
