import { Injectable } from '@nestjs/common';
import { Account, dayIn, hashOfToken, Institution, Reads, Refused, Transactions } from '@waymark/api-platform';
import type { SetUp as SetUpInput } from '@waymark/contracts';
import { randomUUIDv7, timingSafeEqual } from 'node:crypto';
import { AccountPerson, Person, RoleHeld } from '../entities';
import { hashPassword } from './passwords';
import { newSecret, openSession } from './sessions';

/** The code that opens the guide of an empty installation; printed at the start, gone with the process. */
@Injectable()
export class SetUpCode {
  readonly secret = newSecret();

  matches(code: string): boolean {
    return timingSafeEqual(hashOfToken(code), hashOfToken(this.secret));
  }
}

/** One set-up at a time, whatever the number of processes. */
const lock = 8_702;

@Injectable()
export class SetUp {
  constructor(
    private readonly transactions: Transactions,
    private readonly reads: Reads,
    private readonly code: SetUpCode,
  ) {}

  async needed(): Promise<boolean> {
    const [row] = await this.reads.global<{ empty: boolean }>({
      name: 'installation-empty',
      text: 'select installation_empty() as empty',
      values: [],
    });
    return row?.empty ?? false;
  }

  /** Makes the first institution and its administrator, and answers the secret of their session. */
  async run(input: SetUpInput, correlationId: string): Promise<string> {
    if (!this.code.matches(input.code)) throw new Refused('set-up-code-wrong');
    const passwordHash = await hashPassword(input.password);
    const institutionId = randomUUIDv7();
    return this.transactions.run({ institutionId, personId: null, correlationId }, async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [lock]);
      const [row] = await tx.query<{ empty: boolean }>('select installation_empty() as empty');
      if (!row?.empty) throw new Refused('set-up-done');
      await tx.insert(Institution, {
        id: institutionId,
        name: input.institutionName,
        nation: input.nation,
        timeZone: 'Europe/London',
        createdAt: tx.now,
      });
      const [accountId, personId] = [tx.newId(), tx.newId()];
      await tx.insert(Person, {
        institutionId,
        id: personId,
        givenName: input.givenName,
        familyName: input.familyName,
        email: input.email,
        technician: false,
        createdAt: tx.now,
        version: 1,
      });
      await tx.insert(Account, { id: accountId, email: input.email, passwordHash, createdAt: tx.now });
      await tx.insert(AccountPerson, { accountId, institutionId, personId });
      const roles = [
        'institution-administrator',
        ...(input.alsoCoordinator ? (['coordinator'] as const) : []),
      ] as const;
      for (const role of roles) {
        await tx.insert(RoleHeld, {
          institutionId,
          id: tx.newId(),
          personId,
          role,
          heldFrom: dayIn('Europe/London', tx.now),
          heldUntil: null,
          grantedBy: null,
        });
      }
      await tx.audit('institution.set-up', { kind: 'institution', id: institutionId });
      return openSession(tx, accountId, personId);
    });
  }
}
