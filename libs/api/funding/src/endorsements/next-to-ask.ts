import type { Approver } from '@waymark/api-people';
import { type AskedAs, endorseWithinDays } from '@waymark/contracts';
import { DateTime } from 'luxon';

/** Whom an application was put to already, and as what. */
export interface AskedBefore {
  askedOf: string;
  askedAs: AskedAs;
  inPlaceOf: string | null;
}

export interface ToAsk {
  personId: string;
  as: AskedAs;
  inPlaceOf: string | null;
}

const ofNextManager = (as: AskedAs | null): boolean => as === 'next-manager' || as === 'delegate-of-next-manager';

/**
 * Whom to ask next, given who decides when those asked before are left out: the delegate, then the manager's manager and
 * whoever stands in for them; nobody above, since they do not know the bench. Null: the coordinator names somebody. Rule:
 * domain.md, "Endorsement".
 */
export const nextToAsk = (before: readonly AskedBefore[], { personId, because, inPlaceOf }: Approver): ToAsk | null => {
  if (personId === null || because === null) return null;
  // Whom the coordinator named was the last: somebody else is for the coordinator to name.
  if (before.some(({ askedAs }) => askedAs === 'named')) return null;
  const manager = inPlaceOf ?? personId;
  const above = before.filter(({ askedAs }) => ofNextManager(askedAs));
  if (ofNextManager(because) && above.some((each) => (each.inPlaceOf ?? each.askedOf) !== manager)) return null;
  return { personId, as: because, inPlaceOf };
};

/** An answer is waited for until the same time of day so many days later, but never past the deadline of the call. */
export const answerBy = (now: Date, timeZone: string, deadline: Date | null): Date => {
  const by = DateTime.fromJSDate(now, { zone: timeZone }).plus({ days: endorseWithinDays }).toJSDate();
  return deadline !== null && deadline < by ? deadline : by;
};
