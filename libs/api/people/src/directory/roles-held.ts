import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { GrantRole as GrantRoleInput, PersonView } from '@waymark/contracts';
import { Person, RoleHeld } from '../entities';
import { personViewIn } from './person-page';

@Injectable()
export class GrantRole {
  constructor(private readonly transactions: Transactions) {}

  /**
   * From today or a later day, and until a day if one is given; both days count, by the institution's clock. What the person
   * held or was to hold of this role and overlaps it gives way. Nobody grants a role to themselves.
   */
  run(actor: Actor, personId: string, { role, from, until }: GrantRoleInput): Promise<PersonView> {
    if (personId === actor.personId) throw new Refused('grant-to-self');
    return this.transactions.run(actor, async (tx) => {
      const today = dayIn(actor.timeZone, tx.now);
      const start = from ?? today;
      if (start < today) throw new Refused('invalid-input', { fields: [{ path: 'from', code: 'in-the-past' }] });
      if (until !== null && until < start) {
        throw new Refused('invalid-input', {
          fields: [{ path: 'until', code: until < today ? 'in-the-past' : 'before-the-first' }],
        });
      }
      if (role === 'institution-administrator') await lockAdministrators(tx);
      const person = await tx.lock(Person, personId);
      if (person.leftOn !== null && person.leftOn < start) throw new Refused('person-left');
      await tx.query(
        `delete from role_held where institution_id = $1 and person_id = $2 and role = $3
           and held_from >= $4::date and ($5::date is null or held_from <= $5::date)`,
        [actor.institutionId, person.id, role, start, until],
      );
      // One that runs already and ends on the same day holds all of this.
      const [running] = await tx.query<{ id: string; heldUntil: string | null }>(
        `select id, held_until::text as "heldUntil" from role_held
         where institution_id = $1 and person_id = $2 and role = $3 and held_from < $4::date
           and (held_until is null or held_until >= $4::date) for update`,
        [actor.institutionId, person.id, role, start],
      );
      if (running && running.heldUntil === until) return personViewIn(tx, personId);
      if (running) {
        await tx.query(`update role_held set held_until = $3::date - 1 where institution_id = $1 and id = $2`, [
          actor.institutionId,
          running.id,
          start,
        ]);
      }
      await tx.insert(RoleHeld, {
        institutionId: actor.institutionId,
        id: tx.newId(),
        personId,
        role,
        heldFrom: start,
        heldUntil: until,
        grantedBy: actor.personId,
      });
      // To set an end for the last one would only put the same off.
      if (role === 'institution-administrator') await refuseWithoutAdministrator(tx, today);
      await tx.audit('role.grant', { kind: 'person', id: personId }, { role, from: start, until });
      return personViewIn(tx, personId);
    });
  }
}

/** Administrators come and go one at a time, or the last two could end each other. */
export const lockAdministrators = (tx: Tx): Promise<unknown> =>
  tx.query(`select pg_advisory_xact_lock(hashtext('administrators ' || $1::text))`, [tx.scope.institutionId]);

/**
 * After a change, under `lockAdministrators`: refused with `last-administrator` unless somebody who is here, and whose last
 * day is not set, holds the role today and without an end. An institution without one could never have one again.
 */
export const refuseWithoutAdministrator = async (tx: Tx, today: string): Promise<void> => {
  const left = await tx.query(
    `select from role_held h join person p on p.institution_id = $1 and p.id = h.person_id
     where h.institution_id = $1 and h.role = 'institution-administrator'
       and h.held_from <= $2::date and h.held_until is null and p.left_on is null limit 1`,
    [tx.scope.institutionId, today],
  );
  if (left.length === 0) throw new Refused('last-administrator');
};

@Injectable()
export class EndRole {
  constructor(private readonly transactions: Transactions) {}

  /** Ends at once: the row is kept as far as it was held, and the next request counts without it. */
  run(actor: Actor, personId: string, roleHeldId: string): Promise<PersonView> {
    return this.transactions.run(actor, async (tx) => {
      const [known] = await tx.find(RoleHeld, { id: roleHeldId, personId });
      if (!known) throw new Refused('not-found');
      const administers = known.role === 'institution-administrator';
      if (administers) await lockAdministrators(tx);
      const held = await tx.lock(RoleHeld, roleHeldId);
      const day = dayIn(actor.timeZone, tx.now);
      if (held.heldUntil !== null && held.heldUntil < day) throw new Refused('changed-meanwhile');
      // A role granted today was held for no full day and leaves only its audit lines.
      if (held.heldFrom >= day) await tx.manager.delete(RoleHeld, { institutionId: actor.institutionId, id: held.id });
      else {
        await tx.query(`update role_held set held_until = $3::date - 1 where institution_id = $1 and id = $2`, [
          actor.institutionId,
          held.id,
          day,
        ]);
      }
      if (administers && held.heldFrom <= day) await refuseWithoutAdministrator(tx, day);
      await tx.audit('role.end', { kind: 'person', id: personId }, { role: held.role });
      return personViewIn(tx, personId);
    });
  }
}
