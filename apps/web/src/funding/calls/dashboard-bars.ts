import type { CallDashboard } from '@waymark/contracts';
import type { CountBar } from './count-bars';

type Day = CallDashboard['days'][number];
const dayMs = 86_400_000;

/** Days drawn one by one; more than that are put together by weeks. */
const daysMost = 92;

/** Every day from the first to the last with anything in it, empty ones too. */
export const withEmptyDays = (days: readonly Day[]): Day[] => {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const byDay = new Map(days.map((each) => [each.day, each]));
  const count = Math.round((Date.parse(last.day) - Date.parse(first.day)) / dayMs) + 1;
  return Array.from({ length: Math.min(count, 800) }, (_, at) => {
    const day = new Date(Date.parse(first.day) + at * dayMs).toISOString().slice(0, 10);
    return byDay.get(day) ?? { day, received: 0, endorsed: 0, scored: 0 };
  });
};

/** Days as they are drawn: each alone, or seven together named by their first. */
export const drawnDays = (days: readonly Day[]): { by: 'day' | 'week'; days: Day[] } => {
  const all = withEmptyDays(days);
  if (all.length <= daysMost) return { by: 'day', days: all };
  const weeks = Array.from({ length: Math.ceil(all.length / 7) }, (_, at) => all.slice(at * 7, at * 7 + 7));
  const sum = (week: Day[], what: 'received' | 'endorsed' | 'scored') =>
    week.reduce((total, day) => total + day[what], 0);
  return {
    by: 'week',
    days: weeks.map((week) => ({
      day: week[0]?.day ?? '',
      received: sum(week, 'received'),
      endorsed: sum(week, 'endorsed'),
      scored: sum(week, 'scored'),
    })),
  };
};

/** Bars with a tick at the first, the last, and up to three between, as far apart as the first two: none runs into another. */
export const barsOf = <Item>(
  items: readonly Item[],
  countOf: (item: Item) => number,
  wordsOf: (item: Item) => string,
  tickOf: (item: Item) => string,
): CountBar[] => {
  const every = Math.max(1, Math.ceil(items.length / 5));
  return items.map((item, at) => ({
    count: countOf(item),
    words: wordsOf(item),
    tick: at === items.length - 1 || (at % every === 0 && items.length - 1 - at >= every) ? tickOf(item) : '',
  }));
};
