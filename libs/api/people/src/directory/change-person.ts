import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, post, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { ChangePerson as ChangePersonInput, PersonView } from '@waymark/contracts';
import { linkAccounts } from '../accounts';
import { putSkills } from '../administration/person-skills';
import { Person } from '../entities';
import { PeopleFacade } from '../people-facade';
import { refuseUnknown } from './known-records';
import { personViewIn } from './person-page';

@Injectable()
export class ChangePerson {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
  ) {}

  run(actor: Actor, id: string, { version, skills, ...given }: ChangePersonInput): Promise<PersonView> {
    // What is not named stays as it is.
    const named = Object.entries(given).filter(([, value]) => value !== undefined);
    const input = Object.fromEntries(named) as typeof given;
    return this.transactions.run(actor, async (tx) => {
      // Managers change one at a time, or two changes could close a circle that neither sees.
      await tx.query(`select pg_advisory_xact_lock(hashtext('line-managers ' || $1::text))`, [actor.institutionId]);
      const person = await tx.lockAt(Person, id, version);
      // Who is erased stays so: what was written here now could never be erased again.
      if (person.erasedAt !== null) throw new Refused('already-erased');
      await refuseUnknown(tx, input, person.lineManagerId);
      if (input.lineManagerId) await this.refuseCircle(tx, id, input.lineManagerId);
      const changed = Object.entries(input)
        .filter(([key, value]) => person[key as keyof Person] !== value)
        .map(([key]) => key);
      if (skills && (await putSkills(tx, id, skills))) changed.push('skills');
      const emailChanged = person.email !== input.email;
      if (emailChanged) {
        await this.refuseTakeOver(tx, actor, person);
        if (person.email) await this.tellOldAddress(tx, person.email, person.givenName);
      }
      await tx.update(Person, person, input);
      if (emailChanged) {
        // Another address is another way in: the old one opens no door any more.
        await tx.query(`delete from session where institution_id = $1 and person_id = $2`, [actor.institutionId, id]);
        await tx.query(`delete from account_person where institution_id = $1 and person_id = $2`, [
          actor.institutionId,
          id,
        ]);
        await linkAccounts(tx, [{ id, email: input.email }]);
      }
      await tx.audit('person.change', { kind: 'person', id }, { fields: changed.join(' ') });
      return personViewIn(tx, id);
    });
  }

  /**
   * Whoever sets an address can have a password link sent to it. So the address of somebody who holds a role, or who has
   * signed in with it, is changed by those alone who may grant roles, and by the person: otherwise a coordinator could
   * become the administrator, or answer for a mentor.
   */
  private async refuseTakeOver(tx: Tx, actor: Actor, person: Person): Promise<void> {
    if (actor.permissions.has('people.grant-role') || person.id === actor.personId) return;
    const guarded = await tx.query(
      `select from role_held where institution_id = $1 and person_id = $2
         and (held_until is null or held_until >= $3::date)
       union all
       select from account_person ap join account a on a.id = ap.account_id
         where ap.institution_id = $1 and ap.person_id = $2 and a.password_hash is not null
       limit 1`,
      [actor.institutionId, person.id, dayIn(actor.timeZone, tx.now)],
    );
    if (guarded.length > 0) throw new Refused('not-allowed');
  }

  /** The one who loses the way in hears of it, whoever took it. */
  private tellOldAddress(tx: Tx, email: string, givenName: string): Promise<void> {
    return post(tx, {
      to: email,
      subject: 'Your address in Waymark was changed',
      body: `Hello ${givenName},\n\nSomebody in your institution gave you another e-mail address in Waymark. From now on you sign in with that one, and this address opens nothing any more.\n\nIf that is not right, tell your institution's administrator.\n`,
    });
  }

  private async refuseCircle(tx: Tx, id: string, managerId: string): Promise<void> {
    const above = await this.people.managersAbove(tx, [managerId]);
    if (managerId === id || above.get(managerId)?.includes(id)) throw new Refused('manager-cycle');
  }
}
