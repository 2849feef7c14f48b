import { Injectable } from '@nestjs/common';
import {
  type Actor,
  Clock,
  dayIn,
  Institution,
  type ReadQuery,
  Reads,
  Refused,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import type { ChangeSettings as ChangeSettingsInput, SettingsView } from '@waymark/contracts';
import { TimeZones } from './time-zones';

const settingsQuery = (institutionId: string, today: string): ReadQuery => ({
  name: 'settings',
  text: `select json_build_object('name', i.name, 'nation', i.nation, 'timeZone', i.time_zone,
      'retention', json_build_object('mail', i.mail_kept_days, 'importFiles', i.import_files_kept_days,
        'commands', i.commands_kept_days, 'sessions', i.sessions_kept_days, 'jobs', i.jobs_kept_days,
        'leavers', i.leavers_kept_days),
      'erasureSuggested', (select count(*) from person p where p.institution_id = i.id and p.erased_at is null
        and p.left_on < $2::date - i.leavers_kept_days),
      'version', i.version) as view
    from institution i where i.id = $1`,
  values: [institutionId, today],
});

@Injectable()
export class Settings {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor): Promise<SettingsView> {
    const today = dayIn(actor.timeZone, this.clock.now());
    const [row] = await this.reads.rows<{ view: SettingsView }>(actor, settingsQuery(actor.institutionId, today));
    if (!row) throw new Refused('not-found');
    return row.view;
  }
}

@Injectable()
export class ChangeSettings {
  constructor(
    private readonly transactions: Transactions,
    private readonly timeZones: TimeZones,
  ) {}

  /** Name, nation, time zone and how long what is kept. What was dated before stays as it was dated. */
  async run(actor: Actor, input: ChangeSettingsInput): Promise<SettingsView> {
    if (!(await this.timeZones.knows(input.timeZone))) {
      throw new Refused('invalid-input', { fields: [{ path: 'timeZone', code: 'unknown-record' }] });
    }
    return this.transactions.run(actor, async (tx) => {
      const before = await lockInstitution(tx);
      if (before.version !== input.version) throw new Refused('changed-meanwhile');
      const { retention } = input;
      const changes = {
        name: input.name,
        nation: input.nation,
        timeZone: input.timeZone,
        mailKeptDays: retention.mail,
        importFilesKeptDays: retention.importFiles,
        commandsKeptDays: retention.commands,
        sessionsKeptDays: retention.sessions,
        jobsKeptDays: retention.jobs,
        leaversKeptDays: retention.leavers,
      };
      const changed = Object.entries(changes).filter(([key, value]) => before[key as keyof Institution] !== value);
      await tx.manager.update(Institution, { id: actor.institutionId }, { ...changes, version: before.version + 1 });
      await tx.audit(
        'settings.change',
        { kind: 'institution', id: actor.institutionId },
        { fields: changed.map(([key]) => key).join(' '), nation: input.nation, timeZone: input.timeZone },
      );
      const { text, values } = settingsQuery(actor.institutionId, dayIn(input.timeZone, tx.now));
      const [row] = await tx.query<{ view: SettingsView }>(text, values);
      if (!row) throw new Refused('not-found');
      return row.view;
    });
  }
}

/** The transaction's own institution, locked: its settings change one at a time. */
const lockInstitution = async (tx: Tx): Promise<Institution> => {
  const row = await tx.manager
    .getRepository(Institution)
    .createQueryBuilder('row')
    .setLock('pessimistic_write')
    .where({ id: tx.scope.institutionId })
    .getOne();
  if (!row) throw new Refused('not-found');
  return row;
};
