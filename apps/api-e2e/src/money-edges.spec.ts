import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import { type ClaimLineDraft, claimView, type ClaimView, fundAwardView, type FundAwardView } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { type ApplicationFacts, AwardsRecords, type CallRecord, faultsOfBooks, within } from './awards-records';
import { Harness, type SignedIn } from './harness';

const start = new Date('2027-06-14T10:00:00Z');

/** Where money turns back on itself: advances, rejections, repayments and the end of a year, one after the other. */
describe('the edges of awards’ money', () => {
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
  const line = (amount: string): ClaimLineDraft => ({
    id: randomUUIDv7(),
    category: 'travel',
    what: 'Train to Leeds',
    amount,
    fileIds: [],
    noReceiptBecause: 'The machine gave none.',
  });
  const seen = async (id: string, as: SignedIn): Promise<ClaimView> =>
    claimView.parse((await harness.get(`funding/claims/${id}`, as)).body);
  const submit = async (id: string, as: SignedIn, amounts: string[], last = false) =>
    harness.post(`funding/claims/${id}/submit`, as, {
      version: (await seen(id, as)).version,
      lines: amounts.map(line),
      last,
    });
  const sent = async (awardId: string, as: SignedIn, amounts: string[], last = false): Promise<string> => {
    const { id } = claimView.parse((await harness.post(`funding/awards/${awardId}/claims`, as)).body);
    expect(await submit(id, as, amounts, last)).toMatchObject({ status: 200, body: { status: 'submitted' } });
    return id;
  };
  const decide = async (id: string, deed: string, more: object) =>
    harness.post(`funding/claims/${id}/${deed}`, officer, { version: (await seen(id, officer)).version, ...more });
  const paid = async (id: string): Promise<void> => {
    expect(await decide(id, 'approve', { costCodeId: null })).toMatchObject({ status: 200 });
    const made = (await harness.post('funding/batches', officer)).body as { id: string; version: number };
    expect(await harness.post(`funding/batches/${made.id}/pay`, officer, { version: made.version })).toMatchObject({
      status: 200,
    });
  };
  const advanced = async (pence: number, facts: ApplicationFacts = {}) => {
    const made = await accepted({ upFrontPence: 30_000, upFrontBy: 'advance', ...facts });
    expect(await act(made.awardId, made.person, 'advance', { amountPence: pence })).toMatchObject({ status: 200 });
    const [row] = await harness.sql<{ id: string }>(`select id from claim where award_id = $1`, [made.awardId]);
    return { ...made, advanceId: row?.id ?? '' };
  };
  const pot = async (id = call.potId) =>
    (
      await harness.sql<{ available: number; committed: number; spent: number }>(
        `select available_pence::float8 as available, committed_pence::float8 as committed, spent_pence::float8 as spent
         from pot_figures where pot_id = $1`,
        [id],
      )
    )[0];
  /** Nothing that was freed waits to be offered. */
  const quiet = () =>
    harness.until(
      () =>
        harness.sql(
          `select from outbox where topic = 'funding.money-freed'
           union all select from queue.job where name = 'funding-promote-reserve' and state < 'completed'`,
        ),
      (waiting) => waiting.length === 0,
    );
  const rolledOver = async (): Promise<string> => {
    const { version } = (await harness.get(`funding/pots/${call.potId}`, officer)).body as { version: number };
    const answer = await harness.post(`funding/pots/${call.potId}/roll-over`, officer, { version });
    expect(answer).toMatchObject({ status: 200 });
    return (answer.body as { id: string }).id;
  };

  it('an advance that the bank sent back and finance then returned can be asked for anew, and is paid', async () => {
    const { awardId, person, advanceId } = await advanced(30_000);
    await paid(advanceId);
    await decide(advanceId, 'reject-payment', { reason: 'No such account.' });
    expect(await submit(advanceId, person, [])).toMatchObject({ status: 200, body: { claimedPence: 30_000 } });
    expect(await decide(advanceId, 'return', { reason: 'Less, please.' })).toMatchObject({ status: 200 });
    expect(await act(awardId, person, 'advance', { amountPence: 20_000 })).toMatchObject({ status: 200 });
    const claims = (await award(awardId, person)).claims;
    const asked = claims.find(({ status }) => status === 'submitted');
    expect(asked).toMatchObject({ kind: 'advance', claimedPence: 20_000 });
    await paid(asked?.id ?? '');
    expect((await award(awardId, person)).figures).toMatchObject({ advancedPence: 20_000, committedPence: 30_000 });
    expect(await pot()).toEqual({ available: 950_000, committed: 30_000, spent: 20_000 });
    expect(await faultsOfBooks(harness)).toEqual([]);
  });

  it('an advance waits to be mended before another is asked for', async () => {
    const { awardId, person, advanceId } = await advanced(10_000);
    await paid(advanceId);
    await decide(advanceId, 'reject-payment', { reason: 'No such account.' });
    expect(await act(awardId, person, 'advance', { amountPence: 10_000 })).toMatchObject({
      status: 409,
      body: { refusal: 'advance-asked' },
    });
  });

  it('an advance that was returned is asked for anew, never sent again past its bounds', async () => {
    const { awardId, person, advanceId } = await advanced(30_000);
    await decide(advanceId, 'return', { reason: 'What is it for?' });
    await sent(awardId, person, ['5']);
    expect(await submit(advanceId, person, [])).toMatchObject({ status: 409, body: { refusal: 'status-refused' } });
    expect(await act(awardId, person, 'advance', { amountPence: 1 })).toMatchObject({
      body: { refusal: 'advance-over-limit' },
    });
  });

  it('no advance is asked for after the claim-by date, when nothing could settle it', async () => {
    const { awardId, person } = await accepted({ upFrontPence: 30_000 });
    clock.moveTo(new Date('2028-02-01T00:00:01Z'));
    person.cookie = (await harness.signIn(institutionId, person.personId)).cookie;
    expect(await award(awardId, person)).toMatchObject({ advanceMostPence: 0, may: { askAdvance: false } });
    expect(await act(awardId, person, 'advance', { amountPence: 10_000 })).toMatchObject({
      status: 409,
      body: { refusal: 'claim-by-passed' },
    });
  });

  it('whoever’s event ends after the last day to claim has thirty days after it, also promoted; the letter says so', async () => {
    call = await records.call({ fundedPence: 50_000, budgetPence: 50_000, claimBy: '2027-07-01' });
    const late = { startsOn: '2027-07-14', endsOn: '2027-07-16' };
    const first = await records.award(call, late);
    expect(await award(first.awardId, first.person)).toMatchObject({ claimBy: '2027-08-15' });
    const [waiting] = await records.applications(call.callId, [{ status: 'reserve', reserveRank: 1, ...late }]);
    await records.published(call.callId);
    expect(await act(first.awardId, first.person, 'refuse')).toMatchObject({ status: 200 });
    const letters = () =>
      harness.sql<{ body: string }>(
        `select body from mail_message m join person p on p.email = m.recipient where p.id = $1`,
        [waiting?.personId],
      );
    const [letter] = await harness.until(letters, (rows) => rows.length > 0);
    expect(letter?.body).toContain('claims are taken until Sunday 15 August 2027');
    expect(await harness.sql(`select claim_by::text from award where application_id = $1`, [waiting?.id])).toEqual([
      { claim_by: '2027-08-15' },
    ]);
  });

  it('whoever has not said how their abstract stands is reminded to say so before they claim', async () => {
    const { person } = await accepted({ onAbstract: true });
    clock.moveTo(new Date('2028-01-20T09:00:00Z'));
    await harness.tick('remind-to-claim');
    const [letter] = await harness.sql<{ body: string }>(
      `select body from mail_message m join person p on p.email = m.recipient where p.id = $1`,
      [person.personId],
    );
    expect(letter?.body).toContain('Before that, say on the page of the award whether your abstract was accepted.');
  });

  it('a repayment is offered to the next on the reserve list', async () => {
    call = await records.call({ fundedPence: 30_000, budgetPence: 30_000 });
    const { awardId, person, advanceId } = await advanced(30_000, { askedPence: 30_000 });
    const [waiting] = await records.applications(call.callId, [
      { status: 'reserve', reserveRank: 1, askedPence: 20_000 },
    ]);
    await records.published(call.callId);
    await paid(advanceId);
    expect(await decide(await sent(awardId, person, ['50.00'], true), 'approve', { costCodeId: null })).toMatchObject({
      body: { status: 'paid' },
    });
    expect(await act(awardId, officer, 'repayment', { amountPence: 25_000 })).toMatchObject({ status: 200 });
    const status = async () =>
      (await harness.sql<{ status: string }>(`select status from application where id = $1`, [waiting?.id]))[0]?.status;
    expect(await harness.until(status, (now) => now !== 'reserve', 10)).toBe('awarded');
    expect(await pot()).toEqual({ available: 5_000, committed: 20_000, spent: 5_000 });
    expect(await faultsOfBooks(harness)).toEqual([]);
  });

  it('a last claim that the bank sent back and that comes again with less releases the rest at once', async () => {
    const { awardId, person } = await accepted();
    const id = await sent(awardId, person, ['420'], true);
    await paid(id);
    await decide(id, 'reject-payment', { reason: 'No such account.' });
    expect(await submit(id, person, ['400'], true)).toMatchObject({ status: 200 });
    await paid(id);
    expect(await award(awardId, person)).toMatchObject({
      status: 'closed',
      figures: { committedPence: 0, spentPence: 40_000, releasedPence: 10_000 },
    });
    expect(await pot()).toEqual({ available: 960_000, committed: 0, spent: 40_000 });
  });

  it('of a claim that is not the last, and comes again after the award has closed, the rest is released as well', async () => {
    const { awardId, person } = await accepted();
    const first = await sent(awardId, person, ['100']);
    await paid(first);
    const last = await sent(awardId, person, ['50'], true);
    // What the bank or finance sends back waits for nothing, whatever else the person has begun.
    expect(await decide(first, 'reject-payment', { reason: 'No such account.' })).toMatchObject({ status: 200 });
    await paid(last);
    expect((await award(awardId, person)).figures).toMatchObject({ committedPence: 10_000, releasedPence: 35_000 });
    expect(await submit(first, person, ['80'])).toMatchObject({ status: 200 });
    await paid(first);
    expect(await award(awardId, person)).toMatchObject({
      status: 'closed',
      figures: { committedPence: 0, spentPence: 13_000, releasedPence: 37_000 },
    });
    expect(await faultsOfBooks(harness)).toEqual([]);
  });

  it('an approved claim is returned though the next is begun; each is mended and sent, one at a time', async () => {
    const { awardId, person } = await accepted();
    const first = await sent(awardId, person, ['100']);
    expect(await decide(first, 'approve', { costCodeId: null })).toMatchObject({ status: 200 });
    const second = claimView.parse((await harness.post(`funding/awards/${awardId}/claims`, person)).body);
    expect(await decide(first, 'return', { reason: 'Which train?' })).toMatchObject({ status: 200 });
    // What came back is gone on with first, and holds its money.
    expect(await harness.post(`funding/awards/${awardId}/claims`, person)).toMatchObject({ body: { id: first } });
    expect(await submit(second.id, person, ['400.01'])).toMatchObject({ body: { refusal: 'claim-over-award' } });
    expect(await submit(second.id, person, ['400.00'])).toMatchObject({ status: 200 });
    expect(await submit(first, person, ['100'])).toMatchObject({ status: 409, body: { refusal: 'claim-open' } });
    await paid(second.id);
    expect(await submit(first, person, ['100'])).toMatchObject({ status: 200 });
    expect(await harness.post(`funding/awards/${awardId}/claims`, person)).toMatchObject({
      status: 409,
      body: { refusal: 'claim-open' },
    });
    await paid(first);
    expect((await award(awardId, person)).figures).toMatchObject({ committedPence: 0, spentPence: 50_000 });
  });

  it('what was paid in a year that was rolled over stays in its books: neither paid back nor rejected in the next', async () => {
    const { awardId, person, advanceId } = await advanced(30_000);
    await paid(advanceId);
    const into = await rolledOver();
    const closed = { status: 409, body: { refusal: 'pot-closed' } };
    expect(await act(awardId, officer, 'repayment', { amountPence: 10_000 })).toMatchObject(closed);
    expect(await decide(advanceId, 'reject-payment', { reason: 'No such account.' })).toMatchObject(closed);
    // Also where the new year has spent more than that already.
    await paid(await sent(awardId, person, ['450.00']));
    expect(await pot(into)).toEqual({ available: 950_000, committed: 5_000, spent: 15_000 });
    const other = await accepted({ upFrontPence: 30_000 });
    await paid(await sent(other.awardId, other.person, ['400.00']));
    expect(await act(awardId, officer, 'repayment', { amountPence: 1 })).toMatchObject({
      body: { refusal: 'repayment-over-owed' },
    });
    expect(await pot(call.potId)).toEqual({ available: 0, committed: 0, spent: 30_000 });
    expect(await faultsOfBooks(harness)).toEqual([]);
  });

  it('an advance of which something was paid back was paid: the bank cannot have sent it back', async () => {
    const { awardId, person, advanceId } = await advanced(30_000);
    await paid(advanceId);
    expect(await decide(await sent(awardId, person, ['100.00']), 'approve', { costCodeId: null })).toMatchObject({
      body: { status: 'paid' },
    });
    const other = await accepted();
    await paid(await sent(other.awardId, other.person, ['400.00']));
    expect(await act(awardId, officer, 'repayment', { amountPence: 10_000 })).toMatchObject({ status: 200 });
    expect(await decide(advanceId, 'reject-payment', { reason: 'No such account.' })).toMatchObject({
      status: 409,
      body: { refusal: 'award-overdrawn' },
    });
    expect((await award(awardId, officer)).figures).toMatchObject({ advancedPence: 20_000, committedPence: 20_000 });
    expect(await faultsOfBooks(harness)).toEqual([]);
  });

  describe('steps along the tables that are seldom taken', () => {
    const changed = async (facts: ApplicationFacts = {}) => {
      const lineManagerId = await harness.person(institutionId, { name: 'Mana Ger' });
      const personId = await harness.person(institutionId, { lineManagerId });
      const made = await accepted({ personId, ...facts });
      const moved = {
        eventName: 'Society for Glass',
        eventStartsOn: '2027-07-06',
        eventEndsOn: '2027-07-08',
        why: 'Moved',
      };
      expect(await act(made.awardId, made.person, 'change', moved)).toMatchObject({ body: { status: 'changed' } });
      return made;
    };
    const statusOf = async (awardId: string) =>
      (await harness.sql<{ status: string }>(`select status from award where id = $1`, [awardId]))[0]?.status;
    /** Nobody is asked about a change of what is over. */
    const asked = (applicationId: string) =>
      harness.sql(`select from endorsement where application_id = $1 and status = 'asked'`, [applicationId]);
    const leave = async (person: SignedIn) => {
      await harness.sql(`update person set left_on = '2027-03-01' where id = $1`, [person.personId]);
      await within(harness, institutionId, (tx) =>
        tx.emit('person.left', { personId: person.personId, lastDay: '2027-03-01' }),
      );
    };

    it.each<[string, string, (made: Awaited<ReturnType<typeof changed>>) => Promise<unknown>]>([
      [
        'the event is off',
        'cancelled',
        ({ awardId, person }) => act(awardId, person, 'cancel', { nothingToClaim: false }),
      ],
      [
        'it is off, with nothing to claim',
        'closed',
        ({ awardId, person }) => act(awardId, person, 'cancel', { nothingToClaim: true }),
      ],
      [
        'the abstract is declined',
        'cancelled',
        ({ awardId, person }) => act(awardId, person, 'abstract', { abstract: 'declined' }),
      ],
      ['the person leaves', 'closed', ({ person }) => leave(person)],
      [
        'the application is withdrawn',
        'closed',
        async ({ applicationId, person }) => {
          const { version } = (await harness.get(`funding/applications/${applicationId}`, person)).body as {
            version: number;
          };
          expect(
            await harness.post(`funding/applications/${applicationId}/withdraw`, person, { version }),
          ).toMatchObject({ status: 200 });
        },
      ],
      [
        'the claim-by date passes',
        'closed',
        async () => {
          clock.moveTo(new Date('2028-02-01T09:00:00Z'));
          await harness.tick('release-unclaimed');
        },
      ],
    ])('changed, and then %s: it is %s, and the manager is asked nothing more', async (_, to, deed) => {
      const made = await changed({ onAbstract: true });
      expect(await asked(made.applicationId)).toHaveLength(1);
      await deed(made);
      expect(
        await harness.until(
          () => statusOf(made.awardId),
          (now) => now !== 'changed',
          10,
        ),
      ).toBe(to);
      expect(await asked(made.applicationId)).toHaveLength(0);
      const figures = await pot();
      expect(figures).toEqual(
        to === 'closed'
          ? { available: 1_000_000, committed: 0, spent: 0 }
          : { available: 950_000, committed: 50_000, spent: 0 },
      );
    });

    it.each(['attended', 'cancelled'])('%s, it closes with the last claim', async (status) => {
      const { awardId, person } = await accepted();
      if (status === 'attended') await harness.tick('attend-after-events');
      else await act(awardId, person, 'cancel', { nothingToClaim: false });
      expect(await statusOf(awardId)).toBe(status);
      const id = await sent(awardId, person, ['77.01'], true);
      await paid(id);
      expect(await award(awardId, person)).toMatchObject({
        status: 'closed',
        figures: { spentPence: 7_701, releasedPence: 42_299, committedPence: 0 },
      });
    });

    it('approved and in a batch, its payment is rejected before it was made: out of the batch, nothing moved, sent again', async () => {
      const { awardId, person } = await accepted();
      const id = await sent(awardId, person, ['100']);
      expect(await decide(id, 'approve', { costCodeId: null })).toMatchObject({ status: 200 });
      const batch = (await harness.post('funding/batches', officer)).body as { id: string };
      expect(await decide(id, 'reject-payment', { reason: 'The account is closed.' })).toMatchObject({
        status: 200,
        body: { status: 'payment-rejected', batch: null },
      });
      expect(await harness.post(`funding/batches/${batch.id}/pay`, officer, { version: 2 })).toMatchObject({
        body: { refusal: 'batch-empty' },
      });
      expect(await pot()).toEqual({ available: 950_000, committed: 50_000, spent: 0 });
      expect(await submit(id, person, ['100'])).toMatchObject({ status: 200 });
      await paid(id);
      expect(await pot()).toEqual({ available: 950_000, committed: 40_000, spent: 10_000 });
    });
  });

  it('everything at once: answers, advances, claims, payments, a pot cut, a transfer, the end of the year and the reserve list', async () => {
    for (let round = 0; round < 2; round += 1) {
      call = await records.call({ fundedPence: 600_000, budgetPence: 500_000 });
      const other = await records.call({ fundedPence: 1_000 });
      const offered = [];
      for (let at = 0; at < 4; at += 1) offered.push(await records.award(call, { askedPence: 50_000 }));
      const taken = [];
      for (let at = 0; at < 3; at += 1) taken.push(await advanced(20_000));
      const sentBefore = [];
      for (let at = 0; at < 3; at += 1) {
        const { awardId, person } = await accepted();
        const id = await sent(awardId, person, ['123.45'], at === 1);
        if (at < 2) expect(await decide(id, 'approve', { costCodeId: null })).toMatchObject({ status: 200 });
        sentBefore.push({ awardId, person, id });
      }
      const batch = (await harness.post('funding/batches', officer)).body as { id: string };
      await records.applications(
        call.callId,
        [1, 2, 3].map((reserveRank) => ({ status: 'reserve' as const, reserveRank, askedPence: 40_000 })),
      );
      await records.published(call.callId);
      const [entry] = await harness.sql<{ id: string }>(
        `select entry_id as id from ledger_line where pot_id = $1 limit 1`,
        [call.potId],
      );
      const { version } = (await harness.get(`funding/pots/${call.potId}`, officer)).body as { version: number };
      const answers = await Promise.all([
        ...offered.map(({ awardId, person }, at) =>
          harness.post(`funding/awards/${awardId}/${at % 2 ? 'accept' : 'refuse'}`, person, { version: 1 }),
        ),
        ...taken.map(({ advanceId }) => decide(advanceId, 'approve', { costCodeId: null })),
        ...taken.map(({ awardId, person }) => act(awardId, person, 'cancel', { nothingToClaim: false })),
        ...sentBefore.map(({ awardId, person }) => act(awardId, person, 'cancel', { nothingToClaim: true })),
        ...sentBefore.map(({ id }, at) =>
          at < 2 ? decide(id, 'return', { reason: 'Which train?' }) : decide(id, 'approve', { costCodeId: null }),
        ),
        harness.post(`funding/batches/${batch.id}/pay`, officer, { version: 1 }),
        harness.post(`funding/batches/${batch.id}/pay`, officer, { version: 1 }),
        harness.post('funding/batches', officer),
        harness.post(`funding/pots/${call.potId}/transfer`, officer, {
          ...{ toPotId: other.potId, amountPence: 90_000, reason: 'Evened out' },
        }),
        harness.post(`funding/pots/${other.potId}/transfer`, officer, {
          ...{ toPotId: call.potId, amountPence: 1_000, reason: 'Evened out' },
        }),
        harness.post(`funding/entries/${entry?.id}/correct`, officer, { reason: 'Posted to the wrong pot' }),
        harness.post(`funding/pots/${call.potId}/roll-over`, officer, { version }),
      ]);
      const all = answers.map(({ status, body }) => `${status} ${(body as { refusal?: string }).refusal ?? ''}`);
      expect(all.filter((answer) => answer.startsWith('5'))).toEqual([]);
      // What was freed is offered again, and nothing is offered that is not there.
      await quiet();
      expect(await faultsOfBooks(harness)).toEqual([]);
      expect(
        await harness.sql(`select id from pot where least(available_pence, committed_pence, spent_pence) < 0`),
      ).toEqual([]);
    }
  }, 120_000);
});
