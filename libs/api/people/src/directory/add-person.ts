import { Injectable } from '@nestjs/common';
import { type Actor, Transactions } from '@waymark/api-platform';
import type { AddPerson as AddPersonInput, PersonView } from '@waymark/contracts';
import { linkAccounts } from '../accounts';
import { putSkills } from '../administration/person-skills';
import { Person } from '../entities';
import { InvitePerson } from './invite-person';
import { refuseUnknown } from './known-records';
import { personViewIn } from './person-page';

@Injectable()
export class AddPerson {
  constructor(
    private readonly transactions: Transactions,
    private readonly invites: InvitePerson,
  ) {}

  /**
   * Adds somebody by hand: for example an externally funded technician whom HR does not list. The invitation goes with it if
   * asked for, which is refused where there is no address.
   */
  run(actor: Actor, { skills, invite, ...input }: AddPersonInput): Promise<PersonView> {
    return this.transactions.run(actor, async (tx) => {
      await refuseUnknown(tx, input);
      const id = tx.newId();
      await tx.insert(Person, { ...input, institutionId: actor.institutionId, id, createdAt: tx.now, version: 1 });
      await linkAccounts(tx, [{ id, email: input.email }]);
      await putSkills(tx, id, skills);
      await tx.audit('person.add', { kind: 'person', id });
      if (invite) await this.invites.post(tx, id);
      return personViewIn(tx, id);
    });
  }
}
