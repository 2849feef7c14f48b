import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, Refused, Transactions } from '@waymark/api-platform';
import type { GrantRole as GrantRoleInput, PersonView } from '@waymark/contracts';
import { Person, RoleHeld } from '../entities';
import { personViewIn } from './person-page';

@Injectable()
export class GrantRole {
  constructor(private readonly transactions: Transactions) {}

  /** From today, and until a day if one is given. Nobody grants a role to themselves. */
  run(actor: Actor, personId: string, { role, until }: GrantRoleInput): Promise<PersonView> {
    if (personId === actor.personId) throw new Refused('grant-to-self');
    return this.transactions.run(actor, async (tx) => {
      const person = await tx.lock(Person, personId);
      const day = dayIn(actor.timeZone, tx.now);
      if (until !== null && until < day) {
        throw new Refused('invalid-input', { fields: [{ path: 'until', code: 'in-the-past' }] });
      }
      await tx.query(
        `update role_held set held_until = $4::date - 1 where institution_id = $1 and person_id = $2 and role = $3
         and held_from < $4::date and (held_until is null or held_until >= $4::date)`,
        [actor.institutionId, person.id, role, day],
      );
      await tx.query(
        `delete from role_held where institution_id = $1 and person_id = $2 and role = $3 and held_from >= $4::date`,
        [actor.institutionId, person.id, role, day],
      );
      const id = tx.newId();
      await tx.insert(RoleHeld, {
        institutionId: actor.institutionId,
        id,
        personId,
        role,
        heldFrom: day,
        heldUntil: until,
        grantedBy: actor.personId,
      });
      await tx.audit('role.grant', { kind: 'person', id: personId }, { role, until });
      return personViewIn(tx, personId);
    });
  }
}

@Injectable()
export class EndRole {
  constructor(private readonly transactions: Transactions) {}

  /** Ends at once: the row is kept as far as it was held, and the next request counts without it. */
  run(actor: Actor, personId: string, roleHeldId: string): Promise<PersonView> {
    return this.transactions.run(actor, async (tx) => {
      const held = await tx.lock(RoleHeld, roleHeldId);
      if (held.personId !== personId) throw new Refused('not-found');
      const day = dayIn(actor.timeZone, tx.now);
      // A role granted today was held for no full day and leaves only its audit lines.
      if (held.heldFrom >= day) await tx.manager.delete(RoleHeld, { institutionId: actor.institutionId, id: held.id });
      else {
        await tx.query(`update role_held set held_until = $3::date - 1 where institution_id = $1 and id = $2`, [
          actor.institutionId,
          held.id,
          day,
        ]);
      }
      await tx.audit('role.end', { kind: 'person', id: personId }, { role: held.role });
      return personViewIn(tx, personId);
    });
  }
}
