import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { ChangePerson as ChangePersonInput, PersonView } from '@waymark/contracts';
import { linkAccounts } from '../accounts';
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

  run(actor: Actor, id: string, { version, ...input }: ChangePersonInput): Promise<PersonView> {
    return this.transactions.run(actor, async (tx) => {
      // Managers change one at a time, or two changes could close a circle that neither sees.
      await tx.query(`select pg_advisory_xact_lock(hashtext('line-managers ' || $1::text))`, [actor.institutionId]);
      const person = await tx.lockAt(Person, id, version);
      await refuseUnknown(tx, input);
      if (input.lineManagerId) await this.refuseCircle(tx, id, input.lineManagerId);
      const changed = Object.entries(input).filter(([key, value]) => person[key as keyof Person] !== value);
      const emailChanged = person.email !== input.email;
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
      await tx.audit('person.change', { kind: 'person', id }, { fields: changed.map(([key]) => key).join(' ') });
      return personViewIn(tx, id);
    });
  }

  private async refuseCircle(tx: Tx, id: string, managerId: string): Promise<void> {
    const above = await this.people.managersAbove(tx, [managerId]);
    if (managerId === id || above.get(managerId)?.includes(id)) throw new Refused('manager-cycle');
  }
}
