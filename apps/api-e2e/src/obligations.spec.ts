import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock, Transactions, type Tx } from '@waymark/api-platform';
import { ReportBackFacade } from '@waymark/api-report-back';
import { randomUUIDv7 } from 'node:crypto';
import { Harness } from './harness';

describe('reports that are owed', () => {
  const clock = new MovedClock(new Date('2026-09-02T10:00:00Z'));
  let harness: Harness;
  let facade: ReportBackFacade;
  let institutionId: string;
  let personId: string;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    facade = harness.application.get(ReportBackFacade);
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(new Date('2026-09-02T10:00:00Z'));
    institutionId = await harness.institution();
    personId = await harness.person(institutionId, { name: 'Ow Ing' });
  });

  const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    harness.application.get(Transactions).run({ institutionId, personId: null, correlationId: null }, work);
  const oblige = (sourceId: string, eventEndsOn = '2026-09-01', subject = 'The yearly meeting') =>
    run((tx) => facade.oblige(tx, { personId, sourceKind: 'award', sourceId, subject, eventEndsOn }));
  const overdue = async (of = personId) => (await run((tx) => facade.overdueOf(tx, [of]))).get(of) ?? [];
  const set = (status: string, changesAskedAt: string | null = null) =>
    harness.sql(
      `update obligation set status = $3, changes_asked_at = $4 where institution_id = $1 and person_id = $2`,
      [...[institutionId, personId, status, changesAskedAt]],
    );

  it('are due thirty days after the event, and late from the day after', async () => {
    const sourceId = randomUUIDv7();
    await oblige(sourceId);
    expect(await run((tx) => facade.of(tx, 'award', sourceId))).toEqual([
      { personId, dueOn: '2026-10-01', status: 'due' },
    ]);
    clock.moveTo(new Date('2026-10-01T22:59:00Z'));
    expect(await overdue()).toEqual([]);
    // Midnight of the institution, which is on summer time.
    clock.moveTo(new Date('2026-10-01T23:00:00Z'));
    expect(await overdue()).toMatchObject([
      { subject: 'The yearly meeting', dueOn: '2026-10-01', since: '2026-10-02' },
    ]);
  });

  it('move with their event, and are owed once however often it is said', async () => {
    const sourceId = randomUUIDv7();
    await Promise.all([oblige(sourceId), oblige(sourceId), oblige(sourceId)]);
    await oblige(sourceId, '2026-10-10');
    expect(await run((tx) => facade.of(tx, 'award', sourceId))).toEqual([
      { personId, dueOn: '2026-11-09', status: 'due' },
    ]);
    const acts = await harness.sql<{ act: string }>(
      `select act from audit_entry where institution_id = $1 and subject_kind = 'obligation' order by id`,
      [institutionId],
    );
    expect(acts.map(({ act }) => act)).toEqual(['obligation.begin', 'obligation.move']);
  });

  it('that are submitted, accepted, waived or cancelled are not late', async () => {
    const sourceId = randomUUIDv7();
    await oblige(sourceId);
    clock.moveTo(new Date('2027-01-01T10:00:00Z'));
    expect(await overdue()).toHaveLength(1);
    for (const status of ['submitted', 'accepted', 'discharged']) {
      await set(status);
      expect(await overdue()).toEqual([]);
    }
    await set('due');
    await run((tx) => facade.cancel(tx, 'award', sourceId));
    expect(await overdue()).toEqual([]);
    await oblige(sourceId, '2026-09-01');
    expect((await run((tx) => facade.of(tx, 'award', sourceId)))[0]?.status).toBe('cancelled');
  });

  it('are late again where changes that were asked for are unanswered for fourteen days', async () => {
    await oblige(randomUUIDv7());
    await set('changes-asked', '2026-11-01T09:00:00Z');
    clock.moveTo(new Date('2026-11-15T23:59:00Z'));
    expect(await overdue()).toEqual([]);
    clock.moveTo(new Date('2026-11-16T00:00:00Z'));
    expect(await overdue()).toMatchObject([{ since: '2026-11-16' }]);
  });

  it('are waived when somebody has left, and stay with whoever has not', async () => {
    await oblige(randomUUIDv7());
    // Roles are held from yesterday on.
    clock.moveTo(new Date(Date.now() + 86_400_000));
    const administrator = await harness.somebody(institutionId, ['institution-administrator']);
    const { body } = await harness.get(`people/${personId}/leaving`, administrator);
    const version = (body as { version: number }).version;
    const left = await harness.post(`people/${personId}/leaving`, administrator, { version, lastDay: '2026-09-01' });
    expect(left.status).toBe(200);
    const status = async () =>
      (
        await harness.sql<{ status: string; waived_because: string | null }>(
          `select status, waived_because from obligation where institution_id = $1 and person_id = $2`,
          [institutionId, personId],
        )
      )[0];
    await harness.until(status, (found) => found?.status === 'waived');
    expect(await status()).toEqual({ status: 'waived', waived_because: 'left' });
  });

  it('of another institution are not there', async () => {
    await oblige(randomUUIDv7());
    clock.moveTo(new Date('2027-01-01T10:00:00Z'));
    const elsewhere = await harness.institution('Elsewhere');
    const found = await harness.application
      .get(Transactions)
      .run({ institutionId: elsewhere, personId: null, correlationId: null }, (tx) => facade.overdueOf(tx, [personId]));
    expect(found.size).toBe(0);
  });
});
