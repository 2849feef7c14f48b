import { describe, expect, it } from '@jest/globals';
import type { ApplicationStatus, CallStatus } from '@waymark/contracts';
import { sendBefore, type Window } from './send-before';

const call: Window = {
  status: 'open',
  opensAt: new Date('2026-03-02T09:00:00Z'),
  closesAt: new Date('2026-03-27T17:00:00Z'),
  returnGraceDays: 7,
};
const before = (
  changes: Partial<Window>,
  status: ApplicationStatus,
  extendedUntil: string | null = null,
): string | undefined =>
  sendBefore(
    { ...call, ...changes },
    extendedUntil === null ? null : new Date(extendedUntil),
    status,
    'Europe/London',
  )?.toISOString();

describe('until when an application may be sent', () => {
  it.each<[string, Partial<Window>, ApplicationStatus, string | null, string | undefined]>([
    ['a draft until the close', {}, 'draft', null, '2026-03-27T17:00:00.000Z'],
    ['with an extension, until its end', {}, 'draft', '2026-04-01T11:00:00Z', '2026-04-01T11:00:00.000Z'],
    [
      'an extension that ends before the close takes nothing away',
      {},
      'draft',
      '2026-03-20T11:00:00Z',
      '2026-03-27T17:00:00.000Z',
    ],
    // The clocks go forward on 29 March: a week on at the same time of the clock.
    ['one that came back, a week on by the clock', {}, 'returned', null, '2026-04-03T16:00:00.000Z'],
    ['one that came back, with a longer extension', {}, 'returned', '2026-04-09T11:00:00Z', '2026-04-09T11:00:00.000Z'],
    ['without grace, until the close', { returnGraceDays: 0 }, 'returned', null, '2026-03-27T17:00:00.000Z'],
    ['after the close, as before', { status: 'closed' }, 'returned', null, '2026-04-03T16:00:00.000Z'],
    ['what is with the manager', {}, 'submitted', null, undefined],
    ['what is declined', {}, 'declined', null, undefined],
  ])('%s', (_, changes, status, extendedUntil, expected) => {
    expect(before(changes, status, extendedUntil)).toBe(expected);
  });

  it.each<CallStatus>(['draft', 'scoring', 'moderation', 'decided', 'archived', 'cancelled'])(
    'never in a call that is %s',
    (status) => {
      expect(before({ status }, 'returned', '2027-01-01T00:00:00Z')).toBeUndefined();
    },
  );
});
