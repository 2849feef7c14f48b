import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type EventHandler, type OutboxEvent, type ScheduledTask, Transactions, type Tx } from '@waymark/api-platform';
import { endorseWithinDays, PERSON_LEFT, personLeft } from '@waymark/contracts';
import { deadlineOf } from './deadline';
import { lockApplications } from './locked-endorsements';
import { passOn, type Waiting, waitingColumns } from './pass-on';

/** Of one transaction. */
const batch = 200;
/** SQL: when the seven days of an endorsement `n` end, by the clock of its institution `i`. */
const fullTurn = `((n.asked_at at time zone i.time_zone + interval '${endorseWithinDays} days') at time zone i.time_zone)`;

/** Held and still waiting for an answer: the applications first, then the endorsements. */
const held = async (tx: Tx, ids: readonly string[]): Promise<Waiting[]> => {
  const found = await tx.query<{ applicationId: string; callId: string }>(
    `select n.application_id as "applicationId", a.call_id as "callId" from endorsement n
     join application a on a.institution_id = n.institution_id and a.id = n.application_id
     where n.institution_id = $1 and n.id = any ($2::uuid[])`,
    [tx.scope.institutionId, ids],
  );
  await lockApplications(tx, found);
  return tx.query<Waiting>(
    `select ${waitingColumns} from endorsement n
     join application a on a.institution_id = n.institution_id and a.id = n.application_id
     where n.institution_id = $1 and n.id = any ($2::uuid[]) and n.status = 'asked' order by n.id for update of n`,
    [tx.scope.institutionId, ids],
  );
};

/**
 * Whoever was asked shortly before the deadline was given until then. Where the deadline has been moved since, they have the rest of
 * their seven days, and so have their links. Answers whether there were any.
 */
const giveFullTurn = async (tx: Tx): Promise<boolean> => {
  const [given] = await tx.query<{ count: number }>(
    `with short as (
       select n.id, least(${deadlineOf('c', 's')}, ${fullTurn}) as until from endorsement n
       join institution i on i.id = n.institution_id
       join application a on a.institution_id = n.institution_id and a.id = n.application_id
       join application_submission s on s.institution_id = n.institution_id and s.application_id = n.application_id
         and s.number = n.submission_number
       join call c on c.institution_id = n.institution_id and c.id = a.call_id
       where n.institution_id = $1 and n.status = 'asked' and n.purpose = 'application' and n.passes_on_at <= $2
         and ${deadlineOf('c', 's')} > $2 and ${fullTurn} > $2
       order by n.id for update of n skip locked
     ), turned as (
       update endorsement n set passes_on_at = short.until from short where n.institution_id = $1 and n.id = short.id returning n.id
     ), linked as (
       update endorsement_link l set expires_at = short.until from short
       where l.institution_id = $1 and l.endorsement_id = short.id and l.used_at is null
     )
     select count(*)::int as count from turned`,
    [tx.scope.institutionId, tx.now],
  );
  return (given?.count ?? 0) > 0;
};

/** What nobody answered in its seven days goes on to the next. What is past the deadline of its call is not passed on but ended. */
@Injectable()
export class PassOnEndorsements implements ScheduledTask {
  readonly name = 'pass-on-endorsements';
  readonly everySeconds = 60;

  async run(tx: Tx): Promise<boolean> {
    // In a transaction of its own: it holds endorsements before applications.
    if (await giveFullTurn(tx)) return true;
    const due = await tx.query<{ id: string }>(
      `select n.id from endorsement n
       join application a on a.institution_id = n.institution_id and a.id = n.application_id
       join application_submission s on s.institution_id = n.institution_id and s.application_id = n.application_id
         and s.number = n.submission_number
       join call c on c.institution_id = n.institution_id and c.id = a.call_id
       where n.institution_id = $1 and n.status = 'asked' and n.passes_on_at <= $2
         and (n.purpose = 'changed-event' or ${deadlineOf('c', 's')} > $2)
       order by n.passes_on_at, n.id limit $3`,
      [tx.scope.institutionId, tx.now, batch],
    );
    if (due.length === 0) return false;
    await passOn(
      tx,
      await held(
        tx,
        due.map(({ id }) => id),
      ),
      'silent',
    );
    return due.length === batch;
  }
}

/** Whoever has left is asked no more: what waited for them goes on at once. Done again it finds nothing to do. */
@Injectable()
export class PassOnOfLeaver implements EventHandler {
  readonly name = 'funding-endorser-left';
  readonly topic = PERSON_LEFT;

  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
  ) {}

  async handle({ institutionId, payload }: OutboxEvent): Promise<void> {
    const { personId } = personLeft.parse(payload);
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      const [leaver] = await this.people.facts(tx, [personId]);
      if (!leaver || leaver.active) return;
      const waiting = await tx.query<{ id: string }>(
        `select id from endorsement where institution_id = $1 and asked_of = $2 and status = 'asked'`,
        [institutionId, personId],
      );
      if (waiting.length === 0) return;
      await passOn(
        tx,
        await held(
          tx,
          waiting.map(({ id }) => id),
        ),
        'left',
      );
    });
  }
}
