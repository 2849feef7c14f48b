import { Injectable } from '@nestjs/common';
import { type Actor, actingMs, dayIn, Refused, type Scope, Transactions, type Tx } from '@waymark/api-platform';
import { Person } from '../entities';

/**
 * A coordinator acts for somebody who has no e-mail address, and so no way in: from then on, and until they stop, everything
 * in their session is done as that person, with what that person may by what they are and none of the roles that were
 * granted to either. Both names stand in the audit. See `actors_of_sessions` for what ends it by itself.
 */
@Injectable()
export class ActFor {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Refused with `acting-for-self`, with `has-own-address` where the person can sign in themselves, and with `person-left`
   * where they have left. Nobody acts for two at once: while they act, `people.on-behalf` is not theirs.
   */
  run(actor: Actor, personId: string): Promise<void> {
    return this.transactions.run({ ...actor, command: undefined }, async (tx) => {
      if (personId === actor.personId) throw new Refused('acting-for-self');
      const person = await tx.lock(Person, personId);
      if (person.email !== null) throw new Refused('has-own-address');
      const left = person.leftOn !== null && person.leftOn < dayIn(actor.timeZone, tx.now);
      if (left || person.erasedAt !== null) throw new Refused('person-left');
      await tx.query(`update session set acting_for_id = $2, acting_until = $3 where id = $1`, [
        actor.sessionId,
        personId,
        new Date(tx.now.getTime() + actingMs),
      ]);
      await tx.audit('acting.start', { kind: 'person', id: personId });
    });
  }
}

/** Ends it, also where it has ended by itself and its owner has now seen that. Does nothing where nobody acts. */
@Injectable()
export class StopActing {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor): Promise<void> {
    return this.transactions.run({ ...ownScope(actor), command: undefined }, (tx) => stopActing(tx, actor.sessionId));
  }
}

/** The session's owner as themself, also while they act for somebody. */
export const ownScope = (actor: Actor): Scope => ({
  institutionId: actor.institutionId,
  personId: actor.acting?.by.id ?? actor.personId,
  correlationId: actor.correlationId,
});

/** Whom a session acts for, no more from here on; written as its owner's own act. */
export const stopActing = async (tx: Tx, sessionId: string): Promise<void> => {
  const [acting] = await tx.query<{ acting_for_id: string | null }>(
    `select acting_for_id from session where id = $1 for update`,
    [sessionId],
  );
  if (!acting?.acting_for_id) return;
  await tx.query(`update session set acting_for_id = null, acting_until = null where id = $1`, [sessionId]);
  await tx.audit('acting.stop', { kind: 'person', id: acting.acting_for_id });
};
