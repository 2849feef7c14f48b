import { Injectable } from '@nestjs/common';
import {
  Clock,
  hashOfToken,
  PlatformConfig,
  post,
  RateLimits,
  Reads,
  Refused,
  Token,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import type { PasswordLinkView } from '@waymark/contracts';
import { hashPassword } from './passwords';
import { newSecret, openSession } from './sessions';
import { limitKey, SignIn } from './sign-in';

const lifeMinutes = { reset: 60, invitation: 14 * 24 * 60 } as const;

interface LinkRow {
  id: string;
  account_id: string;
  purpose: 'invitation' | 'reset';
  email: string;
}

/** Links in mail with which people set their password: single use, expiring, and opening one changes nothing. */
@Injectable()
export class PasswordLinks {
  constructor(
    private readonly transactions: Transactions,
    private readonly reads: Reads,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly config: PlatformConfig,
    private readonly signIn: SignIn,
  ) {}

  /** Posts a link to the address if somebody active has it; says nothing about whether. */
  async ask(email: string, from: { address: string; correlationId: string }): Promise<void> {
    // As for signing in: a campus behind one address may ask all at once when letters go out.
    await this.limits.count(limitKey('password-link-from', from.address), 300, 15);
    await this.limits.count(limitKey('password-link', email), 5, 60);
    const [account] = await this.reads.global<{ id: string; password_hash: string | null }>({
      name: 'account-by-email',
      text: 'select id, password_hash from account where email = $1',
      values: [email],
    });
    const [person] = account ? await this.signIn.peopleOf(account.id) : [];
    if (!account || !person) return;
    const purpose = account.password_hash === null ? 'invitation' : 'reset';
    const scope = {
      institutionId: person.institution_id,
      personId: person.person_id,
      correlationId: from.correlationId,
    };
    await this.transactions.run(scope, (tx) =>
      this.postLink(tx, {
        accountId: account.id,
        email,
        givenName: person.given_name,
        personId: person.person_id,
        purpose,
      }),
    );
  }

  /** Makes a link and posts it, in the caller's transaction. */
  async postLink(
    tx: Tx,
    to: { accountId: string; email: string; givenName: string; personId: string; purpose: 'invitation' | 'reset' },
  ): Promise<void> {
    const secret = newSecret();
    await tx.insert(Token, {
      id: tx.newId(),
      tokenHash: hashOfToken(secret),
      purpose: to.purpose,
      accountId: to.accountId,
      createdAt: tx.now,
      expiresAt: new Date(tx.now.getTime() + lifeMinutes[to.purpose] * 60_000),
    });
    const link = `${this.config.publicUrl}/password/${secret}`;
    const hello = to.givenName ? `Hello ${to.givenName},` : 'Hello,';
    await post(
      tx,
      to.purpose === 'invitation'
        ? {
            to: to.email,
            subject: 'Your way into Waymark',
            body: `${hello}\n\nWaymark finds technicians a mentor and keeps track of what comes of it. Choose a password to sign in with this address:\n\n${link}\n\nThe link works once, for 14 days. If it has run out, ask for a new one on the sign-in page.\n`,
          }
        : {
            to: to.email,
            subject: 'Choose a new password for Waymark',
            body: `${hello}\n\nSomebody, most likely you, asked for a new password for this address. Choose it here within the hour:\n\n${link}\n\nIf it was not you, leave this message alone: nothing changes until the link is used.\n`,
          },
    );
    await tx.audit('password-link.post', { kind: 'person', id: to.personId }, { purpose: to.purpose });
  }

  async view(secret: string): Promise<PasswordLinkView> {
    const link = await this.find(secret);
    return { email: link.email, purpose: link.purpose };
  }

  /** Sets the password, ends every session of the account, and answers the secret of a new one. */
  async use(secret: string, password: string, correlationId: string): Promise<string> {
    const link = await this.find(secret);
    const [person] = await this.signIn.peopleOf(link.account_id);
    if (!person) throw new Refused('link-expired');
    const passwordHash = await hashPassword(password);
    const scope = { institutionId: person.institution_id, personId: person.person_id, correlationId };
    const opened = await this.transactions.run(scope, async (tx) => {
      const used = await tx.query(
        `update token set used_at = $2 where id = $1 and used_at is null and expires_at > $2 returning id`,
        [link.id, tx.now],
      );
      if (used.length === 0) throw new Refused('link-expired');
      // Every other link to this account is void from now on.
      await tx.query(`update token set used_at = $2 where account_id = $1 and used_at is null`, [
        link.account_id,
        tx.now,
      ]);
      await tx.query(`update account set password_hash = $2 where id = $1`, [link.account_id, passwordHash]);
      await tx.query(`delete from session where account_id = $1`, [link.account_id]);
      await tx.audit('password.set', { kind: 'person', id: person.person_id }, { purpose: link.purpose });
      return openSession(tx, link.account_id, person.person_id);
    });
    await this.limits.forget(limitKey('sign-in', link.email));
    return opened;
  }

  private async find(secret: string): Promise<LinkRow> {
    const [row] = await this.reads.global<LinkRow>({
      name: 'password-link',
      text: `select t.id, t.account_id, t.purpose, a.email from token t join account a on a.id = t.account_id
             where t.token_hash = $1 and t.used_at is null and t.expires_at > $2
               and exists (select from people_of_account(t.account_id, $2))`,
      values: [hashOfToken(secret), this.clock.now()],
    });
    if (!row) throw new Refused('link-expired');
    return row;
  }
}
