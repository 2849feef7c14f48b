import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import { dayIn, move, type ScheduledTask, type Tx } from '@waymark/api-platform';
import { callTable } from '../statuses';
import { movedWith, nameOfMonth, nextWindow } from './call-rules';
import { Call } from './entities';

/** Locks a call that something is about to be done with; past its closing second it is closed first. */
export const lockCall = async (tx: Tx, id: string, version?: number): Promise<Call> => {
  const call = version === undefined ? await tx.lock(Call, id) : await tx.lockAt(Call, id, version);
  if (call.status === 'open' && call.closesAt <= tx.now) await closeCall(tx, call);
  return call;
};

/**
 * The close: nothing is taken in any more, and a rolling call's next month begins. The caller holds the call. Its revision stays:
 * everybody sees it closed from the second on, and whoever acts on what they see is not told that somebody changed it.
 */
export const closeCall = async (tx: Tx, call: Call): Promise<void> => {
  const status = move(callTable, call.status, 'closed');
  await tx.query(`update call set status = $3 where institution_id = $1 and id = $2`, [
    ...[call.institutionId, call.id, status],
  ]);
  call.status = status;
  await tx.audit('call.close', { kind: 'call', id: call.id });
  if (call.kind === 'rolling') await rollOn(tx, call);
};

/**
 * Next month's call of a rolling one, open, with the same terms and panel and its dates moved along. Its pot is the same, or
 * the one that it was rolled over into; where none of them is open any more, the series ends, and its coordinator sees no
 * next month.
 */
const rollOn = async (tx: Tx, call: Call): Promise<void> => {
  const { institutionId } = tx.scope;
  const { timeZone } = await whereaboutsOf(tx);
  // The first of the months that followed one another by themselves says on which day of the month they close.
  const [first] = await tx.query<{ closesAt: Date }>(
    `with recursive months as (
       select id, copied_from, opens_at, closes_at from call where institution_id = $1 and id = $2
       union all
       select c.id, c.copied_from, c.opens_at, c.closes_at from months m
       join call c on c.institution_id = $1 and c.id = m.copied_from and c.closes_at = m.opens_at
     ) select closes_at as "closesAt" from months order by opens_at limit 1`,
    [institutionId, call.id],
  );
  const window = nextWindow(call, first?.closesAt ?? call.closesAt, tx.now, timeZone);
  const potId = await openPotAfter(tx, call.potId);
  if (!window || potId === null) {
    await tx.audit('call.roll-out', { kind: 'call', id: call.id }, { because: window ? 'pot-closed' : 'last-month' });
    return;
  }
  const id = tx.newId();
  const days = daysBetween(dayIn(timeZone, call.closesAt), dayIn(timeZone, window.closesAt));
  await tx.insert(Call, {
    ...call,
    id,
    name: await freeName(tx, nameOfMonth(call.name, window, timeZone)),
    status: move(callTable, 'draft', 'open'),
    potId,
    opensAt: window.opensAt,
    closesAt: window.closesAt,
    ...movedWith(call, window.closesAt, timeZone, days),
    nextOpensOn: null,
    nextClosesOn: null,
    termsNumber: 1,
    copiedFrom: call.id,
    createdAt: tx.now,
    version: 1,
  });
  await tx.query(
    `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by)
     select $1, $2, 1, terms, $3, created_by from call_terms where institution_id = $1 and call_id = $4 and number = $5`,
    [institutionId, id, tx.now, call.id, call.termsNumber],
  );
  await tx.query(
    `insert into call_panelist (institution_id, call_id, person_id, chair, most_reviews, added_at, added_by)
     select $1, $2, p.person_id, p.chair, p.most_reviews, $3, p.added_by
     from call_panelist p join person on person.institution_id = p.institution_id and person.id = p.person_id
     where p.institution_id = $1 and p.call_id = $4 and (person.left_on is null or person.left_on >= $5::date)`,
    [institutionId, id, tx.now, call.id, dayIn(timeZone, tx.now)],
  );
  await tx.audit('call.roll-on', { kind: 'call', id }, { from: call.id });
};

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The pot itself while it is open, else the open one that it was rolled over into, however many years on. */
export const openPotAfter = async (tx: Tx, potId: string): Promise<string | null> => {
  const [pot] = await tx.query<{ id: string }>(
    `with recursive after as (
       select id, status, 0 as steps from pot where institution_id = $1 and id = $2
       union all
       select p.id, p.status, a.steps + 1 from after a join pot p on p.institution_id = $1 and p.rolled_from = a.id where a.steps < 50
     ) select id from after where status = 'open' order by steps desc limit 1`,
    [tx.scope.institutionId, potId],
  );
  return pot?.id ?? null;
};

/** The name, or with a number after it where another call has it already: work by the clock has nobody to ask. */
const freeName = async (tx: Tx, name: string): Promise<string> => {
  const [row] = await tx.query<{ name: string }>(
    `select n.name from (select case when i = 1 then $2 else $2 || ' (' || i || ')' end as name, i from generate_series(1, 50) i) n
     where not exists (select from call c where c.institution_id = $1 and lower(c.name) = lower(n.name) and c.status <> 'cancelled')
     order by n.i limit 1`,
    [tx.scope.institutionId, name],
  );
  return row?.name ?? name;
};

/**
 * Closes what has passed its closing second. Nothing depends on when it comes: what is handed in is judged by the instant,
 * see `callAt`.
 */
@Injectable()
export class CloseCalls implements ScheduledTask {
  readonly name = 'close-calls';
  readonly everySeconds = 10;

  async run(tx: Tx): Promise<boolean> {
    const [due] = await tx.query<{ id: string }>(
      `select id from call where institution_id = $1 and status = 'open' and closes_at <= $2 order by closes_at, id limit 1`,
      [tx.scope.institutionId, tx.now],
    );
    if (!due) return false;
    await lockCall(tx, due.id);
    return true;
  }
}
