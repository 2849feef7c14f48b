import type { ApplicationStatus, CallStatus } from '@waymark/contracts';
import { later } from '../calls/call-rules';

export interface Window {
  status: CallStatus;
  opensAt: Date;
  closesAt: Date;
  returnGraceDays: number;
}

/**
 * The instant before which an application may be sent, to the millisecond and not at it: the call's close, or the end of an
 * extension where that is later; for one that came back with a question, the close and its days of grace by the institution's
 * clock. Null: it cannot be sent any more, whatever the time. Rule: domain.md, "Call" and "Application".
 */
export const sendBefore = (
  call: Window,
  extendedUntil: Date | null,
  status: ApplicationStatus,
  timeZone: string,
): Date | null => {
  if (call.status !== 'open' && call.status !== 'closed') return null;
  if (status !== 'draft' && status !== 'returned') return null;
  const grace = status === 'returned' ? later(call.closesAt, timeZone, { days: call.returnGraceDays }) : call.closesAt;
  return extendedUntil !== null && extendedUntil > grace ? extendedUntil : grace;
};
