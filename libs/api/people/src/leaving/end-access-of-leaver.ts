import { Injectable } from '@nestjs/common';
import {
  dayIn,
  type EventHandler,
  type OutboxEvent,
  PlatformConfig,
  post,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import { PERSON_LEFT, personLeft } from '@waymark/contracts';
import { activeManagersAbove } from './line-managers-above';
import { endTransfersOfLeaver } from './end-transfers';
import { passedToManager, passedToYou } from './letters';
import { timeZoneOf } from './time-zone';

interface Leaver {
  name: string;
  left_on: string;
}

/**
 * What people itself ends when somebody's last day has passed: the ways in, transfers that nobody has answered, roles and
 * delegations with the day, and the line of those who reported to them, who pass to the next manager above who is there.
 * All in one transaction; done again it finds nothing, and for somebody active again it does nothing.
 */
@Injectable()
export class EndAccessOfLeaver implements EventHandler {
  readonly name = 'people-person-left';
  readonly topic = PERSON_LEFT;

  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  async handle({ institutionId, payload }: OutboxEvent): Promise<void> {
    const { personId } = personLeft.parse(payload);
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      const today = dayIn(await timeZoneOf(tx), tx.now);
      const [leaver] = await tx.query<Leaver>(
        `select trim(given_name || ' ' || family_name) as name, left_on::text from person
         where institution_id = $1 and id = $2 and left_on < $3::date for update`,
        [institutionId, personId, today],
      );
      if (!leaver) return;
      const ended = {
        ...(await this.endAccess(tx, personId)),
        ...(await this.endRoles(tx, personId, leaver.left_on)),
        ...(await this.endDelegations(tx, personId, leaver.left_on)),
        reports: await this.passReportsOn(tx, personId, leaver.name, today),
        transfers: await endTransfersOfLeaver(tx, this.config, personId),
      };
      if (Object.values(ended).some((count) => count > 0)) {
        await tx.audit('person.left', { kind: 'person', id: personId }, ended);
      }
    });
  }

  /** Sessions here, and links to an account that is nobody's any more in any institution. */
  private async endAccess(tx: Tx, personId: string): Promise<{ sessions: number; links: number }> {
    const values = [tx.scope.institutionId, personId];
    const sessions = await tx.query(
      `delete from session where institution_id = $1 and person_id = $2 returning id`,
      values,
    );
    const links = await tx.query(
      `update token t set used_at = $3 from account_person a
       where a.institution_id = $1 and a.person_id = $2 and t.account_id = a.account_id and t.used_at is null
         and not exists (select from people_of_account(a.account_id, $3)) returning t.id`,
      [...values, tx.now],
    );
    return { sessions: sessions.length, links: links.length };
  }

  private async endRoles(tx: Tx, personId: string, lastDay: string): Promise<{ roles: number }> {
    const values = [tx.scope.institutionId, personId, lastDay];
    const ended = await tx.query(
      `update role_held set held_until = $3::date where institution_id = $1 and person_id = $2
         and held_from <= $3::date and (held_until is null or held_until > $3::date) returning id`,
      values,
    );
    const never = await tx.query(
      `delete from role_held where institution_id = $1 and person_id = $2 and held_from > $3::date returning id`,
      values,
    );
    return { roles: ended.length + never.length };
  }

  private async endDelegations(tx: Tx, personId: string, lastDay: string): Promise<{ delegations: number }> {
    const values = [tx.scope.institutionId, personId, lastDay];
    const concerned = `institution_id = $1 and (person_id = $2 or delegate_id = $2)`;
    const never = await tx.query(
      `delete from delegation where ${concerned} and starts_on > $3::date returning id`,
      values,
    );
    const ended = await tx.query(
      `update delegation set ends_on = $3::date where ${concerned} and ends_on > $3::date returning id`,
      values,
    );
    return { delegations: ended.length + never.length };
  }

  /** With nobody active above they keep the one who left, and stand on the coordinator's list. */
  private async passReportsOn(tx: Tx, personId: string, name: string, today: string): Promise<number> {
    const next = (await activeManagersAbove(tx, [personId], today)).get(personId);
    if (!next) return 0;
    const reports = await tx.query<{ id: string; name: string; email: string | null }>(
      `select id, trim(given_name || ' ' || family_name) as name, email from person
       where institution_id = $1 and line_manager_id = $2 and id <> $3 and (left_on is null or left_on >= $4::date)
       order by id for update`,
      [tx.scope.institutionId, personId, next.id, today],
    );
    if (reports.length === 0) return 0;
    await tx.query(
      `update person set line_manager_id = $3, version = version + 1 where institution_id = $1 and id = any ($2::uuid[])`,
      [tx.scope.institutionId, reports.map(({ id }) => id), next.id],
    );
    for (const report of reports) {
      await tx.audit('person.pass-to-manager', { kind: 'person', id: report.id }, { from: personId, to: next.id });
      if (report.email) await post(tx, { to: report.email, ...passedToManager(report.name, name, next.name) });
    }
    if (next.email) {
      const link = `${this.config.publicUrl}/people/${next.id}`;
      await post(tx, {
        to: next.email,
        ...passedToYou(
          next.name,
          name,
          reports.map((report) => report.name),
          link,
        ),
      });
    }
    return reports.length;
  }
}
