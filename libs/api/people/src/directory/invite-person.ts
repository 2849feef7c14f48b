import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, Refused, Transactions, type Tx } from '@waymark/api-platform';
import { Person } from '../entities';
import { timeZoneOf } from '../leaving/time-zone';
import { PasswordLinks } from '../sign-in/password-links';

@Injectable()
export class InvitePerson {
  constructor(
    private readonly transactions: Transactions,
    private readonly links: PasswordLinks,
  ) {}

  /** Posts a link with which the person sets a password. Refused where there is no address to post it to. */
  run(actor: Actor, personId: string): Promise<void> {
    return this.transactions.run(actor, (tx) => this.post(tx, personId));
  }

  /** The same in the caller's transaction. */
  async post(tx: Tx, personId: string): Promise<void> {
    const person = await tx.lock(Person, personId);
    if (person.leftOn !== null && person.leftOn < dayIn(await timeZoneOf(tx), tx.now)) throw new Refused('person-left');
    const [account] = await tx.query<{ account_id: string; has_password: boolean }>(
      `select ap.account_id, a.password_hash is not null as has_password from account_person ap
       join account a on a.id = ap.account_id where ap.institution_id = $1 and ap.person_id = $2`,
      [tx.scope.institutionId, personId],
    );
    if (!person.email || !account) throw new Refused('invalid-input', { fields: [{ path: 'email', code: 'missing' }] });
    await this.links.postLink(tx, {
      accountId: account.account_id,
      email: person.email,
      givenName: person.givenName,
      personId,
      purpose: account.has_password ? 'reset' : 'invitation',
    });
  }
}
