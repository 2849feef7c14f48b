import { Injectable } from '@nestjs/common';
import { Clock, hashOfToken, RateLimits, Reads, Refused, Transactions } from '@waymark/api-platform';
import type { SignIn as SignInInput } from '@waymark/contracts';
import { createHash } from 'node:crypto';
import { verifyPassword } from './passwords';
import { openSession } from './sessions';

/** Keys of the counters hold no address. */
export const limitKey = (kind: string, value: string): string =>
  `${kind}:${createHash('sha256').update(value).digest('base64url')}`;

export interface SignInFrom {
  address: string;
  correlationId: string;
  /** Secret of the session that the same browser had, which ends. */
  replaces: string | null;
}

export interface PersonOfAccount {
  institution_id: string;
  person_id: string;
  institution_name: string;
  given_name: string;
}

@Injectable()
export class SignIn {
  constructor(
    private readonly transactions: Transactions,
    private readonly reads: Reads,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Answers the session's secret. Refused alike for an unknown address, a wrong password and somebody who left. */
  async run(input: SignInInput, from: SignInFrom): Promise<string> {
    await this.limits.count(limitKey('sign-in-from', from.address), 300, 15);
    await this.limits.count(limitKey('sign-in', input.email), 10, 15);
    const [account] = await this.reads.global<{ id: string; password_hash: string | null }>({
      name: 'account-by-email',
      text: 'select id, password_hash from account where email = $1',
      values: [input.email],
    });
    const right = await verifyPassword(account?.password_hash ?? null, input.password);
    if (!account || !right) throw new Refused('wrong-credentials');
    const [person] = await this.peopleOf(account.id);
    if (!person) throw new Refused('wrong-credentials');
    await this.limits.forget(limitKey('sign-in', input.email));
    // Failures are counted: a campus behind one address signs in all at once when letters go out.
    await this.limits.giveBack(limitKey('sign-in-from', from.address));
    const scope = {
      institutionId: person.institution_id,
      personId: person.person_id,
      correlationId: from.correlationId,
    };
    return this.transactions.run(scope, async (tx) => {
      // Checking takes its time: a password that was changed meanwhile opens nothing.
      const still = await tx.query(`select from account where id = $1 and password_hash = $2 for share`, [
        account.id,
        account.password_hash,
      ]);
      if (still.length === 0) throw new Refused('wrong-credentials');
      if (from.replaces) await tx.query(`delete from session where token_hash = $1`, [hashOfToken(from.replaces)]);
      return openSession(tx, account.id, person.person_id);
    });
  }

  peopleOf(accountId: string): Promise<PersonOfAccount[]> {
    return this.reads.global<PersonOfAccount>({
      name: 'people-of-account',
      text: 'select * from people_of_account($1, $2)',
      values: [accountId, this.clock.now()],
    });
  }
}
