import { Inject, Injectable } from '@nestjs/common';
import {
  type Actor,
  Clock,
  PERSONAL_TABLES,
  type PersonalTable,
  RateLimits,
  Reads,
  Refused,
  Transactions,
} from '@waymark/api-platform';
import type {
  AccountView,
  ChangePassword as ChangePasswordInput,
  CorrectionView,
  KeptView,
  OwnExportView,
} from '@waymark/contracts';
import { instantOf } from '../person-card';
import { hashPassword, verifyPassword } from '../sign-in/passwords';
import { limitKey } from '../sign-in/sign-in';
import { correctionsOfQuery } from './correction-view';
import { newestExportQuery } from './data-export-view';
import { type RetentionDays, retentionSql, untilOf } from './until';

type Sessions = AccountView['sessions'];

/** One's own record, sign-in, export, and what is kept how long. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
    @Inject(PERSONAL_TABLES) private readonly tables: readonly PersonalTable[],
  ) {}

  async see(actor: Actor): Promise<AccountView> {
    const values = [actor.institutionId, actor.personId];
    const [[person], sessions, corrections, [account]] = await this.reads.all<
      [
        { view: AccountView['person'] },
        Sessions[number],
        { view: CorrectionView },
        { email: string; hasPassword: boolean },
      ]
    >(actor, [
      {
        name: 'own-record',
        text: `select json_build_object('id', p.id, 'givenName', p.given_name, 'familyName', p.family_name, 'email', p.email,
            'staffNumber', p.staff_number, 'jobTitle', p.job_title, 'unit', u.name, 'grade', g.name,
            'lineManager', (select trim(m.given_name || ' ' || m.family_name) from person m
              where m.institution_id = $1 and m.id = p.line_manager_id),
            'technician', p.technician, 'contractUntil', p.contract_until,
            'skills', array(select s.name from person_skill ps join skill s on s.institution_id = $1 and s.id = ps.skill_id
              where ps.institution_id = $1 and ps.person_id = $2 order by lower(s.name))) as view
          from person p left join unit u on u.institution_id = $1 and u.id = p.unit_id
          left join grade g on g.institution_id = $1 and g.id = p.grade_id
          where p.institution_id = $1 and p.id = $2`,
        values,
      },
      {
        name: 'own-sessions',
        text: `select s.id, ${instantOf('s.created_at')} as "openedAt", ${instantOf('s.expires_at')} as "endsAt", s.id = $3 as "thisOne"
          from session s where s.institution_id = $1 and s.person_id = $2 and s.expires_at > $5 and s.account_id = $4
          order by s.id = $3 desc, s.created_at desc, s.id limit 50`,
        values: [...values, actor.sessionId, actor.accountId, this.clock.now()],
      },
      correctionsOfQuery(actor.institutionId, actor.personId),
      {
        name: 'own-sign-in',
        text: `select email, password_hash is not null as "hasPassword" from account where id = $1`,
        values: [actor.accountId],
      },
    ]);
    if (!person || !account) throw new Refused('not-found');
    return {
      person: person.view,
      signInEmail: account.email,
      hasPassword: account.hasPassword,
      sessions,
      corrections: corrections.map(({ view }) => view),
    };
  }

  async newestExport(actor: Actor): Promise<OwnExportView> {
    const [row] = await this.reads.rows<{ view: NonNullable<OwnExportView['export']> }>(
      actor,
      newestExportQuery(actor.institutionId, actor.personId),
    );
    return { export: row?.view ?? null };
  }

  /** From the declarations and the institution's settings: what is said here is what the tasks and the erasure do. */
  async kept(actor: Actor): Promise<KeptView> {
    const [row] = await this.reads.rows<{ days: RetentionDays }>(actor, {
      name: 'retention-days',
      text: retentionSql,
      values: [actor.institutionId],
    });
    if (!row) throw new Refused('not-found');
    return {
      kinds: this.tables.toReversed().map((table) => ({
        title: table.title,
        for: table.kept.for,
        until: untilOf(table, row.days),
        leftOut: table.leftOut ?? null,
        erasure: table.parts
          .filter(({ secret }) => !secret)
          .map(({ as, erasure: { does, why } }) => ({ as, does, why })),
      })),
    };
  }
}

@Injectable()
export class ChangePassword {
  constructor(
    private readonly transactions: Transactions,
    private readonly reads: Reads,
    private readonly limits: RateLimits,
  ) {}

  /** Whoever knows the present password sets another; every other session of the account ends. */
  async run(actor: Actor, { current, password }: ChangePasswordInput): Promise<void> {
    const [account] = await this.reads.global<{ email: string; password_hash: string | null }>({
      name: 'password-of-account',
      text: 'select email, password_hash from account where id = $1',
      values: [actor.accountId],
    });
    if (!account) throw new Refused('not-found');
    // Somebody at an open screen tries one after the other.
    const attempts = limitKey('password-change', account.email);
    await this.limits.count(attempts, 10, 15);
    if (!(await verifyPassword(account.password_hash, current))) throw new Refused('password-wrong');
    const passwordHash = await hashPassword(password);
    await this.transactions.run(actor, async (tx) => {
      const changed = await tx.query(
        `update account set password_hash = $3 where id = $1 and password_hash = $2 returning id`,
        [actor.accountId, account.password_hash, passwordHash],
      );
      if (changed.length === 0) throw new Refused('changed-meanwhile');
      await tx.query(`update token set used_at = $2 where account_id = $1 and used_at is null`, [
        actor.accountId,
        tx.now,
      ]);
      await tx.query(`delete from session where account_id = $1 and id <> $2`, [actor.accountId, actor.sessionId]);
      await tx.audit('password.change', { kind: 'person', id: actor.personId });
    });
    await this.limits.forget(attempts);
  }
}

@Injectable()
export class EndSessions {
  constructor(private readonly transactions: Transactions) {}

  /** Signs out everywhere else: also where the account is signed in to another institution. */
  everywhereElse(actor: Actor): Promise<void> {
    return this.end(actor, `delete from session where account_id = $1 and id <> $2 returning id`, [
      actor.accountId,
      actor.sessionId,
    ]);
  }

  one(actor: Actor, sessionId: string): Promise<void> {
    return this.end(
      actor,
      `delete from session where account_id = $1 and id = $2 returning id`,
      [actor.accountId, sessionId],
      false,
    );
  }

  private async end(actor: Actor, sql: string, values: unknown[], all = true): Promise<void> {
    await this.transactions.run(actor, async (tx) => {
      const ended = await tx.query(sql, values);
      if (ended.length === 0 && !all) throw new Refused('not-found');
      await tx.audit('session.end-others', { kind: 'person', id: actor.personId }, { sessions: ended.length });
    });
  }
}
