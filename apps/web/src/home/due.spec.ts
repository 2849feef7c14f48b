import { describe, expect, test } from '@jest/globals';
import type { HomeTask } from '@waymark/contracts';
import { dueGroup, grouped, type DatedTask } from './due';
import { dueChip } from './due-chip';

const monday = '2026-04-13';
const sunday = '2026-04-19';
const dates = { shortDay: (day: string) => day };

describe('due dates', () => {
  test.each([
    ['2026-04-12', 'late'],
    ['2026-04-13', 'today-and-tomorrow'],
    ['2026-04-14', 'today-and-tomorrow'],
    ['2026-04-15', 'this-week-and-next'],
    ['2026-04-26', 'this-week-and-next'],
    ['2026-04-27', 'later'],
  ])('seen from a Monday, %s stands under %s', (day, group) => {
    expect(dueGroup(monday, day)).toBe(group);
  });

  test('seen from a Sunday, next week ends seven days later', () => {
    expect(dueGroup(sunday, '2026-04-26')).toBe('this-week-and-next');
    expect(dueGroup(sunday, '2026-04-27')).toBe('later');
  });

  test('the clock change does not move a day', () => {
    expect(dueGroup('2026-03-28', '2026-03-29')).toBe('today-and-tomorrow');
    expect(dueGroup('2026-03-28', '2026-03-30')).toBe('this-week-and-next');
  });

  test('headings stand in order of urgency, tasks below them in the order of the server', () => {
    const dated = (about: string, dueDay: string | null): DatedTask => ({ task: { about } as HomeTask, dueDay });
    const groups = grouped(monday, [
      dated('a', null),
      dated('b', '2026-05-30'),
      dated('c', '2026-04-01'),
      dated('d', '2026-04-02'),
    ]);
    expect(groups.map(({ group, tasks }) => [group, tasks.map(({ task }) => task.about)])).toEqual([
      ['late', ['c', 'd']],
      ['later', ['b']],
      ['no-date', ['a']],
    ]);
  });
});

describe('the chip of a due date', () => {
  test.each([
    ['2026-04-02', 'bad', '11 days late'],
    ['2026-04-12', 'bad', '1 day late'],
    ['2026-04-13', 'due', 'Due today'],
    ['2026-04-14', 'due', 'Due tomorrow'],
    ['2026-04-16', 'due', 'By 2026-04-16'],
    ['2026-04-30', 'wait', 'By 2026-04-30'],
  ])('%s is %s: %s', (day, tone, words) => {
    expect(dueChip(monday, day, false, dates)).toEqual({ tone, words });
  });

  test('while somebody else is to answer, it is theirs and never late for me', () => {
    expect(dueChip(monday, '2026-04-12', true, dates)).toEqual({ tone: 'wait', words: 'Answer was due 2026-04-12' });
    expect(dueChip(monday, '2026-04-14', true, dates)).toEqual({ tone: 'wait', words: 'Answer due 2026-04-14' });
  });
});
