import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, Refused, Transactions, type Tx } from '@waymark/api-platform';
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
      // To set an end for the last one would only put the same off.
      if (role === 'institution-administrator' && until !== null) await refuseLast(tx, personId, day);
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

/** An institution without an administrator could never have one again: the last one stays until another is there. */
const refuseLast = async (tx: Tx, personId: string, day: string): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtext('administrators ' || $1::text))`, [tx.scope.institutionId]);
  const others = await tx.query(
    `select from role_held h join person p on p.institution_id = $1 and p.id = h.person_id
     where h.institution_id = $1 and h.role = 'institution-administrator' and h.person_id <> $2
       and h.held_from <= $3::date and h.held_until is null and (p.left_on is null or p.left_on >= $3::date) limit 1`,
    [tx.scope.institutionId, personId, day],
  );
  if (others.length === 0) throw new Refused('last-administrator');
};

@Injectable()
export class EndRole {
  constructor(private readonly transactions: Transactions) {}

  /** Ends at once: the row is kept as far as it was held, and the next request counts without it. */
  run(actor: Actor, personId: string, roleHeldId: string): Promise<PersonView> {
    return this.transactions.run(actor, async (tx) => {
      const held = await tx.lock(RoleHeld, roleHeldId);
      if (held.personId !== personId) throw new Refused('not-found');
      const day = dayIn(actor.timeZone, tx.now);
      if (held.role === 'institution-administrator') await refuseLast(tx, held.personId, day);
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
