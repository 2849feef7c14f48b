import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import {
  type BatchView,
  batchView,
  type ClaimLineDraft,
  type ClaimStatus,
  claimStatuses,
  claimView,
  type ClaimView,
  fundAwardView,
  type FundAwardView,
} from '@waymark/contracts';
import { createHash, randomUUIDv7 } from 'node:crypto';
import { type ApplicationFacts, AwardsRecords, type CallRecord, faultsOfBooks } from './awards-records';
import { Harness, type SignedIn } from './harness';

const start = new Date('2027-06-14T10:00:00Z');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('claims', () => {
  let harness: Harness;
  let clock: MovedClock;
  let institutionId: string;
  let officer: SignedIn;
  let records: AwardsRecords;
  let call: CallRecord;

  beforeAll(async () => {
    clock = new MovedClock(start);
    harness = await Harness.start({ clock });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(start);
    institutionId = await harness.institution();
    officer = await harness.somebody(institutionId, ['finance-officer'], 'Fin Ance');
    records = new AwardsRecords(harness, institutionId, officer);
    call = await records.call();
  });

  const award = async (id: string, as: SignedIn): Promise<FundAwardView> =>
    fundAwardView.parse((await harness.get(`funding/awards/${id}`, as)).body);
  const act = async (id: string, as: SignedIn, deed: string, more: object = {}) =>
    harness.post(`funding/awards/${id}/${deed}`, as, { version: (await award(id, as)).version, ...more });
  const accepted = async (facts: ApplicationFacts & { amountPence?: number } = {}) => {
    const made = await records.award(call, facts);
    expect(await act(made.awardId, made.person, 'accept')).toMatchObject({ status: 200 });
    return made;
  };
  /** A file as handed in: what the route of files keeps. */
  const receipt = async (of: SignedIn, purpose = 'receipt', content = png): Promise<string> => {
    const id = randomUUIDv7();
    await harness.sql(
      `insert into stored_file (institution_id, id, purpose, name, media_type, size_bytes, sha256, content, uploaded_by, uploaded_at)
       values ($1, $2, $3, 'ticket.png', 'image/png', $4, $5, $6, $7, $8)`,
      [
        of.institutionId,
        id,
        purpose,
        content.length,
        createHash('sha256').update(content).digest(),
        content,
        of.personId,
        clock.now(),
      ],
    );
    return id;
  };
  const line = (amount: string, more: Partial<ClaimLineDraft> = {}): ClaimLineDraft => ({
    id: randomUUIDv7(),
    category: 'travel',
    what: 'Train to Leeds',
    amount,
    fileIds: [],
    noReceiptBecause: 'The machine gave none.',
    ...more,
  });
  const claimOf = (answer: { body: unknown }): ClaimView => claimView.parse(answer.body);
  const begun = async (awardId: string, as: SignedIn): Promise<ClaimView> => {
    const answer = await harness.post(`funding/awards/${awardId}/claims`, as);
    expect(answer).toMatchObject({ status: 200 });
    return claimOf(answer);
  };
  const seen = async (id: string, as: SignedIn): Promise<ClaimView> =>
    claimOf(await harness.get(`funding/claims/${id}`, as));
  const submit = async (id: string, as: SignedIn, lines: ClaimLineDraft[], last = false) =>
    harness.post(`funding/claims/${id}/submit`, as, { version: (await seen(id, as)).version, lines, last });
  const sent = async (awardId: string, as: SignedIn, amounts: string[], last = false): Promise<ClaimView> => {
    const { id } = await begun(awardId, as);
    const answer = await submit(
      id,
      as,
      amounts.map((amount) => line(amount)),
      last,
    );
    expect(answer).toMatchObject({ status: 200, body: { status: 'submitted' } });
    return claimOf(answer);
  };
  const decide = async (id: string, deed: string, more: object, as = officer) => {
    const { version } = await seen(id, officer);
    return harness.post(`funding/claims/${id}/${deed}`, as, { version, ...more });
  };
  const approve = (id: string, as = officer) => decide(id, 'approve', { costCodeId: null }, as);
  const batch = async (): Promise<BatchView> => batchView.parse((await harness.post('funding/batches', officer)).body);
  const pay = ({ id, version }: BatchView, as = officer) => harness.post(`funding/batches/${id}/pay`, as, { version });
  const paid = async (id: string): Promise<void> => {
    expect(await approve(id)).toMatchObject({ status: 200 });
    expect(await pay(await batch())).toMatchObject({ status: 200, body: { status: 'paid' } });
  };
  const kindsOf = async (applicationId: string): Promise<string[]> =>
    (
      await harness.sql<{ kind: string }>(`select kind from application_event where application_id = $1 order by id`, [
        applicationId,
      ])
    ).map(({ kind }) => kind);
  const pot = async () => {
    const [row] = await harness.sql<{ available: number; committed: number; spent: number }>(
      `select available_pence::float8 as available, committed_pence::float8 as committed, spent_pence::float8 as spent
       from pot_figures where pot_id = $1`,
      [call.potId],
    );
    return row;
  };

  describe('while it is written', () => {
    it('keeps what was typed, adds up what can be read, and one claim is open at a time', async () => {
      const { awardId, person } = await accepted();
      const claim = await begun(awardId, person);
      expect(claim).toMatchObject({ status: 'draft', mostPence: 50_000, lines: [], may: { edit: true } });
      const fileId = await receipt(person);
      const lines = [
        line('£1,200.00'),
        line('-5'),
        line('1e9'),
        line('9'.repeat(20)),
        line('12.345'),
        line('0'),
        line(''),
        line(' 12.5 ', { fileIds: [fileId] }),
      ];
      const saved = await harness.put(`funding/claims/${claim.id}/draft`, person, {
        version: claim.version,
        lines,
        last: false,
      });
      expect(saved).toMatchObject({ status: 200, body: { claimedPence: 121_250, version: claim.version + 1 } });
      const again = await begun(awardId, person);
      expect(again.id).toBe(claim.id);
      expect(again.lines.map(({ amount, amountPence }) => [amount, amountPence])).toEqual([
        ['£1,200.00', 120_000],
        ['-5', null],
        ['1e9', null],
        ['9'.repeat(20), null],
        ['12.345', null],
        ['0', null],
        ['', null],
        ['12.5', 1_250],
      ]);
      expect(again.files).toMatchObject([{ id: fileId, mediaType: 'image/png' }]);
      const fewer = await harness.put(`funding/claims/${claim.id}/draft`, person, {
        version: again.version,
        lines: lines.slice(0, 2),
        last: false,
      });
      expect(fewer.status).toBe(200);
      expect((await seen(claim.id, person)).files).toEqual([]);
    });

    it('two tabs do not overwrite each other', async () => {
      const { awardId, person } = await accepted();
      const { id, version } = await begun(awardId, person);
      const save = (amount: string) =>
        harness.put(`funding/claims/${id}/draft`, person, { version, lines: [line(amount)], last: false });
      const answers = await Promise.all([save('1'), save('2'), save('3')]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(
        answers
          .filter(({ status }) => status === 409)
          .every(({ body }) => (body as { refusal: string }).refusal === 'changed-meanwhile'),
      ).toBe(true);
    });

    it('a file that is not one’s own receipt cannot be attached', async () => {
      const { awardId, person } = await accepted();
      const { id, version } = await begun(awardId, person);
      const other = await accepted();
      const elsewhere = await harness.somebody(await harness.institution('Elsewhere'));
      for (const fileId of [
        await receipt(other.person),
        await receipt(person, 'application'),
        await receipt(elsewhere),
        randomUUIDv7(),
      ])
        expect(
          await harness.put(`funding/claims/${id}/draft`, person, {
            version,
            lines: [line('5', { fileIds: [fileId] })],
            last: false,
          }),
        ).toMatchObject({ status: 422, body: { refusal: 'receipt-unknown' } });
      expect((await seen(id, person)).version).toBe(version);
    });

    it('a draft is its person’s alone', async () => {
      const { awardId, person } = await accepted();
      const { id, version } = await begun(awardId, person);
      const stranger = await harness.somebody(await harness.institution('Elsewhere'), ['finance-officer']);
      for (const as of [officer, stranger, await harness.somebody(institutionId)]) {
        expect((await harness.get(`funding/claims/${id}`, as)).status).toBe(404);
        const body = { version, lines: [], last: false };
        expect([403, 404]).toContain((await harness.put(`funding/claims/${id}/draft`, as, body)).status);
        expect([403, 404]).toContain((await harness.post(`funding/claims/${id}/submit`, as, body)).status);
      }
      expect(await harness.post(`funding/claims/${id}/approve`, officer, { version, costCodeId: null })).toMatchObject({
        status: 404,
      });
    });
  });

  describe('when it is sent', () => {
    it.each<[string, ClaimLineDraft[], string]>([
      ['no lines', [], 'claim-empty'],
      ['neither receipt nor reason', [line('5', { noReceiptBecause: '' })], 'receipt-missing'],
      ['less than nothing', [line('-5')], 'invalid-input'],
      ['an exponent', [line('1e9')], 'invalid-input'],
      ['twenty digits', [line('9'.repeat(20))], 'invalid-input'],
      ['no category', [line('5', { category: null })], 'invalid-input'],
      ['nothing said of what for', [line('5', { what: '' })], 'invalid-input'],
      ['a penny more than is left', [line('500.01')], 'claim-over-award'],
    ])('%s is refused, and nothing is lost', async (_, lines, refusal) => {
      const { awardId, person } = await accepted();
      const { id } = await begun(awardId, person);
      const saved = await harness.put(`funding/claims/${id}/draft`, person, { version: 1, lines, last: false });
      expect(saved.status).toBe(200);
      expect(await submit(id, person, lines)).toMatchObject({ body: { refusal } });
      expect(await seen(id, person)).toMatchObject({ status: 'draft', lines: lines.map(({ amount }) => ({ amount })) });
    });

    it('its money is held: the next claim has what is left', async () => {
      const { awardId, person, applicationId } = await accepted();
      const first = await sent(awardId, person, ['100.00', '£50.50']);
      expect((await award(awardId, person)).figures).toMatchObject({
        claimedPence: 15_050,
        committedPence: 50_000,
        leftPence: 34_950,
      });
      // One is looked at at a time; the next can be begun once it is approved.
      expect(await harness.post(`funding/awards/${awardId}/claims`, person)).toMatchObject({
        status: 409,
        body: { refusal: 'claim-open' },
      });
      expect((await award(awardId, person)).may.claim).toBe(false);
      await approve(first.id);
      const next = await begun(awardId, person);
      expect(next).toMatchObject({ number: 2, mostPence: 34_950 });
      expect(await submit(next.id, person, [line('349.51')])).toMatchObject({
        status: 409,
        body: { refusal: 'claim-over-award', facts: { leftPence: 34_950 } },
      });
      expect(await kindsOf(applicationId)).toEqual(['award-accepted', 'claim-submitted', 'claim-approved']);
    });

    it('sent at once from two tabs, it is sent once', async () => {
      const { awardId, person, applicationId } = await accepted();
      const { id, version } = await begun(awardId, person);
      const body = { version, lines: [line('5')], last: false };
      const answers = await Promise.all([1, 2, 3].map(() => harness.post(`funding/claims/${id}/submit`, person, body)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(await kindsOf(applicationId)).toEqual(['award-accepted', 'claim-submitted']);
    });

    it('not before it is accepted, nor after the claim-by date', async () => {
      const offered = await records.award(call);
      expect(await harness.post(`funding/awards/${offered.awardId}/claims`, offered.person)).toMatchObject({
        status: 409,
        body: { refusal: 'status-refused' },
      });
      call = await records.call({ claimBy: '2027-06-13' });
      const late = await accepted({ startsOn: '2027-05-01', endsOn: '2027-05-03' });
      expect(await harness.post(`funding/awards/${late.awardId}/claims`, late.person)).toMatchObject({
        status: 409,
        body: { refusal: 'claim-by-passed' },
      });
    });
  });

  describe('when it is decided on', () => {
    it('approved, batched and paid: from committed to spent, to the penny, under its cost code', async () => {
      const { awardId, person, applicationId } = await accepted();
      const claim = await sent(awardId, person, ['123.45']);
      const codes = await harness.post('funding/cost-codes', officer, { code: 'TS-OTHER', name: 'Other' });
      const costCodeId =
        (codes.body as { rows: { id: string; code: string }[] }).rows.find(({ code }) => code === 'TS-OTHER')?.id ?? '';
      expect(await decide(claim.id, 'approve', { costCodeId })).toMatchObject({
        status: 200,
        body: { status: 'approved', decidedBy: 'Fin Ance', costCode: { code: 'TS-OTHER' } },
      });
      expect(await pot()).toEqual({ available: 950_000, committed: 50_000, spent: 0 });
      const made = await batch();
      expect(made).toMatchObject({
        number: 1,
        status: 'open',
        claims: 1,
        pence: 12_345,
        byCostCode: [{ code: 'TS-OTHER', pence: 12_345 }],
      });
      const file = await harness.get(`funding/batches/${made.id}/export`, officer);
      expect(file.headers.get('content-disposition')).toContain('batch-1.csv');
      expect(String(file.body)).toContain('TS-OTHER,');
      expect(String(file.body)).toContain(',123.45');
      expect(await pay(made)).toMatchObject({ status: 200, body: { status: 'paid', claims: 1, pence: 12_345 } });
      expect(await pot()).toEqual({ available: 950_000, committed: 37_655, spent: 12_345 });
      const [spent] = await harness.sql<{ code: string; pence: number }>(
        `select k.code, l.amount_pence::float8 as pence from ledger_entry e join ledger_line l on l.entry_id = e.id and l.account = 'spent'
         join cost_code k on k.id = l.cost_code_id where e.claim_id = $1`,
        [claim.id],
      );
      expect(spent).toEqual({ code: 'TS-OTHER', pence: 12_345 });
      expect((await award(awardId, person)).figures).toMatchObject({
        awardedPence: 50_000,
        spentPence: 12_345,
        committedPence: 37_655,
        leftPence: 37_655,
      });
      expect(await kindsOf(applicationId)).toEqual([
        'award-accepted',
        'claim-submitted',
        'claim-approved',
        'claim-paid',
      ]);
      expect(await faultsOfBooks(harness)).toEqual([]);
    });

    it('nobody decides on their own, nor for whom they act; the database says so too', async () => {
      const finance = await harness.somebody(institutionId, ['finance-officer', 'coordinator'], 'Ona Wards');
      const { awardId } = await accepted({ personId: finance.personId });
      const claim = await sent(awardId, finance, ['5']);
      const { version } = await seen(claim.id, finance);
      for (const [deed, more] of [
        ['approve', { costCodeId: null }],
        ['return', { reason: 'Why' }],
        ['reject-payment', { reason: 'Why' }],
      ] as const)
        expect(await harness.post(`funding/claims/${claim.id}/${deed}`, finance, { version, ...more })).toMatchObject({
          status: 403,
          body: { refusal: 'own-claim' },
        });
      expect(
        await harness.post('funding/claims/approve', finance, { claims: [{ id: claim.id, version }] }),
      ).toMatchObject({
        status: 403,
        body: { refusal: 'own-claim' },
      });
      // Who has no address of their own can be acted for; no role of either goes with it.
      const other = await harness.person(institutionId, { email: null, roles: ['finance-officer'] });
      expect((await harness.post(`people/${other}/act`, finance)).status).toBeLessThan(300);
      expect(
        await harness.post(`funding/claims/${claim.id}/approve`, finance, { version, costCodeId: null }),
      ).toMatchObject({
        status: 403,
        body: { refusal: 'not-allowed' },
      });
      await expect(
        harness.sql(`update claim set status = 'approved', decided_by = $2 where id = $1`, [
          claim.id,
          finance.personId,
        ]),
      ).rejects.toMatchObject({ constraint: 'own_claim' });
      expect((await seen(claim.id, officer)).status).toBe('submitted');
    });

    it('nobody decides on what they sent for somebody who has no address; the database says so too', async () => {
      const finance = await harness.somebody(institutionId, ['finance-officer', 'coordinator'], 'Typed Both');
      const jim = await harness.person(institutionId, { name: 'Jim Lathe', email: null });
      const { awardId } = await records.award(call, { personId: jim });
      expect((await harness.post(`people/${jim}/act`, finance)).status).toBe(200);
      expect(await act(awardId, finance, 'accept')).toMatchObject({ status: 200 });
      const claim = await sent(awardId, finance, ['5']);
      await harness.delete('session/acting', finance);
      expect((await seen(claim.id, finance)).may).toMatchObject({ decide: false, return: false });
      expect(await approve(claim.id, finance)).toMatchObject({ status: 403, body: { refusal: 'own-claim' } });
      await expect(
        harness.sql(`update claim set status = 'approved', decided_by = $2 where id = $1`, [
          claim.id,
          finance.personId,
        ]),
      ).rejects.toMatchObject({ constraint: 'own_claim' });
      expect(await approve(claim.id)).toMatchObject({ status: 200, body: { status: 'approved' } });
    });

    it('nobody pays a batch with their own in it', async () => {
      const finance = await harness.somebody(institutionId, ['finance-officer']);
      const { awardId } = await accepted({ personId: finance.personId });
      const claim = await sent(awardId, finance, ['5']);
      await approve(claim.id);
      const made = await batch();
      expect(await pay(made, finance)).toMatchObject({ status: 403, body: { refusal: 'own-claim' } });
      expect(await pay(made)).toMatchObject({ status: 200 });
    });

    it('approved twice at once, it is approved once', async () => {
      const { awardId, person, applicationId } = await accepted();
      const claim = await sent(awardId, person, ['5']);
      const other = await harness.somebody(institutionId, ['finance-officer']);
      const body = { version: claim.version, costCodeId: null };
      const answers = await Promise.all(
        [officer, other, officer, other].map((as) => harness.post(`funding/claims/${claim.id}/approve`, as, body)),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect((await kindsOf(applicationId)).filter((kind) => kind === 'claim-approved')).toHaveLength(1);
    });

    it('several are approved together, or none', async () => {
      const claims = await Promise.all(
        ['10', '20', '30'].map(async (amount) => {
          const { awardId, person } = await accepted();
          return sent(awardId, person, [amount]);
        }),
      );
      const all = claims.map(({ id, version }) => ({ id, version }));
      const stale = all.map((each, at) => (at === 1 ? { ...each, version: 1 } : each));
      expect(await harness.post('funding/claims/approve', officer, { claims: stale })).toMatchObject({
        status: 409,
        body: { refusal: 'changed-meanwhile' },
      });
      expect(await harness.get('funding/claims?status=submitted', officer)).toMatchObject({
        body: { total: 3, toPayPence: 6_000 },
      });
      expect(await harness.post('funding/claims/approve', officer, { claims: all })).toMatchObject({
        status: 200,
        body: { approved: 3, pence: 6_000 },
      });
      expect(await harness.get('funding/claims', officer)).toMatchObject({
        body: { total: 3, counts: { approved: 3, submitted: 0 } },
      });
    });

    it('returned with a reason, mended and sent again', async () => {
      const { awardId, person, applicationId } = await accepted();
      const claim = await sent(awardId, person, ['80']);
      expect(await decide(claim.id, 'return', { reason: '' })).toMatchObject({ status: 422 });
      expect(await decide(claim.id, 'return', { reason: 'The second receipt is missing.' })).toMatchObject({
        status: 200,
        body: { status: 'returned' },
      });
      expect(await seen(claim.id, person)).toMatchObject({
        status: 'returned',
        reason: 'The second receipt is missing.',
        may: { edit: true },
      });
      expect(await begun(awardId, person)).toMatchObject({ id: claim.id });
      expect(await submit(claim.id, person, [line('75')])).toMatchObject({
        status: 200,
        body: { status: 'submitted', reason: null, claimedPence: 7_500 },
      });
      expect(await kindsOf(applicationId)).toEqual([
        'award-accepted',
        'claim-submitted',
        'claim-returned',
        'claim-submitted',
      ]);
    });

    it('a payment that is rejected is taken back by a new entry, mended and paid once more', async () => {
      const { awardId, person, applicationId } = await accepted();
      const claim = await sent(awardId, person, ['80']);
      await paid(claim.id);
      expect(await decide(claim.id, 'reject-payment', { reason: 'The account is closed.' })).toMatchObject({
        status: 200,
        body: { status: 'payment-rejected' },
      });
      expect(await pot()).toEqual({ available: 950_000, committed: 50_000, spent: 0 });
      expect(await award(awardId, person)).toMatchObject({
        figures: { spentPence: 0, committedPence: 50_000, leftPence: 42_000 },
      });
      const [first] = (await harness.get('funding/batches', officer)).body
        ? [(await harness.get('funding/batches', officer)).body]
        : [];
      expect(first).toMatchObject({ rows: [{ number: 1, pence: 8_000, claims: 1 }], waiting: { claims: 0, pence: 0 } });
      expect(await submit(claim.id, person, [line('80')])).toMatchObject({ status: 200 });
      await paid(claim.id);
      expect(await pot()).toEqual({ available: 950_000, committed: 42_000, spent: 8_000 });
      expect((await kindsOf(applicationId)).slice(-5)).toEqual([
        'claim-paid',
        'payment-rejected',
        'claim-submitted',
        'claim-approved',
        'claim-paid',
      ]);
      expect(await harness.sql(`select from ledger_entry where claim_id = $1`, [claim.id])).toHaveLength(3);
      expect(await faultsOfBooks(harness)).toEqual([]);
    });

    it('moves along its table alone', async () => {
      const { awardId, person } = await accepted();
      const { id } = await sent(awardId, person, ['5']);
      const set = (status: ClaimStatus) =>
        harness.sql(
          `update claim set status = $2, decided_by = case when $2 in ('approved', 'paid', 'payment-rejected') then $3::uuid end,
             reason = case when $2 in ('returned', 'payment-rejected') then 'Why' end, version = version + 1 where id = $1`,
          [id, status, officer.personId],
        );
      const deeds: Readonly<Record<string, { from: ClaimStatus[]; more: object; as: 'officer' | 'person' }>> = {
        submit: {
          from: ['draft', 'returned', 'payment-rejected'],
          more: { lines: [line('5')], last: false },
          as: 'person',
        },
        approve: { from: ['submitted'], more: { costCodeId: null }, as: 'officer' },
        return: { from: ['submitted', 'approved'], more: { reason: 'Why' }, as: 'officer' },
        'reject-payment': { from: ['approved', 'paid'], more: { reason: 'Why' }, as: 'officer' },
      };
      for (const status of claimStatuses) {
        await set(status);
        for (const [deed, { from, more, as }] of Object.entries(deeds)) {
          if (from.includes(status) || (as === 'officer' && status === 'draft')) continue;
          const { version } = await seen(id, person);
          const answer = await harness.post(`funding/claims/${id}/${deed}`, as === 'officer' ? officer : person, {
            version,
            ...more,
          });
          const { refusal } = answer.body as { refusal?: string };
          expect(`${deed} while ${status}: ${refusal}`).toBe(`${deed} while ${status}: status-refused`);
        }
      }
    });
  });

  describe('a batch', () => {
    it('of nothing is refused; what is in one is in no other; a claim can be taken out again', async () => {
      expect(await harness.post('funding/batches', officer)).toMatchObject({
        status: 409,
        body: { refusal: 'batch-empty' },
      });
      const { awardId, person } = await accepted();
      const claim = await sent(awardId, person, ['5']);
      await approve(claim.id);
      const made = await Promise.all([1, 2, 3].map(() => harness.post('funding/batches', officer)));
      expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      const one = batchView.parse(made.find(({ status }) => status === 201)?.body);
      expect(
        await harness.post(`funding/batches/${one.id}/remove`, officer, { version: one.version, claimId: claim.id }),
      ).toMatchObject({
        status: 200,
        body: { claims: 0, pence: 0 },
      });
      expect(await harness.post(`funding/batches/${one.id}/pay`, officer, { version: one.version + 1 })).toMatchObject({
        body: { refusal: 'batch-empty' },
      });
      expect(await pay(one)).toMatchObject({ body: { refusal: 'changed-meanwhile' } });
      expect((await seen(claim.id, officer)).batch).toBeNull();
      const two = await batch();
      expect(two).toMatchObject({ number: 2, claims: 1 });
      const returned = await decide(claim.id, 'return', { reason: 'A second look.' });
      expect(returned).toMatchObject({ status: 200, body: { status: 'returned', batch: null } });
      expect(await pay(two)).toMatchObject({ body: { refusal: 'changed-meanwhile' } });
    });

    it('paid twice at once is paid once', async () => {
      const claims = await Promise.all(
        Array.from({ length: 5 }, async () => {
          const { awardId, person } = await accepted();
          return sent(awardId, person, ['10']);
        }),
      );
      await harness.post('funding/claims/approve', officer, {
        claims: claims.map(({ id, version }) => ({ id, version })),
      });
      const made = await batch();
      const other = await harness.somebody(institutionId, ['finance-officer']);
      const answers = await Promise.all([pay(made), pay(made, other), pay(made), pay(made, other)]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await pot()).toMatchObject({ spent: 5_000 });
      const now = batchView.parse((await harness.get(`funding/batches/${made.id}`, officer)).body);
      expect(await pay(now)).toMatchObject({ status: 409, body: { refusal: 'status-refused' } });
      const [claim] = now.rows;
      expect(
        await harness.post(`funding/batches/${made.id}/remove`, officer, { version: now.version, claimId: claim?.id }),
      ).toMatchObject({
        body: { refusal: 'status-refused' },
      });
      expect(await faultsOfBooks(harness)).toEqual([]);
    });

    it('that fails late leaves nothing behind', async () => {
      const { awardId, person } = await accepted();
      const claim = await sent(awardId, person, ['10']);
      await approve(claim.id);
      const made = await batch();
      await harness.sql(`alter table audit_entry add constraint late check (act <> 'batch.pay') not valid`);
      try {
        expect((await pay(made)).status).toBe(500);
      } finally {
        await harness.sql(`alter table audit_entry drop constraint late`);
      }
      expect(await pot()).toEqual({ available: 950_000, committed: 50_000, spent: 0 });
      expect((await seen(claim.id, officer)).status).toBe('approved');
      expect(await pay(made)).toMatchObject({ status: 200 });
    });
  });

  describe('the last claim', () => {
    it('releases what is left, and closes the award', async () => {
      const { awardId, person, applicationId } = await accepted();
      const claim = await sent(awardId, person, ['420.10'], true);
      expect(await harness.post(`funding/awards/${awardId}/claims`, person)).toMatchObject({
        body: { refusal: 'last-claim-sent' },
      });
      await paid(claim.id);
      expect(await award(awardId, person)).toMatchObject({
        status: 'closed',
        figures: { awardedPence: 50_000, spentPence: 42_010, releasedPence: 7_990, committedPence: 0, leftPence: 0 },
      });
      expect((await kindsOf(applicationId)).slice(-3)).toEqual(['claim-paid', 'released', 'award-closed']);
      expect(await pot()).toEqual({ available: 957_990, committed: 0, spent: 42_010 });
    });

    it('of nothing gives all of it back at once', async () => {
      const { awardId, person } = await accepted();
      const claim = await sent(awardId, person, [], true);
      expect(await approve(claim.id)).toMatchObject({ status: 200, body: { status: 'paid' } });
      expect(await award(awardId, person)).toMatchObject({ status: 'closed', figures: { releasedPence: 50_000 } });
      const [letter] = await harness.sql<{ body: string }>(
        `select body from mail_message m join person p on p.email = m.recipient where p.id = $1 and subject like '%approved'`,
        [person.personId],
      );
      expect(letter?.body).toContain('You claimed nothing more, so what was left of the award goes back to the fund.');
      expect(letter?.body).not.toContain('advance');
    });

    it('waits while a report is overdue, at approval and at payment, and names the report', async () => {
      const { awardId, person } = await accepted();
      const claim = await sent(awardId, person, ['10'], true);
      const due = (day: string) =>
        harness.sql(`update obligation set event_ends_on = '2027-01-01', due_on = $2 where source_id = $1`, [
          awardId,
          day,
        ]);
      await due('2027-06-13');
      expect(await approve(claim.id)).toMatchObject({
        status: 409,
        body: { refusal: 'claim-held', facts: { subject: 'Society for Glass', dueOn: '2027-06-13' } },
      });
      expect(await seen(claim.id, officer)).toMatchObject({ heldFor: { subject: 'Society for Glass' } });
      expect(await harness.get('funding/claims?held=true', officer)).toMatchObject({
        body: { total: 1, rows: [{ held: true, mayApprove: false }] },
      });
      await due('2027-06-14');
      expect(await harness.get('funding/claims?held=true', officer)).toMatchObject({ body: { total: 0 } });
      expect(await approve(claim.id)).toMatchObject({ status: 200 });
      const made = await batch();
      await due('2027-06-13');
      expect(await pay(made)).toMatchObject({ status: 409, body: { refusal: 'claim-held' } });
      await harness.sql(`update obligation set status = 'accepted' where source_id = $1`, [awardId]);
      expect(await pay(made)).toMatchObject({ status: 200 });
    });

    it('one that is not the last is not held', async () => {
      const { awardId, person } = await accepted();
      const claim = await sent(awardId, person, ['10']);
      await harness.sql(
        `update obligation set event_ends_on = '2027-01-01', due_on = '2027-06-13' where source_id = $1`,
        [awardId],
      );
      expect(await approve(claim.id)).toMatchObject({ status: 200 });
    });

    it('paid and sent back by the bank, it is paid from its own money though the award is closed', async () => {
      const { awardId, person } = await accepted();
      const claim = await sent(awardId, person, ['420'], true);
      await paid(claim.id);
      await decide(claim.id, 'reject-payment', { reason: 'No such account.' });
      expect(await award(awardId, person)).toMatchObject({
        status: 'closed',
        figures: { committedPence: 42_000, spentPence: 0, releasedPence: 8_000 },
      });
      expect(await submit(claim.id, person, [line('420.01')], true)).toMatchObject({
        body: { refusal: 'claim-over-award' },
      });
      expect(await submit(claim.id, person, [line('420')], true)).toMatchObject({ status: 200 });
      await paid(claim.id);
      expect(await pot()).toEqual({ available: 958_000, committed: 0, spent: 42_000 });
      expect(await faultsOfBooks(harness)).toEqual([]);
    });
  });

  describe('an advance', () => {
    const withAdvance = async (pence: number) => {
      const made = await accepted({ upFrontPence: 30_000, upFrontBy: 'advance' });
      expect(await act(made.awardId, made.person, 'advance', { amountPence: pence })).toMatchObject({ status: 200 });
      const [row] = await harness.sql<{ id: string }>(`select id from claim where award_id = $1`, [made.awardId]);
      return { ...made, advanceId: row?.id ?? '' };
    };

    it('is at most what has to be paid up front, and asked for once at a time', async () => {
      const { awardId, person } = await accepted({ upFrontPence: 30_000 });
      expect(await award(awardId, person)).toMatchObject({ advanceMostPence: 30_000, may: { askAdvance: true } });
      expect(await act(awardId, person, 'advance', { amountPence: 30_001 })).toMatchObject({
        status: 409,
        body: { refusal: 'advance-over-limit', facts: { mostPence: 30_000 } },
      });
      for (const amountPence of [0, -5, 1.5, 1e12])
        expect((await act(awardId, person, 'advance', { amountPence })).status).toBe(422);
      expect(await act(awardId, person, 'advance', { amountPence: 10_000 })).toMatchObject({ status: 200 });
      expect(await act(awardId, person, 'advance', { amountPence: 10_000 })).toMatchObject({
        status: 409,
        body: { refusal: 'advance-asked' },
      });
    });

    it('is paid before anything is spent, and settled by the claims that follow', async () => {
      const { awardId, person, advanceId } = await withAdvance(30_000);
      await paid(advanceId);
      expect((await award(awardId, person)).figures).toMatchObject({
        advancedPence: 30_000,
        spentPence: 30_000,
        committedPence: 20_000,
        leftPence: 50_000,
      });
      const claim = await sent(awardId, person, ['350.00']);
      expect(claim).toMatchObject({ claimedPence: 35_000, settlesPence: 30_000 });
      await paid(claim.id);
      expect((await award(awardId, person)).figures).toMatchObject({
        spentPence: 35_000,
        settledPence: 30_000,
        leftPence: 15_000,
        owedPence: 0,
      });
      expect(await pot()).toMatchObject({ spent: 35_000, committed: 15_000 });
    });

    it('that covers a claim whole needs no payment run', async () => {
      const { awardId, person, advanceId } = await withAdvance(30_000);
      await paid(advanceId);
      const claim = await sent(awardId, person, ['300.00'], true);
      expect(await approve(claim.id)).toMatchObject({ status: 200, body: { status: 'paid' } });
      expect(await award(awardId, person)).toMatchObject({
        status: 'closed',
        figures: { spentPence: 30_000, releasedPence: 20_000, owedPence: 0 },
      });
      expect(await decide(claim.id, 'reject-payment', { reason: 'Why' })).toMatchObject({
        body: { refusal: 'status-refused' },
      });
    });

    it('larger than the claims is owed back, and what comes back goes to the pot', async () => {
      const { awardId, person, advanceId } = await withAdvance(30_000);
      await paid(advanceId);
      const claim = await sent(awardId, person, ['100.00'], true);
      await approve(claim.id);
      expect(await award(awardId, officer)).toMatchObject({
        status: 'closed',
        figures: { owedPence: 20_000 },
        may: { recordRepayment: true },
      });
      const [letter] = await harness.sql<{ body: string }>(
        `select body from mail_message m join person p on p.email = m.recipient where p.id = $1 and subject like 'Your claim%approved'`,
        [person.personId],
      );
      expect(letter?.body).toContain('£200.00 of what was paid to you in advance is more than you claimed.');
      expect(await act(awardId, officer, 'repayment', { amountPence: 20_001 })).toMatchObject({
        status: 409,
        body: { refusal: 'repayment-over-owed', facts: { owedPence: 20_000 } },
      });
      expect(await act(awardId, officer, 'repayment', { amountPence: 15_000 })).toMatchObject({
        status: 200,
        body: { figures: { owedPence: 5_000 } },
      });
      expect(await act(awardId, officer, 'repayment', { amountPence: 5_000 })).toMatchObject({
        status: 200,
        body: { figures: { owedPence: 0, spentPence: 10_000, releasedPence: 40_000 } },
      });
      expect(await pot()).toEqual({ available: 990_000, committed: 0, spent: 10_000 });
      expect(
        await harness.post(`funding/awards/${awardId}/repayment`, person, { version: 1, amountPence: 1 }),
      ).toMatchObject({ status: 403 });
      expect(await faultsOfBooks(harness)).toEqual([]);
    });

    it('returned, it holds nothing and can be asked for anew', async () => {
      const { awardId, person, advanceId } = await withAdvance(30_000);
      await decide(advanceId, 'return', { reason: 'Less, please.' });
      expect((await award(awardId, person)).figures.leftPence).toBe(50_000);
      expect(await act(awardId, person, 'advance', { amountPence: 5_000 })).toMatchObject({ status: 200 });
      expect(await harness.sql(`select from claim where award_id = $1`, [awardId])).toHaveLength(1);
    });

    it('is not asked for once something was claimed', async () => {
      const { awardId, person } = await accepted({ upFrontPence: 30_000 });
      await sent(awardId, person, ['5']);
      expect(await act(awardId, person, 'advance', { amountPence: 100 })).toMatchObject({
        body: { refusal: 'advance-over-limit' },
      });
    });
  });

  it('a claim under way is held past the claim-by date, and the award closes once it is paid', async () => {
    const { awardId, person } = await accepted();
    const claim = await sent(awardId, person, ['100']);
    clock.moveTo(new Date('2028-02-01T09:00:00Z'));
    await harness.tick('release-unclaimed');
    officer.cookie = (await harness.signIn(institutionId, officer.personId)).cookie;
    person.cookie = (await harness.signIn(institutionId, person.personId)).cookie;
    expect(await award(awardId, person)).toMatchObject({
      status: 'accepted',
      figures: { committedPence: 10_000, releasedPence: 40_000 },
    });
    await harness.sql(`update obligation set status = 'accepted' where source_id = $1`, [awardId]);
    await paid(claim.id);
    await harness.tick('release-unclaimed');
    expect(await award(awardId, person)).toMatchObject({
      status: 'closed',
      figures: { spentPence: 10_000, releasedPence: 40_000 },
    });
  });

  it('sent back at the very end, it is waited for thirty days', async () => {
    const { awardId, person } = await accepted();
    const claim = await sent(awardId, person, ['100']);
    clock.moveTo(new Date('2028-02-01T09:00:00Z'));
    officer.cookie = (await harness.signIn(institutionId, officer.personId)).cookie;
    await decide(claim.id, 'return', { reason: 'One more thing.' });
    await harness.tick('release-unclaimed');
    const left = async () =>
      (
        await harness.sql<{ pence: number }>(
          `select committed_pence::float8 as pence from award_figures where award_id = $1`,
          [awardId],
        )
      )[0]?.pence;
    expect(await left()).toBe(10_000);
    clock.moveTo(new Date('2028-03-03T09:00:00Z'));
    await harness.tick('release-unclaimed');
    expect(await left()).toBe(0);
    person.cookie = (await harness.signIn(institutionId, person.personId)).cookie;
    expect(await submit(claim.id, person, [line('100')])).toMatchObject({ body: { refusal: 'claim-over-award' } });
  });

  it('a receipt is shown to its person and to who decides, as an attachment, and to nobody else', async () => {
    const { awardId, person } = await accepted();
    const { id } = await begun(awardId, person);
    const fileId = await receipt(person);
    const path = `funding/claims/${id}/files/${fileId}`;
    await harness.put(`funding/claims/${id}/draft`, person, {
      version: 1,
      lines: [line('5', { fileIds: [fileId] })],
      last: false,
    });
    expect((await harness.get(path, person)).status).toBe(200);
    expect((await harness.get(path, officer)).status).toBe(404);
    await submit(id, person, [line('5', { fileIds: [fileId] })]);
    const answer = await harness.get(path, officer);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    for (const as of [
      await harness.somebody(institutionId),
      await harness.somebody(institutionId, ['programme-lead']),
      await harness.somebody(await harness.institution('Elsewhere'), ['finance-officer']),
    ])
      expect((await harness.get(path, as)).status).toBe(404);
    expect((await harness.get(`funding/claims/${id}/files/${randomUUIDv7()}`, officer)).status).toBe(404);
  });

  it('the very same receipt on another claim is shown to who decides', async () => {
    const one = await accepted();
    const two = await accepted();
    const content = Buffer.concat([png, randomBytesOf(8)]);
    for (const { awardId, person } of [one, two]) {
      const { id } = await begun(awardId, person);
      await submit(id, person, [line('5', { fileIds: [await receipt(person, 'receipt', content)] })]);
    }
    const page = (await harness.get('funding/claims', officer)).body as { rows: { id: string; reference: string }[] };
    const view = await seen(page.rows[0]?.id ?? '', officer);
    expect(view.files[0]?.alsoOn).toMatchObject([{ reference: page.rows[1]?.reference, number: 1 }]);
    expect((await seen(view.id, one.person)).files[0]?.alsoOn).toEqual([]);
  });

  it('the list filters, sorts, pages and exports what is shown', async () => {
    for (const amount of ['30', '10', '20']) {
      const { awardId, person } = await accepted();
      await sent(awardId, person, [amount], amount === '20');
    }
    const list = async (query: string) =>
      (await harness.get(`funding/claims?${query}`, officer)).body as {
        total: number;
        toPayPence: number;
        rows: { claimedPence: number }[];
      };
    expect((await list('sort=-amount')).rows.map(({ claimedPence }) => claimedPence)).toEqual([3_000, 2_000, 1_000]);
    expect(await list('pageSize=2&page=2')).toMatchObject({
      total: 3,
      toPayPence: 6_000,
      rows: [{ claimedPence: 2_000 }],
    });
    expect(await list(`callId=${call.callId}&kind=claim&status=submitted&search=glass&sort=name`)).toMatchObject({
      total: 3,
    });
    expect(await list('kind=advance')).toMatchObject({ total: 0, toPayPence: 0 });
    const file = await harness.get('funding/claims/export?sort=-amount', officer);
    expect(String(file.body).split('\n')[1]).toContain(',30,30,');
    const xlsx = await harness.get('funding/claims/export?format=xlsx', officer);
    expect(xlsx.headers.get('content-type')).toContain('spreadsheetml');
  });

  it('waits on the home of its person, and of who decides, never one’s own', async () => {
    const finance = await harness.somebody(institutionId, ['finance-officer']);
    const { awardId } = await accepted({ personId: finance.personId });
    const claim = await sent(awardId, finance, ['5']);
    const tasks = async (as: SignedIn) =>
      ((await harness.get('home', as)).body as { tasks: { kind: string; count: number | null }[] }).tasks
        .filter(({ kind }) => kind.includes('claim'))
        .map(({ kind, count }) => [kind, count]);
    expect(await tasks(officer)).toEqual([['decide-claim', 1]]);
    expect(await tasks(finance)).toEqual([]);
    await decide(claim.id, 'return', { reason: 'Why' });
    expect(await tasks(finance)).toEqual([['mend-claim', null]]);
    await submit(claim.id, finance, [line('5')]);
    await approve(claim.id);
    expect(await tasks(officer)).toEqual([['pay-claims', 1]]);
  });
});

const randomBytesOf = (count: number): Buffer =>
  Buffer.from(Array.from({ length: count }, (_, at) => (at * 37 + Date.now()) % 256));
