import { describe, expect, it } from '@jest/globals';
import { instantAt, wallClock } from './zoned';

const london = 'Europe/London';

describe('wall-clock time of the institution', () => {
  it.each([
    ['2026-05-29T17:00:00', '2026-05-29T16:00:00.000Z'],
    ['2026-01-15T17:00', '2026-01-15T17:00:00.000Z'],
    ['2026-12-31T23:59:59', '2026-12-31T23:59:59.000Z'],
    // The clocks go forward at one; two o'clock is an hour after a second before one.
    ['2026-03-29T02:00:00', '2026-03-29T01:00:00.000Z'],
    // The hour that comes twice: the first of the two.
    ['2026-10-25T01:30:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T02:30:00', '2026-10-25T02:30:00.000Z'],
  ])('%s in London is %s', (wall, instant) => {
    expect(instantAt(wall, london)).toBe(instant);
    expect(wallClock(instant, london)).toBe(wall.length === 16 ? `${wall}:00` : wall);
  });

  it('in the hour that is skipped, the clock shows an hour later', () => {
    expect(wallClock(instantAt('2026-03-29T01:30:00', london) ?? '', london)).toBe('2026-03-29T02:30:00');
  });

  it.each(['', 'soon', '2026-13-01T00:00', '2026-05-29'])('“%s” is no moment', (wall) => {
    expect(instantAt(wall, london)).toBeNull();
  });
});
