import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountsOfDemonstration, demonstrationPassword, loadDemonstration } from '@waymark/api-app';
import { grantableRoles, type SessionView } from '@waymark/contracts';
import { Harness } from './harness';

/** The demonstration network: two years of a region, made by the product's own use cases on a moved clock. */
describe('the demonstration', () => {
  let harness: Harness;
  const today = new Date();

  beforeAll(async () => {
    harness = await Harness.start({ env: { WAYMARK_DEMONSTRATION: 'true' } });
    // What a process that was killed half-way left behind.
    await harness.institution('Half-made University');
    await harness.sql(`insert into demonstration_load (started_at) values (now() - interval '1 hour')`);
    expect(await loadDemonstration(harness.config, harness.urls.ownerUrl, today)).toBe(true);
  }, 180_000);
  afterAll(() => harness.stop());

  const one = async (sql: string) => Number((await harness.sql<{ n: string }>(`select (${sql}) as n`))[0]?.n);
  const active = `technician and (left_on is null or left_on >= current_date)`;

  it('is a region of five universities and a company, with some 600 technicians, in one network', async () => {
    expect(await one('select count(*) from institution')).toBe(6);
    expect(await one('select count(*) from institution where demonstration')).toBe(1);
    expect(await one('select count(*) from membership m join network n on n.id = m.network_id')).toBe(6);
    const technicians = await one(`select count(*) from person where ${active}`);
    expect(technicians).toBeGreaterThan(560);
    expect(technicians).toBeLessThan(680);
  });

  it('throws away what a killed process left half-done, and leaves any other installation alone', async () => {
    expect(await one(`select count(*) from institution where name = 'Half-made University'`)).toBe(0);
    expect(await one('select count(*) from demonstration_load where finished_at is not null')).toBe(1);
    const before = await one('select count(*) from person');
    expect(await loadDemonstration(harness.config, harness.urls.ownerUrl, today)).toBe(false);
    expect(await one('select count(*) from person')).toBe(before);
  });

  it('holds nobody real: every address ends in .example, and no letter waits to be sent', async () => {
    expect(await one(`select count(*) from account where email not like '%.example'`)).toBe(0);
    expect(await one(`select count(*) from outbox`)).toBe(0);
    expect(await one(`select count(*) from mail_message where sent_at is not null`)).toBe(0);
  });

  it('is plausible: everybody of a list has a unit, a grade and, but for the heads, a manager', async () => {
    const listed = `from person where staff_number is not null and ${active}`;
    expect(await one(`select count(*) ${listed} and (unit_id is null or grade_id is null)`)).toBe(0);
    expect(await one(`select count(*) ${listed} and line_manager_id is null`)).toBe(0);
    expect(await one(`select count(distinct parent_id) from unit where parent_id is not null`)).toBeGreaterThan(10);
    expect(await one(`select count(*) from person_skill`)).toBeGreaterThan(1000);
    expect(await one(`select count(*) from person where left_on < current_date`)).toBeGreaterThan(10);
  });

  it('moves: more are registered than two years ago, and not all', async () => {
    const share = (at: string) =>
      one(`select count(*) filter (where exists (select from award_held a where a.institution_id = p.institution_id
        and a.person_id = p.id and a.status = 'verified' and a.awarded_on <= ${at}))::float / count(*) from person p where ${active}`);
    const [then, now] = [await share(`current_date - 780`), await share('current_date')];
    expect(then).toBeGreaterThan(0.3);
    expect(now).toBeGreaterThan(then + 0.05);
    expect(now).toBeLessThan(0.65);
  });

  it('has rounds past, one with answers outstanding, one in review with two runs, and one open', async () => {
    const rounds = await harness.sql<{ status: string; n: string }>(
      `select status, count(*) as n from round group by status order by status`,
    );
    expect(Object.fromEntries(rounds.map(({ status, n }) => [status, Number(n)]))).toEqual({
      closed: 9,
      open: 1,
      released: 1,
      review: 1,
    });
    expect(await one(`select count(*) from pair where status = 'completed'`)).toBeGreaterThan(40);
    expect(await one(`select count(*) from pair where status = 'active'`)).toBeGreaterThan(20);
    expect(await one(`select count(*) from proposal where forwarded_from is not null`)).toBeGreaterThan(5);
    expect(await one(`select count(*) from job where status <> 'done'`)).toBe(0);
  });

  it('has funds at the three largest: a year rolled over, a transfer, a slip taken back, and books that add up', async () => {
    const pots = await harness.sql<{ status: string; years: string; n: string }>(
      `select status, count(distinct financial_year) as years, count(*) as n from pot group by status order by status`,
    );
    expect(pots.find(({ status }) => status === 'open')).toMatchObject({ years: '1', n: '4' });
    expect(Number(pots.find(({ status }) => status === 'closed')?.n)).toBeGreaterThanOrEqual(4);
    expect(await one(`select count(*) from ledger_entry where kind = 'correct'`)).toBe(3);
    expect(await one(`select count(*) from ledger_entry where kind = 'transfer'`)).toBeGreaterThan(4);
    expect(await one(`select min(available_pence) from pot where status = 'open'`)).toBeGreaterThan(0);
    // What of an award lapsed or came free, Waymark itself released or gave to the next.
    expect(
      await one(`select count(*) from ledger_entry where at > now() or (made_by is null and award_id is null)`),
    ).toBe(0);
    expect(await one(`select coalesce(sum(amount_pence), 0) from ledger_line`)).toBe(0);
  });

  it('has four calls: one past with claims paid, one to be allocated, one being read, one open, and their money adds up', async () => {
    const statuses = await harness.sql<{ status: string; n: number }>(
      `select status, count(*)::int as n from call group by status order by status`,
    );
    expect(statuses).toEqual(['decided', 'moderation', 'open', 'scoring'].map((status) => ({ status, n: 1 })));
    expect(
      await one(`select count(*) from scenario s join call c on c.id = s.call_id where c.status = 'moderation'
      and s.computing = 'done'`),
    ).toBe(3);
    expect(await one(`select count(*) from claim where status = 'paid'`)).toBeGreaterThan(2);
    expect(await one(`select count(*) from claim where status = 'submitted'`)).toBeGreaterThan(0);
    expect(await one(`select count(*) from endorsement where status = 'asked'`)).toBeGreaterThan(2);
    expect(await one(`select count(*) from review where status = 'assigned'`)).toBeGreaterThan(5);
    // What awards hold is what their pots have committed, and what claims were paid is what was spent.
    expect(await one(`select sum(committed_pence) from award_figures`)).toBe(
      await one(`select sum(committed_pence) from pot_figures`),
    );
    expect(await one(`select sum(spent_pence) from award_figures`)).toBe(
      await one(`select sum(spent_pence) from pot_figures`),
    );
  });

  it('happened: nothing is dated in the future, and the past is spread over two years', async () => {
    expect(await one(`select count(*) from audit_entry where at > now()`)).toBe(0);
    expect(await one(`select count(distinct date_trunc('month', at)) from audit_entry`)).toBeGreaterThan(8);
  });

  it('offers an account for each role, and each of them gets in with it', async () => {
    for (const role of grantableRoles) expect(accountsOfDemonstration.map((each) => each.role)).toContain(role);
    for (const { role, email, password } of accountsOfDemonstration) {
      expect(password).toBe(demonstrationPassword);
      const { status, body } = await harness.post('session', null, { email, password });
      expect({ role, status }).toEqual({ role, status: 200 });
      const session = body as Extract<SessionView, { signedIn: true }>;
      if (role !== 'mentor') expect(session.roles).toContain(role);
    }
  });
});
