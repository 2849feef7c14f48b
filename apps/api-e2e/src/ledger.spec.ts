import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CostCodes,
  costCodes,
  entriesPage,
  type EntriesPage,
  entryRow,
  potsPage,
  type PotsPage,
  potView,
  type PotView,
} from '@waymark/contracts';
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import { Harness, type SignedIn } from './harness';

describe('pots and their ledger', () => {
  let harness: Harness;
  let institutionId: string;
  let officer: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    institutionId = await harness.institution();
    officer = await harness.somebody(institutionId, ['finance-officer'], 'Fin Ance');
  });

  const codes = (body: unknown): CostCodes => costCodes.parse(body);
  const code = async (name = `TS-${randomUUIDv7().slice(-6)}`, as = officer): Promise<string> => {
    const answer = await harness.post('funding/cost-codes', as, { code: name, name: 'Technical services' });
    expect(answer.status).toBe(201);
    const found = codes(answer.body).rows.find((row) => row.code === name);
    if (!found) throw new Error('a code was added');
    return found.id;
  };
  const pot = async (facts: { name?: string; financialYear?: number; costCodeId?: string } = {}): Promise<PotView> => {
    const costCodeId = facts.costCodeId ?? (await code());
    const body = { name: 'Conference fund', financialYear: 2026, ...facts, costCodeId };
    const answer = await harness.post('funding/pots', officer, body);
    expect(answer.status).toBe(201);
    return potView.parse(answer.body);
  };
  const fund = (id: string, amountPence: number, reason = 'From the faculty', as = officer) =>
    harness.post(`funding/pots/${id}/fund`, as, { amountPence, reason });
  const funded = async (amountPence: number, facts = {}): Promise<PotView> => {
    const { id } = await pot(facts);
    return potView.parse((await fund(id, amountPence)).body);
  };
  const see = async (id: string): Promise<PotView> =>
    potView.parse((await harness.get(`funding/pots/${id}`, officer)).body);
  const entries = async (id: string, query = ''): Promise<EntriesPage> =>
    entriesPage.parse((await harness.get(`funding/pots/${id}/entries?${query}`, officer)).body);
  const transfer = (from: string, toPotId: string, amountPence: number) =>
    harness.post(`funding/pots/${from}/transfer`, officer, { toPotId, amountPence, reason: 'Evened out' });
  const correct = (entryId: string) =>
    harness.post(`funding/entries/${entryId}/correct`, officer, { reason: 'Posted to the wrong pot' });

  /** Every balance that a trigger keeps is what the ledger adds up to, and every entry adds up to nothing. */
  const booksAddUp = async (): Promise<void> => {
    const wrong = await harness.sql(
      `select p.id from pot p join pot_figures f on f.institution_id = p.institution_id and f.pot_id = p.id
       where (p.available_pence, p.committed_pence, p.spent_pence) <> (f.available_pence, f.committed_pence, f.spent_pence)
         or f.funded_pence <> f.available_pence + f.committed_pence + f.spent_pence`,
    );
    const unbalanced = await harness.sql(
      `select entry_id from ledger_line group by entry_id having sum(amount_pence) <> 0 or count(*) < 2`,
    );
    expect([wrong, unbalanced]).toEqual([[], []]);
  };

  it('money put in is available to the penny, and its entry says who, when and why', async () => {
    const { id, figures } = await funded(123_456);
    expect(figures).toEqual({
      putInPence: 123_456,
      fundedPence: 123_456,
      availablePence: 123_456,
      committedPence: 0,
      spentPence: 0,
    });
    const { rows, total } = await entries(id);
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({
      kind: 'fund',
      reason: 'From the faculty',
      madeBy: 'Fin Ance',
      availableAfterPence: 123_456,
      corrects: null,
      correctedBy: null,
      mayCorrect: true,
      lines: [
        { account: 'source', amountPence: -123_456 },
        { account: 'available', amountPence: 123_456 },
      ],
    });
    await booksAddUp();
  });

  it.each([
    ['nothing', 0],
    ['less than nothing', -5],
    ['fractions of a penny', 10.5],
    ['more than any fund', 1e12],
    ['twenty digits', 12_345_678_901_234_567_890],
    ['text', '£1,200.00'],
  ])('an amount of %s is refused at its field', async (_, amountPence) => {
    const { id } = await pot();
    const answer = await harness.post(`funding/pots/${id}/fund`, officer, { amountPence, reason: 'Why' });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        refusal: 'invalid-input',
        fields: expect.arrayContaining([expect.objectContaining({ path: 'amountPence' })]),
      },
    });
    expect((await see(id)).figures.fundedPence).toBe(0);
  });

  it('a command that is repeated under its key moves money once', async () => {
    const { id } = await pot();
    const key = randomUUID();
    const body = { amountPence: 500, reason: 'Twice' };
    const answers = await Promise.all(
      [1, 2, 3].map(() => harness.ask('POST', `funding/pots/${id}/fund`, { as: officer, body, key })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await see(id)).figures.availablePence).toBe(500);
  });

  it('a transfer takes from one pot what it gives to the other', async () => {
    const from = await funded(10_000, { name: 'Fund' });
    const to = await pot({ name: 'Hardship' });
    expect(potView.parse((await transfer(from.id, to.id, 4_001)).body).figures).toMatchObject({
      putInPence: 10_000,
      fundedPence: 5_999,
      availablePence: 5_999,
    });
    expect((await see(to.id)).figures).toMatchObject({ putInPence: 0, fundedPence: 4_001, availablePence: 4_001 });
    expect(await transfer(from.id, from.id, 1)).toMatchObject({ status: 422, body: { refusal: 'same-pot' } });
    await booksAddUp();
  });

  it('a transfer of more than is available is refused whole', async () => {
    const from = await funded(10_000, { name: 'Fund' });
    const to = await pot({ name: 'Hardship' });
    expect(await transfer(from.id, to.id, 10_001)).toMatchObject({ status: 409, body: { refusal: 'pot-overdrawn' } });
    expect((await entries(from.id)).total).toBe(1);
    expect((await entries(to.id)).total).toBe(0);
    expect(
      await harness.sql(`select from audit_entry where act = 'pot.transfer' and subject_id = $1`, [from.id]),
    ).toEqual([]);
    await booksAddUp();
  });

  it('of many transfers at once, to and fro, exactly as many succeed as there is money for', async () => {
    const one = await funded(1_000, { name: 'One' });
    const two = await funded(1_000, { name: 'Two' });
    const sink = await pot({ name: 'Sink' });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        transfer(at % 2 ? one.id : two.id, at % 3 ? sink.id : at % 2 ? two.id : one.id, 100),
      ),
    );
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.every(({ body }) => (body as { refusal: string }).refusal === 'pot-overdrawn')).toBe(true);
    const figures = await Promise.all([one, two, sink].map(async ({ id }) => (await see(id)).figures.availablePence));
    expect(figures.reduce((sum, pence) => sum + pence)).toBe(2_000);
    expect(figures.every((pence) => pence >= 0)).toBe(true);
    expect(figures[2]).toBe(2_000);
    await booksAddUp();
  });

  it('an entry is taken back by a new one, once, and both stay', async () => {
    const { id } = await funded(700);
    const [wrong] = (await entries(id)).rows;
    if (!wrong) throw new Error('there is an entry');
    const answers = await Promise.all([correct(wrong.id), correct(wrong.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)).toMatchObject({ body: { refusal: 'entry-corrected' } });
    const { rows } = await entries(id);
    expect(rows).toHaveLength(2);
    expect(entryRow.parse(answers.find(({ status }) => status === 200)?.body).corrects).toBe(wrong.id);
    expect(rows.find((row) => row.id === wrong.id)).toMatchObject({ correctedBy: rows[0]?.id, mayCorrect: false });
    expect((await see(id)).figures).toMatchObject({ putInPence: 0, fundedPence: 0, availablePence: 0 });
    expect(await correct(rows[0]?.id ?? '')).toMatchObject({ body: { refusal: 'entry-not-corrected-by-hand' } });
    await booksAddUp();
  });

  it('money that was passed on cannot be taken back from under it', async () => {
    const from = await funded(700, { name: 'Fund' });
    const to = await pot({ name: 'Hardship' });
    await transfer(from.id, to.id, 600);
    const first = (await entries(from.id, 'kind=fund')).rows[0];
    expect(await correct(first?.id ?? '')).toMatchObject({ status: 409, body: { refusal: 'pot-overdrawn' } });
    await booksAddUp();
  });

  it('a year rolls over: what is available goes on, what was is shown, and the old pot takes nothing more', async () => {
    const old = await funded(900);
    const next = potView.parse(
      (await harness.post(`funding/pots/${old.id}/roll-over`, officer, { version: old.version })).body,
    );
    expect(next).toMatchObject({
      financialYear: 2027,
      name: old.name,
      status: 'open',
      figures: { availablePence: 900 },
    });
    expect(next.rolledFrom?.id).toBe(old.id);
    expect(await see(old.id)).toMatchObject({
      status: 'closed',
      rolledInto: { id: next.id },
      figures: { availablePence: 0, putInPence: 900, fundedPence: 0 },
      may: { fund: false, transfer: false, rollOver: false, change: false },
    });
    expect(await fund(old.id, 1)).toMatchObject({ status: 409, body: { refusal: 'pot-closed' } });
    const again = await harness.post(`funding/pots/${old.id}/roll-over`, officer, { version: old.version });
    expect(again).toMatchObject({ status: 409, body: { refusal: 'changed-meanwhile' } });
    await booksAddUp();
  });

  it('rolls over whatever has come together in it, and not beyond the last year there is', async () => {
    const most = 100_000_000_000;
    const { id } = await funded(most);
    await fund(id, most);
    await fund(id, 5);
    const roll = async (potId: string) =>
      harness.post(`funding/pots/${potId}/roll-over`, officer, { version: (await see(potId)).version });
    const answer = await roll(id);
    expect(answer).toMatchObject({ status: 200, body: { figures: { availablePence: 2 * most + 5 } } });
    const last = await funded(5, { name: 'Far away', financialYear: 2999 });
    expect(await roll(last.id)).toMatchObject({ status: 422, body: { refusal: 'invalid-input' } });
    expect((await see(last.id)).status).toBe('open');
    await booksAddUp();
  });

  it('a pot that already has its name in the next year is not rolled over into it', async () => {
    const old = await funded(900);
    await pot({ financialYear: 2027 });
    const answer = await harness.post(`funding/pots/${old.id}/roll-over`, officer, { version: old.version });
    expect(answer).toMatchObject({ status: 409, body: { refusal: 'pot-name-taken' } });
    expect((await see(old.id)).status).toBe('open');
  });

  it('a cost code out of use stays on its pot and can be chosen for nothing new', async () => {
    const costCodeId = await code('TS-OLD');
    const kept = await pot({ costCodeId });
    const row = codes((await harness.get('funding/cost-codes', officer)).body).rows.find(({ id }) => id === costCodeId);
    await harness.put(`funding/cost-codes/${costCodeId}`, officer, {
      version: row?.version,
      name: 'Old',
      active: false,
    });
    const body = { name: 'Another', financialYear: 2026, costCodeId };
    expect(await harness.post('funding/pots', officer, body)).toMatchObject({
      body: { refusal: 'cost-code-not-in-use' },
    });
    const renamed = { version: kept.version, name: 'Renamed', costCodeId };
    expect(await harness.put(`funding/pots/${kept.id}`, officer, renamed)).toMatchObject({
      status: 200,
      body: { costCode: 'TS-OLD' },
    });
    expect(await harness.post('funding/cost-codes', officer, { code: 'ts-old', name: 'Again' })).toMatchObject({
      status: 409,
      body: { refusal: 'cost-code-taken' },
    });
  });

  it('the list adds up what its filters leave, and the file says the same', async () => {
    const costCodeId = await code();
    await fund((await pot({ name: 'Alpha', costCodeId })).id, 1_050);
    await fund((await pot({ name: 'Beta', costCodeId })).id, 2_000);
    await fund((await pot({ name: 'Gamma', costCodeId, financialYear: 2025 })).id, 5_000);
    const list = async (query: string): Promise<PotsPage> =>
      potsPage.parse((await harness.get(`funding/pots?${query}`, officer)).body);
    expect(await list('')).toMatchObject({ total: 3, figures: { availablePence: 8_050 }, years: [2026, 2025] });
    const ofYear = await list('year=2026&sort=-available');
    expect(ofYear.rows.map(({ name }) => name)).toEqual(['Beta', 'Alpha']);
    expect(ofYear.figures.fundedPence).toBe(3_050);
    expect(await list('search=none')).toMatchObject({ total: 0, figures: { fundedPence: 0 } });
    const file = await harness.get('funding/pots/export?year=2026&sort=name', officer);
    expect(String(file.body)).toContain('Alpha,2026/27');
    expect(String(file.body)).toContain(',10.5,');
  });

  it('nobody without the part moves money, and of another institution nothing is there', async () => {
    const { id } = await funded(100);
    const coordinator = await harness.somebody(institutionId, ['coordinator']);
    expect((await harness.get(`funding/pots/${id}`, coordinator)).status).toBe(200);
    expect(await fund(id, 1, 'Why', coordinator)).toMatchObject({ status: 403, body: { refusal: 'not-allowed' } });
    const stranger = await harness.somebody(await harness.institution('Elsewhere'), ['finance-officer']);
    expect((await harness.get(`funding/pots/${id}`, stranger)).status).toBe(404);
    expect((await harness.get(`funding/pots/${id}/entries`, stranger)).status).toBe(404);
    expect(await fund(id, 1, 'Why', stranger)).toMatchObject({ status: 404 });
    const entryId = (await entries(id)).rows[0]?.id ?? '';
    expect(await harness.post(`funding/entries/${entryId}/correct`, stranger, { reason: 'Why' })).toMatchObject({
      status: 404,
    });
    expect(String((await harness.get('funding/journal', stranger)).body)).not.toContain('£1.00');
  });

  it('the journal holds every entry, balanced', async () => {
    const from = await funded(10_000, { name: 'Fund: north' });
    const to = await pot({ name: 'Hardship' });
    await transfer(from.id, to.id, 2_500);
    const answer = await harness.get('funding/journal', officer);
    expect(answer.headers.get('content-disposition')).toContain('ledger.journal');
    const text = String(answer.body);
    expect(text).toContain('    assets:Fund- north 2026/27:available  -£25.00');
    expect(text.match(/^\d{4}-\d\d-\d\d /gm)).toHaveLength(2);
    const pence = [...text.matchAll(/ {2}(-?)£(\d+)\.(\d\d)$/gm)].map(
      ([, sign, pounds, rest]) => (sign ? -1 : 1) * (Number(pounds) * 100 + Number(rest)),
    );
    expect(pence).toHaveLength(4);
    expect(pence.reduce((sum, each) => sum + each)).toBe(0);
  });

  describe('the database itself', () => {
    /** As the application, with the institution set. */
    const asApplication = async (...statements: [string, unknown[]][]): Promise<string> => {
      const client = new pg.Client({ connectionString: harness.urls.appUrl });
      await client.connect();
      try {
        await client.query('begin');
        await client.query(`select set_config('app.institution_id', $1, true)`, [institutionId]);
        for (const [text, values] of statements) await client.query(text, values);
        await client.query('commit');
        return 'done';
      } catch (error) {
        await client.query('rollback');
        return (error as { constraint?: string; message: string }).constraint ?? (error as Error).message;
      } finally {
        await client.end();
      }
    };
    const entry = (id: string): [string, unknown[]] => [
      `insert into ledger_entry (institution_id, id, kind, at, day, reason) values ($1, $2, 'fund', now(), current_date, 'Why')`,
      [institutionId, id],
    ];
    const line = (id: string, of: PotView, number: number, account: string, pence: number): [string, unknown[]] => [
      `insert into ledger_line (institution_id, entry_id, number, pot_id, account, cost_code_id, amount_pence)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [institutionId, id, number, of.id, account, of.costCodeId, pence],
    ];

    it('refuses an entry that does not add up, or has no lines', async () => {
      const of = await pot();
      const id = randomUUIDv7();
      const [source, more] = [line(id, of, 1, 'source', -5), line(id, of, 2, 'available', 6)];
      expect(await asApplication(entry(id), source, more)).toBe('ledger_entry_unbalanced');
      expect(await asApplication(entry(id))).toBe('ledger_entry_unbalanced');
      expect((await see(of.id)).figures.fundedPence).toBe(0);
    });

    it('refuses lines added to an entry of another transaction', async () => {
      const of = await funded(10);
      const id = (await entries(of.id)).rows[0]?.id ?? '';
      expect(await asApplication(line(id, of, 3, 'source', -5), line(id, of, 4, 'available', 5))).toBe(
        'ledger_entry_closed',
      );
    });

    it('refuses balances below zero, whichever of them', async () => {
      const of = await funded(10);
      const id = randomUUIDv7();
      const spend = [line(id, of, 1, 'committed', -5), line(id, of, 2, 'spent', 5)];
      expect(await asApplication(entry(id), ...spend)).toBe('pot_commitments_overdrawn');
      const back = [line(id, of, 1, 'spent', -5), line(id, of, 2, 'available', 5)];
      expect(await asApplication(entry(id), ...back)).toBe('pot_spent_below_zero');
    });

    it('lets the application change no entry, no line and no balance', async () => {
      const of = await funded(10);
      for (const statement of [
        `update ledger_entry set reason = 'Another' where institution_id = $1`,
        `delete from ledger_entry where institution_id = $1`,
        `update ledger_line set amount_pence = 1 where institution_id = $1`,
        `delete from ledger_line where institution_id = $1`,
        `update pot set available_pence = 1000000 where institution_id = $1`,
        `delete from pot where institution_id = $1`,
      ])
        expect(await asApplication([statement, [institutionId]])).toContain('permission denied');
      expect(
        await asApplication([
          `insert into pot (institution_id, id, name, financial_year, cost_code_id, status, available_pence, created_at, created_by, version)
           values ($1, $2, 'Made up', 2026, $3, 'open', 1000000, now(), $4, 1)`,
          [institutionId, randomUUIDv7(), of.costCodeId, officer.personId],
        ]),
      ).toContain('permission denied');
      await booksAddUp();
    });
  });
});
