import { Injectable } from '@nestjs/common';
import {
  Account,
  dayIn,
  hashOfToken,
  Institution,
  PlatformConfig,
  Refused,
  Token,
  Transactions,
} from '@waymark/api-platform';
import type { Nation } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { TimeZones } from '../administration/time-zones';
import { AccountPerson, Person, RoleHeld } from '../entities';
import { newSecret } from './sessions';

export interface NewInstitution {
  name: string;
  nation: Nation;
  timeZone: string;
  givenName: string;
  familyName: string;
  email: string;
  alsoCoordinator: boolean;
}

const linkDays = 14;

/**
 * Another institution in this installation with its first administrator, by the operator: the set-up guide is open for the
 * first one alone. Answers the link with which the administrator sets a password.
 */
@Injectable()
export class AddInstitution {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
    private readonly timeZones: TimeZones,
  ) {}

  async run(input: NewInstitution): Promise<{ institutionId: string; link: string }> {
    if (!(await this.timeZones.knows(input.timeZone))) {
      throw new Refused('invalid-input', { fields: [{ path: 'timeZone', code: 'unknown-record' }] });
    }
    const institutionId = randomUUIDv7();
    const secret = newSecret();
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      // An address opens the institution that has known it longest: it would never open this one.
      const taken = await tx.query(
        `select from account a join account_person p on p.account_id = a.id where a.email = $1`,
        [input.email],
      );
      if (taken.length > 0) throw new Refused('email-taken');
      await tx.query(`delete from account where email = $1`, [input.email]);
      await tx.insert(Institution, {
        id: institutionId,
        name: input.name,
        nation: input.nation,
        timeZone: input.timeZone,
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
      await tx.insert(Account, { id: accountId, email: input.email, passwordHash: null, createdAt: tx.now });
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
          heldFrom: dayIn(input.timeZone, tx.now),
          heldUntil: null,
          grantedBy: null,
        });
      }
      await tx.insert(Token, {
        id: tx.newId(),
        tokenHash: hashOfToken(secret),
        purpose: 'invitation',
        accountId,
        createdAt: tx.now,
        expiresAt: new Date(tx.now.getTime() + linkDays * 86_400_000),
      });
      await tx.audit('institution.add', { kind: 'institution', id: institutionId });
    });
    return { institutionId, link: `${this.config.publicUrl}/password/${secret}` };
  }
}
