import type { HomeTask } from '@waymark/contracts';
import { daysBetween } from '../shell/dates';

export const dueGroups = ['late', 'today-and-tomorrow', 'this-week-and-next', 'later', 'no-date'] as const;
export type DueGroup = (typeof dueGroups)[number];

/** Monday is 0. */
const weekday = (day: string): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;

/** Under which heading a day stands, seen from today; both as `2026-05-01`. Weeks begin on Monday. */
export const dueGroup = (today: string, dueDay: string | null): DueGroup => {
  if (dueDay === null) return 'no-date';
  const days = daysBetween(today, dueDay);
  if (days < 0) return 'late';
  if (days <= 1) return 'today-and-tomorrow';
  return days < 14 - weekday(today) ? 'this-week-and-next' : 'later';
};

export interface DatedTask {
  task: HomeTask;
  dueDay: string | null;
}
export interface TaskGroup {
  group: DueGroup;
  tasks: DatedTask[];
}

/** Tasks below their headings, most urgent heading first; within one, in the server's order. */
export const grouped = (today: string, tasks: readonly DatedTask[]): TaskGroup[] =>
  dueGroups
    .map((group) => ({ group, tasks: tasks.filter((dated) => dueGroup(today, dated.dueDay) === group) }))
    .filter(({ tasks: some }) => some.length > 0);
