import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditPage } from '@waymark/contracts';
import { permissionsOfEveryone, permissionsOfRole } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { routesOf } from './routes';

describe('the audit', () => {
  let harness: Harness;
  let institutionId: string;
  let auditor: SignedIn;
  let coordinator: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
    institutionId = await harness.institution();
    auditor = await harness.somebody(institutionId, ['auditor'], 'Ada Gauge');
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Olive Solder');
  });
  afterAll(() => harness.stop());

  const page = async (query = '', as = auditor) => {
    const answer = await harness.get(`audit/entries?${query}`, as);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body as AuditPage;
  };
  /** Lines as the product writes them, one a second, oldest first; answers their identifiers. */
  const written = async (
    count: number,
    facts: Partial<{
      act: string;
      kind: string;
      record: string;
      actor: string;
      behalf: string;
      correlation: string;
      from: string;
      institution: string;
    }> = {},
  ): Promise<string[]> =>
    (
      await harness.sql<{ id: string }>(
        `insert into audit_entry (institution_id, id, at, actor_person_id, on_behalf_of, act, subject_kind, subject_id, details, correlation_id)
         select $1, uuidv7(), $2::timestamptz + n * interval '1 second', $3, $4, $5, $6, $7, '{}', $8 from generate_series(1, $9::int) n
         returning id`,
        [
          facts.institution ?? institutionId,
          facts.from ?? '2026-03-01T12:00:00Z',
          facts.actor ?? null,
          facts.behalf ?? null,
          facts.act ?? 'round.change',
          facts.kind ?? 'round',
          facts.record ?? randomUUIDv7(),
          facts.correlation ?? null,
          count,
        ],
      )
    ).map(({ id }) => id);
  const ids = ({ rows }: AuditPage) => rows.map(({ id }) => id);

  describe('is searched', () => {
    it('by keyset, newest first: every line once, there and back', async () => {
      const record = randomUUIDv7();
      const all = (await written(25, { record })).reverse();
      const first = await page(`record=${record}&pageSize=10`);
      expect(ids(first)).toEqual(all.slice(0, 10));
      expect(first.later).toBeNull();
      const second = await page(`record=${record}&pageSize=10&earlier=${first.earlier}`);
      expect(ids(second)).toEqual(all.slice(10, 20));
      const third = await page(`record=${record}&pageSize=10&earlier=${second.earlier}`);
      expect(ids(third)).toEqual(all.slice(20));
      expect(third.earlier).toBeNull();
      const back = await page(`record=${record}&pageSize=10&later=${third.later}`);
      expect(ids(back)).toEqual(all.slice(10, 20));
      expect(ids(await page(`record=${record}&pageSize=10&later=${back.later}`))).toEqual(all.slice(0, 10));
    });

    it('with lines of the same moment in one order, none lost between two pages', async () => {
      const record = randomUUIDv7();
      await harness.sql(
        `insert into audit_entry (institution_id, id, at, act, subject_kind, subject_id, details)
         select $1, uuidv7(), '2026-03-02T12:00:00Z', 'round.change', 'round', $2, '{}' from generate_series(1, 30)`,
        [institutionId, record],
      );
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const some: AuditPage = await page(`record=${record}&pageSize=7${cursor ? `&earlier=${cursor}` : ''}`);
        seen.push(...ids(some));
        cursor = some.earlier;
      }
      expect(seen).toHaveLength(30);
      expect(new Set(seen).size).toBe(30);
    });

    it('by who did it or for whom, by act, kind, record, request and on behalf', async () => {
      const [jim, record] = [await harness.person(institutionId, { name: 'Jim Lathe', email: null }), randomUUIDv7()];
      const [mine] = await written(1, {
        actor: coordinator.personId,
        behalf: jim,
        act: 'proposal.decline',
        kind: 'proposal',
        record,
        correlation: 'WM-7F3K-20B9',
      });
      await written(3, { act: 'proposal.accept', kind: 'proposal', actor: jim });
      for (const query of [
        `who=${jim}&act=proposal.decline`,
        `who=${coordinator.personId}&kind=proposal`,
        `record=${record}`,
        `correlation=wm-7f3k-20b9`,
        `onBehalf=true`,
        `act=proposal.decline&from=2026-03-01&to=2026-03-01&onBehalf=true`,
      ]) {
        expect({ query, ids: ids(await page(query)) }).toEqual({ query, ids: [mine] });
      }
      expect((await page(`who=${jim}`)).rows).toHaveLength(4);
      expect((await page(`record=${record}`)).rows[0]).toMatchObject({
        actor: { id: coordinator.personId, name: 'Olive Solder' },
        onBehalfOf: { id: jim, name: 'Jim Lathe' },
        subject: { kind: 'proposal', id: record, person: null },
        correlationId: 'WM-7F3K-20B9',
        seal: null,
      });
    });

    it('by days of the institution’s own time zone, both included', async () => {
      const record = randomUUIDv7();
      // An hour before midnight in summer, which is the next day in London.
      await written(1, { record, from: '2026-06-30T22:59:59Z' });
      await written(1, { record, from: '2026-06-30T22:59:58Z' });
      const count = async (query: string) => (await page(`record=${record}&${query}`)).rows.length;
      expect(await count('to=2026-06-30')).toBe(1);
      expect(await count('from=2026-07-01')).toBe(1);
      expect(await count('from=2026-06-30&to=2026-07-01')).toBe(2);
    });

    it('shows nobody’s name who was erased, and finds them by their identifier still', async () => {
      const gone = await harness.person(institutionId, { name: 'Nora Gone' });
      await written(2, { actor: gone, kind: 'person', record: gone, act: 'person.change' });
      expect((await page(`who=${gone}`)).rows[0]).toMatchObject({ actor: { name: 'Nora Gone' } });
      await harness.sql(`update person set erased_at = now() where id = $1`, [gone]);
      expect((await page(`who=${gone}`)).rows).toMatchObject([
        { actor: { id: gone, name: null }, subject: { person: { id: gone, name: null } } },
        { actor: { id: gone, name: null } },
      ]);
    });

    it('never in another institution', async () => {
      const other = await harness.institution('Other College');
      const record = randomUUIDv7();
      const [theirs] = await written(1, { institution: other, record, correlation: 'WM-AAAA-BBBB' });
      expect(theirs).toBeDefined();
      for (const query of [`record=${record}`, 'correlation=WM-AAAA-BBBB'])
        expect((await page(query)).rows).toEqual([]);
      const cursor = `2026-03-01T12:00:02.000000Z_${theirs}`;
      expect(ids(await page(`earlier=${cursor}&record=${record}`))).toEqual([]);
    });

    it.each(['who=x', 'act=Robert%20Tables', 'from=2026-02-30', 'earlier=1', 'correlation=x', 'pageSize=1000', 'x=1'])(
      'refuses %s',
      async (query) => {
        expect(await harness.get(`audit/entries?${query}`, auditor)).toMatchObject({ status: 422 });
      },
    );

    it('as a file, CSV or workbook', async () => {
      const record = randomUUIDv7();
      await written(3, { record, actor: coordinator.personId, correlation: 'WM-2222-3333' });
      const csv = await harness.get(`audit/entries/export?record=${record}`, auditor);
      expect(csv.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"');
      expect(String(csv.body).trim().split('\r\n')).toHaveLength(4);
      expect(String(csv.body)).toContain('Olive Solder');
      const xlsx = await harness.get(`audit/entries/export?record=${record}&format=xlsx`, auditor);
      expect(xlsx).toMatchObject({ status: 200 });
      expect(String(xlsx.body).startsWith('PK')).toBe(true);
    });
  });

  describe('is logged when an auditor reads', () => {
    const reads = (personId: string) =>
      harness.sql<{ route: string; kind: string; record: string; filters: string | null }>(
        `select details->>'route' as route, subject_kind as kind, subject_id as record, details->>'filters' as filters
         from audit_entry where actor_person_id = $1 and act = 'audit.read' order by at, id`,
        [personId],
      );

    it('every address that reads, one line each, with the record', async () => {
      const reader = await harness.somebody(institutionId, ['auditor']);
      const record = randomUUIDv7();
      const routes = routesOf(harness.application).filter(
        ({ method, access }) =>
          method === 'GET' &&
          access?.kind === 'can' &&
          // The directory is everybody's, and shows more to those who may see people.
          (access.permission === 'directory.see' ||
            (permissionsOfRole.auditor.includes(access.permission) &&
              !permissionsOfEveryone.includes(access.permission))),
      );
      expect(routes.length).toBeGreaterThan(15);
      for (const { path } of routes) {
        const before = (await reads(reader.personId)).length;
        await harness.get(path.replaceAll(/:\w+/g, record), reader);
        const after = await reads(reader.personId);
        expect({ path, lines: after.length - before }).toEqual({ path, lines: 1 });
        const line = after.find((each) => each.route === `/api/${path}`);
        expect({ path, record: line?.record }).toEqual({ path, record: path.includes(':') ? record : institutionId });
      }
    });

    it('who decides in whose place, too: what is everybody’s of themself is another’s for them', async () => {
      const reader = await harness.somebody(institutionId, ['auditor']);
      await harness.get(`people/${reader.personId}/delegations`, reader);
      expect(await reads(reader.personId)).toEqual([]);
      expect((await harness.get(`people/${coordinator.personId}/delegations`, reader)).status).toBe(200);
      expect(await reads(reader.personId)).toMatchObject([
        { route: '/api/people/:id/delegations', kind: 'person', record: coordinator.personId },
      ]);
    });

    it('is kept without what was searched for', async () => {
      const reader = await harness.somebody(institutionId, ['auditor']);
      await harness.get('people?search=Nora%20Gone&pageSize=10', reader);
      await harness.get(`audit/entries?who=${coordinator.personId}&act=round.change`, reader);
      const lines = await harness.sql<{ details: unknown }>(
        `select details from audit_entry where actor_person_id = $1 order by at, id`,
        [reader.personId],
      );
      expect(lines.map(({ details }) => details)).toEqual([
        { route: '/api/people', filters: 'pageSize search' },
        { route: '/api/audit/entries', filters: 'act who' },
      ]);
    });

    it('before the answer: one that cannot be written is not answered', async () => {
      const reader = await harness.somebody(institutionId, ['auditor']);
      await harness.sql(`alter table audit_entry add constraint no_reads check (act <> 'audit.read') not valid`);
      const answer = await harness.get('people', reader);
      await harness.sql('alter table audit_entry drop constraint no_reads');
      expect(answer).toMatchObject({ status: 500, body: { refusal: 'unexpected' } });
    });

    it('not where another role lets them see it, nor of their own affairs, nor of anybody else', async () => {
      const both = await harness.somebody(institutionId, ['auditor', 'coordinator']);
      for (const path of ['people', 'mentoring/rounds', 'home', 'session', 'mentoring/proposals'])
        expect(await harness.get(path, both)).toMatchObject({ status: 200 });
      await harness.get('people', coordinator);
      expect(await reads(both.personId)).toEqual([]);
      expect(await reads(coordinator.personId)).toEqual([]);
      await harness.get('audit/chain', both);
      expect(await reads(both.personId)).toMatchObject([{ route: '/api/audit/chain' }]);
    });
  });
});
