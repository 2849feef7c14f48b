import { describe, expect, test } from '@jest/globals';
import type { HomeTask } from '@waymark/contracts';
import { taskWords } from './task-words';

const id = '00000000-0000-4000-8000-000000000001';
const task = (over: Partial<HomeTask>): HomeTask => ({
  kind: 'wait-for-answers',
  id,
  dueAt: '2026-05-01T16:00:00.000Z',
  about: 'Winter 2026 round',
  count: 26,
  ...over,
});

describe('a released round whose proposals wait', () => {
  test("says how many, leads to them, and is somebody else's turn", () => {
    expect(taskWords(task({}))).toMatchObject({
      what: '26 proposals wait for an answer in Winter 2026 round',
      action: 'See proposals',
      link: ['/mentoring/rounds', id],
      query: { tab: 'proposals' },
      waiting: true,
    });
    expect(taskWords(task({ count: 1 })).what).toBe('1 proposal waits for an answer in Winter 2026 round');
  });

  test('only it asks for a tab', () => {
    expect(taskWords(task({ kind: 'review-round' }))).toMatchObject({ query: null, waiting: false });
  });
});
