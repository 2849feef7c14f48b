import { Refused, type Tx } from '@waymark/api-platform';
import { type CallMoment, callMomentAt, type CallTerms } from '@waymark/contracts';
import { Call } from './entities';

/**
 * Where a call is at an instant: what was handed in is judged by the instant at which it came, whether or not the worker has
 * closed the call yet.
 */
export const callAt = (call: Pick<Call, 'status' | 'opensAt' | 'closesAt'>, now: Date): CallMoment =>
  callMomentAt(call, now);

/** SQL of the same, over a call's alias and a parameter of the instant. */
export const momentOf = (call: string, now: string): string =>
  `(case when ${call}.status <> 'open' then ${call}.status when ${now}::timestamptz < ${call}.opens_at then 'coming'
    when ${now}::timestamptz < ${call}.closes_at then 'open' else 'closed' end)`;

/**
 * The call, held so that it is neither closed, changed nor cancelled meanwhile, while any number of others hold it so too:
 * for what is decided within a call. Refused with `not-found`.
 */
export const shareCall = async (tx: Tx, callId: string): Promise<Call> => {
  const call = await tx.manager
    .getRepository(Call)
    .createQueryBuilder('row')
    .setLock('pessimistic_read')
    .where({ institutionId: tx.scope.institutionId, id: callId })
    .getOne();
  if (!call) throw new Refused('not-found');
  return call;
};

/** The terms of a call by number: those that something was submitted under, or the call's newest. */
export const termsOf = async (tx: Tx, callId: string, number: number): Promise<CallTerms> => {
  const [row] = await tx.query<{ terms: CallTerms }>(
    `select terms from call_terms where institution_id = $1 and call_id = $2 and number = $3`,
    [tx.scope.institutionId, callId, number],
  );
  if (!row) throw new Refused('not-found');
  return row.terms;
};

/** Until when this person may hand in: the close, or later where they were granted an extension. */
export const submitsUntil = async (
  tx: Tx,
  call: Pick<Call, 'id' | 'closesAt'>,
  personId: string,
): Promise<{ until: Date; extended: boolean }> => {
  const [row] = await tx.query<{ until: Date }>(
    `select until from call_extension where institution_id = $1 and call_id = $2 and person_id = $3`,
    [tx.scope.institutionId, call.id, personId],
  );
  return row && row.until > call.closesAt
    ? { until: row.until, extended: true }
    : { until: call.closesAt, extended: false };
};

/** Whether somebody may hand in to a call at an instant: within `[opensAt, until)`, while the call is open or closed. */
export const takesSubmissions = (
  call: Pick<Call, 'status' | 'opensAt'>,
  { until, extended }: { until: Date; extended: boolean },
  now: Date,
): boolean => now >= call.opensAt && now < until && (call.status === 'open' || (extended && call.status === 'closed'));
