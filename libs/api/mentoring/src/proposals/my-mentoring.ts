import { Injectable } from '@nestjs/common';
import { type Actor, Clock, move, type ReadQuery, Reads, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { ChangeCapacity, MyMentoring, OnMyMentoring } from '@waymark/contracts';
import { isOpenProposal } from '../at-present';
import { Enrolment } from '../entities';
import { placesTaken } from '../places';
import { enrolmentTable } from '../statuses';

/** A person's own enrolment as a mentor. */
@Injectable()
export class MyMentorings {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor): Promise<MyMentoring> {
    const [mentor] = await this.reads.rows<NonNullable<MyMentoring['mentor']>>(actor, query(actor, this.clock.now()));
    return { mentor: mentor ?? null };
  }
}

/** How many mentees somebody takes at most; pairs that they have stay, also where there are more. */
@Injectable()
export class ChangeOwnCapacity {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, { version, capacity }: ChangeCapacity): Promise<MyMentoring> {
    return this.transactions.run(actor, async (tx) => {
      const enrolment = await lockOwn(tx, actor, version);
      await tx.update(Enrolment, enrolment, { capacity });
      await tx.audit('enrolment.change-capacity', { kind: 'enrolment', id: enrolment.id }, { capacity });
      return viewIn(tx, actor);
    });
  }
}

/** Nobody new is proposed to them; what is open can still be answered, and pairs go on. */
@Injectable()
export class PauseMentoring {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, { version }: OnMyMentoring): Promise<MyMentoring> {
    return this.transactions.run(actor, async (tx) => {
      const enrolment = await lockOwn(tx, actor, version);
      const status = move(enrolmentTable, enrolment.status, 'paused');
      await tx.update(Enrolment, enrolment, { status, pausedForSilence: false });
      await tx.audit('enrolment.pause', { kind: 'enrolment', id: enrolment.id });
      return viewIn(tx, actor);
    });
  }
}

/** Active again; earlier silences are forgotten. */
@Injectable()
export class ResumeMentoring {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, { version }: OnMyMentoring): Promise<MyMentoring> {
    return this.transactions.run(actor, async (tx) => {
      const enrolment = await lockOwn(tx, actor, version);
      if (enrolment.status !== 'paused') {
        throw new Refused('status-refused', { facts: { from: enrolment.status, to: 'active' } });
      }
      const status = move(enrolmentTable, enrolment.status, 'active');
      await tx.update(Enrolment, enrolment, { status, pausedForSilence: false, silencesFrom: tx.now });
      await tx.audit('enrolment.resume', { kind: 'enrolment', id: enrolment.id });
      return viewIn(tx, actor);
    });
  }
}

const lockOwn = async (tx: Tx, actor: Actor, version: number): Promise<Enrolment> => {
  const [own] = await tx.find(Enrolment, { personId: actor.personId });
  if (!own) throw new Refused('not-found');
  return tx.lockAt(Enrolment, own.id, version);
};

const viewIn = async (tx: Tx, actor: Actor): Promise<MyMentoring> => {
  const { text, values } = query(actor, tx.now);
  const [mentor] = await tx.query<NonNullable<MyMentoring['mentor']>>(text, values);
  return { mentor: mentor ?? null };
};

const query = (actor: Actor, now: Date): ReadQuery => ({
  name: 'my-mentoring',
  text: `select e.status, e.status = 'paused' and e.paused_for_silence as "pausedForSilence", e.capacity,
      ${placesTaken('e')} as taken, e.version,
      (select count(*)::int from proposal p where p.institution_id = $1 and p.enrolment_id = e.id
        and p.status = 'proposed' and ${isOpenProposal('p', '$3')}) as waiting
    from enrolment e where e.institution_id = $1 and e.person_id = $2`,
  values: [actor.institutionId, actor.personId, now],
});
