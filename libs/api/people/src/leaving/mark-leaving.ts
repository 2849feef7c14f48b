import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { LeavingView, MarkLeaving as Input, TakeLeavingBack as BackInput } from '@waymark/contracts';
import { Person } from '../entities';
import { lockAdministrators } from '../directory/roles-held';
import { anyAdministers, leave } from './leave';
import { earliestLastDay, leavingViewIn } from './leaving-view';
import { Transfer } from './transfer-entity';

@Injectable()
export class MarkLeaving {
  constructor(private readonly transactions: Transactions) {}

  /** Somebody leaves the institution at the end of the day given: today, to come, or up to a year ago. */
  run(actor: Actor, id: string, { lastDay, version }: Input): Promise<LeavingView> {
    return this.transactions.run(actor, async (tx) => {
      const today = dayIn(actor.timeZone, tx.now);
      // Before the person, as those who give and end roles do.
      if (await anyAdministers(tx, [id], today)) await lockAdministrators(tx);
      const person = await tx.lockAt(Person, id, version);
      if (lastDay < earliestLastDay(today)) {
        throw new Refused('invalid-input', { fields: [{ path: 'lastDay', code: 'too-long-ago' }] });
      }
      if (person.leftOn !== null && person.leftOn < today) throw new Refused('person-left');
      await refuseWhileMoving(tx, id);
      await leave(tx, [id], lastDay);
      await tx.audit('person.leave', { kind: 'person', id }, { lastDay });
      return leavingViewIn(tx, actor, id);
    });
  }
}

@Injectable()
export class TakeLeavingBack {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Before the day has passed nothing has happened, and nothing is left of it. Afterwards the person comes back: they are
   * active again and can sign in; pairs, roles, delegations and reports that ended do not return.
   */
  run(actor: Actor, id: string, { version }: BackInput): Promise<LeavingView> {
    return this.transactions.run(actor, async (tx) => {
      const person = await tx.lockAt(Person, id, version);
      if (person.leftOn === null) throw new Refused('status-refused', { facts: { from: 'active', to: 'active' } });
      if (person.erasedAt !== null) throw new Refused('not-found');
      const before = person.leftOn >= dayIn(actor.timeZone, tx.now);
      if (before) await refuseWhileMoving(tx, id);
      await tx.update(Person, person, { leftOn: null });
      await tx.audit(before ? 'person.stay' : 'person.come-back', { kind: 'person', id });
      return leavingViewIn(tx, actor, id);
    });
  }
}

/** Another institution counts on the day: what was agreed with it is not changed by one side. */
const refuseWhileMoving = async (tx: Tx, personId: string): Promise<void> => {
  const moving = (await tx.find(Transfer, { personId })).some(
    ({ status, markedAt }) => status === 'asked' || (status === 'accepted' && markedAt === null),
  );
  const [agreed] = await tx.query(
    `select from transfer t join person p on p.institution_id = t.institution_id and p.id = t.person_id
     where t.institution_id = $1 and t.person_id = $2 and t.status = 'accepted' and p.left_on = t.last_day limit 1`,
    [tx.scope.institutionId, personId],
  );
  if (moving || agreed) throw new Refused('transfer-under-way');
};
