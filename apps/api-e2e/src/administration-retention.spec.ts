import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import { randomBytes, randomUUID, randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';

const now = new Date('2026-12-15T12:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

describe('what is kept how long', () => {
  const clock = new MovedClock(now);
  let harness: Harness;
  let administrator: SignedIn;
  let institutionId: string;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(now);
    institutionId = await harness.institution();
    administrator = await harness.somebody(institutionId, ['institution-administrator']);
  });

  const letter = async (days: number, status = 'sent', institution = institutionId): Promise<string> => {
    const id = randomUUIDv7();
    await harness.sql(
      `insert into mail_message (institution_id, id, recipient, subject, body, status, attempts, created_at)
       values ($1, $2, 'a@b.example', 'S', '', $3, 1, $4)`,
      [institution, id, status, daysAgo(days)],
    );
    return id;
  };
  const command = async (days: number): Promise<string> => {
    const key = randomUUID();
    await harness.sql(
      `insert into command (institution_id, account_id, key, body_hash, answer, at) values ($1, $2, $3, '\\x00', '{}', $4)`,
      [institutionId, randomUUIDv7(), key, daysAgo(days)],
    );
    return key;
  };
  const accountOf = async (personId: string): Promise<string> => {
    const [row] = await harness.sql<{ account_id: string }>(
      `select account_id from account_person where institution_id = $1 and person_id = $2`,
      [institutionId, personId],
    );
    return row?.account_id ?? '';
  };
  const session = async (endedDaysAgo: number): Promise<string> => {
    const id = randomUUIDv7();
    await harness.sql(
      `insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [
        id,
        randomBytes(32),
        await accountOf(administrator.personId),
        institutionId,
        administrator.personId,
        daysAgo(endedDaysAgo),
      ],
    );
    return id;
  };
  const link = async (expired: number, used: number | null): Promise<string> => {
    const id = randomUUIDv7();
    await harness.sql(
      `insert into token (id, token_hash, purpose, account_id, created_at, expires_at, used_at)
       values ($1, $2, 'reset', $3, $4, $5, $6)`,
      [
        id,
        randomBytes(32),
        await accountOf(administrator.personId),
        daysAgo(100),
        daysAgo(expired),
        used === null ? null : daysAgo(used),
      ],
    );
    return id;
  };
  const job = async (status: string, days: number | null): Promise<string> => {
    const id = randomUUIDv7();
    await harness.sql(
      `insert into job (institution_id, id, kind, status, stage, percent, subject_id, requested_by, cancel_asked, created_at, finished_at)
       values ($1, $2, 'audit.verify-chain', $3, 'finished', 100, $4, $5, false, $6, $7)`,
      [
        institutionId,
        id,
        status,
        randomUUIDv7(),
        administrator.personId,
        daysAgo(400),
        days === null ? null : daysAgo(days),
      ],
    );
    return id;
  };
  const still = async (table: string, column: string, ids: string[]): Promise<string[]> => {
    const rows = await harness.sql<{ id: string }>(`select ${column} as id from ${table} where ${column} = any ($1)`, [
      ids,
    ]);
    return ids.filter((id) => rows.some((row) => row.id === id));
  };

  it('goes when its time is over, and nothing younger', async () => {
    const letters = { old: await letter(366), young: await letter(364), waiting: await letter(3000, 'queued') };
    const commands = { old: await command(31), young: await command(29) };
    const sessions = { old: await session(31), young: await session(29), open: await session(-1) };
    const links = {
      expired: await link(31, null),
      used: await link(-5, 31),
      young: await link(29, null),
      usedYoung: await link(-5, 29),
      open: await link(-5, null),
    };
    const jobs = {
      old: await job('done', 181),
      failed: await job('failed', 200),
      young: await job('done', 179),
      running: await job('running', null),
    };
    const audited = await harness.sql(`select count(*) from audit_entry where institution_id = $1`, [institutionId]);
    await harness.tick('keep-retention');
    expect(await still('mail_message', 'id', Object.values(letters))).toEqual([letters.young, letters.waiting]);
    expect(await still('command', 'key', Object.values(commands))).toEqual([commands.young]);
    expect(await still('session', 'id', Object.values(sessions))).toEqual([sessions.young, sessions.open]);
    expect(await still('token', 'id', Object.values(links))).toEqual([links.young, links.usedYoung, links.open]);
    expect(await still('job', 'id', Object.values(jobs))).toEqual([jobs.young, jobs.running]);
    expect(await harness.sql(`select count(*) from audit_entry where institution_id = $1`, [institutionId])).toEqual(
      audited,
    );
    // A second time there is nothing left to do; two days on, the young are old.
    await harness.tick('keep-retention');
    expect(await still('command', 'key', [commands.young])).toEqual([commands.young]);
    clock.moveTo(new Date(now.getTime() + 2 * 86_400_000));
    await harness.tick('keep-retention');
    expect(await still('command', 'key', [commands.young])).toEqual([]);
    expect(await still('mail_message', 'id', Object.values(letters))).toEqual([letters.waiting]);
    expect(await still('job', 'id', Object.values(jobs))).toEqual([jobs.running]);
  });

  it('is what each institution says for itself', async () => {
    const other = await harness.institution('Other');
    await harness.sql(`update institution set mail_kept_days = 3000 where id = $1`, [other]);
    const [ours, theirs] = [await letter(400), await letter(400, 'sent', other)];
    await harness.tick('keep-retention');
    expect(await still('mail_message', 'id', [ours, theirs])).toEqual([theirs]);
  });

  it('goes in bounded batches until none is left', async () => {
    await harness.sql(
      `insert into mail_message (institution_id, id, recipient, subject, body, status, attempts, created_at)
       select $1, uuidv7(), 'a@b.example', 'S', '', 'sent', 1, $2 from generate_series(1, 5000)`,
      [institutionId, daysAgo(400)],
    );
    await harness.tick('keep-retention');
    expect(await harness.sql(`select from mail_message where institution_id = $1`, [institutionId])).toHaveLength(0);
  });

  it('a link of an account that is a person elsewhere too is kept as long as anybody could ask', async () => {
    const other = await harness.institution('Other');
    const there = await harness.person(other);
    await harness.sql(`insert into account_person (account_id, institution_id, person_id) values ($1, $2, $3)`, [
      await accountOf(administrator.personId),
      other,
      there,
    ]);
    const [kept, gone] = [await link(360, null), await link(370, null)];
    await harness.tick('keep-retention');
    expect(await still('token', 'id', [kept, gone])).toEqual([kept]);
  });

  it('a long work that a record points to stays with the record', async () => {
    const old = await job('done', 300);
    const round = randomUUIDv7();
    await harness.sql(
      `insert into round (institution_id, id, name, status, rules, created_at, created_by, version)
       values ($1, $2, 'R', 'open', '{}', now(), $3, 1)`,
      [institutionId, round, administrator.personId],
    );
    await harness.sql(
      `insert into round_import (institution_id, id, round_id, side, file_name, status, encoding, separator, headings, row_count,
         mapping, places_default, job_id, uploaded_at, uploaded_by, version)
       values ($1, $2, $3, 'mentors', 'f.csv', 'applied', 'UTF-8', ',', '{}', 0, '[]', 1, $4, now(), $5, 1)`,
      [institutionId, randomUUIDv7(), round, old, administrator.personId],
    );
    await harness.tick('keep-retention');
    expect(await still('job', 'id', [old])).toEqual([old]);
  });

  it('a file that was never applied is thrown away with its rows; one that was loaded lately waits', async () => {
    const round = randomUUIDv7();
    await harness.sql(
      `insert into round (institution_id, id, name, status, rules, created_at, created_by, version)
       values ($1, $2, 'R', 'open', '{}', now(), $3, 1)`,
      [institutionId, round, administrator.personId],
    );
    const file = async (days: number, status: string): Promise<string> => {
      const id = randomUUIDv7();
      await harness.sql(
        `insert into round_import (institution_id, id, round_id, side, file_name, status, encoding, separator, headings, row_count,
           mapping, places_default, uploaded_at, uploaded_by, version)
         values ($1, $2, $3, 'mentors', 'f.csv', $6, 'UTF-8', ',', '{}', 1, '[]', 1, $4, $5, 1)`,
        [institutionId, id, round, daysAgo(days), administrator.personId, status],
      );
      await harness.sql(
        `insert into round_import_row (institution_id, import_id, line, cells) values ($1, $2, 2, '{Ann}')`,
        [institutionId, id],
      );
      return id;
    };
    const files = [await file(91, 'previewed'), await file(89, 'previewed'), await file(200, 'applying')];
    await harness.tick('discard-old-imports');
    const [old = '', ...kept] = files;
    expect(await still('round_import_row', 'import_id', files)).toEqual(kept);
    expect(await harness.sql(`select status from round_import where id = $1`, [old])).toEqual([
      { status: 'discarded' },
    ]);
  });
});
