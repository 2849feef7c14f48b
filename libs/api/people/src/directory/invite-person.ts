import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import { Person } from '../entities';
import { PasswordLinks } from '../sign-in/password-links';

@Injectable()
export class InvitePerson {
  constructor(
    private readonly transactions: Transactions,
    private readonly links: PasswordLinks,
  ) {}

  /** Posts a link with which the person sets a password. Refused where there is no address to post it to. */
  run(actor: Actor, personId: string): Promise<void> {
    return this.transactions.run(actor, async (tx) => {
      const person = await tx.lock(Person, personId);
      const [account] = await tx.query<{ account_id: string; has_password: boolean }>(
        `select ap.account_id, a.password_hash is not null as has_password from account_person ap
         join account a on a.id = ap.account_id where ap.institution_id = $1 and ap.person_id = $2`,
        [actor.institutionId, personId],
      );
      if (!person.email || !account)
        throw new Refused('invalid-input', { fields: [{ path: 'email', code: 'missing' }] });
      await this.links.postLink(tx, {
        accountId: account.account_id,
        email: person.email,
        givenName: person.givenName,
        personId,
        purpose: account.has_password ? 'reset' : 'invitation',
      });
    });
  }
}
