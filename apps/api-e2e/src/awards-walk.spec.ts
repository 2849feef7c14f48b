import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import { type AwardFigures, batchView, claimView, fundAwardView } from '@waymark/contracts';
import { AwardsRecords, type CallRecord, faultsOfBooks } from './awards-records';
import { Harness, type SignedIn } from './harness';

/**
 * A walk through awards and claims by a seed, beside a plain model of sums: whatever the order of deeds, every figure of every award
 * and of the pot is what the model says, to the penny.
 */
interface Model {
  awardId: string;
  person: SignedIn;
  status: 'offered' | 'accepted' | 'cancelled' | 'over';
  awarded: number;
  committed: number;
  spent: number;
  released: number;
  advanced: number;
  /** Claims on their way: what they come to, and what of it an advance has paid. */
  claims: {
    id: string;
    kind: 'claim' | 'advance';
    status: 'submitted' | 'approved' | 'paid' | 'rejected' | 'returned';
    pence: number;
    settles: number;
    last: boolean;
  }[];
}

const random = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
  return seed / 0x7fffffff;
};

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start({ clock: new MovedClock(new Date('2027-06-14T10:00:00Z')) });
});
afterAll(() => harness.stop());

it.each([11, 22, 33])('walk %s ends with books that add up', async (seed) => {
  const next = random(seed);
  const upTo = (most: number) => 1 + Math.floor(next() * most);
  const institutionId = await harness.institution();
  const officer = await harness.somebody(institutionId, ['finance-officer']);
  const records = new AwardsRecords(harness, institutionId, officer);
  const call: CallRecord = await records.call({ fundedPence: 10_000_000, budgetPence: 10_000_000 });
  const models: Model[] = [];
  for (let at = 0; at < 4; at += 1) {
    const amountPence = 10_000 + upTo(50_000);
    const { awardId, person } = await records.award(call, { askedPence: amountPence, upFrontPence: 8_000 });
    models.push({
      awardId,
      person,
      status: 'offered',
      awarded: amountPence,
      committed: amountPence,
      spent: 0,
      released: 0,
      advanced: 0,
      claims: [],
    });
  }
  const settled = (m: Model) => m.claims.reduce((sum, c) => sum + c.settles, 0);
  const held = (m: Model, but?: string) =>
    m.claims
      .filter((c) => c.id !== but && c.status !== 'paid' && !(c.kind === 'advance' && c.status === 'returned'))
      .reduce((sum, c) => sum + c.pence - c.settles, 0);
  const see = async (m: Model) => fundAwardView.parse((await harness.get(`funding/awards/${m.awardId}`, officer)).body);
  const version = async (m: Model) => (await see(m)).version;
  const claimAt = async (id: string) => claimView.parse((await harness.get(`funding/claims/${id}`, officer)).body);
  const close = (m: Model) => {
    const left = m.committed - held(m);
    m.committed -= left;
    m.released += left;
    m.status = 'over';
  };
  const check = async () => {
    for (const m of models) {
      const { figures } = await see(m);
      expect({ seed, ...figures }).toMatchObject({
        awardedPence: m.awarded,
        committedPence: m.committed,
        spentPence: m.spent,
        releasedPence: m.released,
        advancedPence: m.advanced,
      } satisfies Partial<AwardFigures>);
      expect(m.awarded).toBe(m.committed + m.spent + m.released);
    }
    const sum = (of: (m: Model) => number) => models.reduce((all, m) => all + of(m), 0);
    const [pot] = await harness.sql(
      `select available_pence::float8 as available, committed_pence::float8 as committed, spent_pence::float8 as spent from pot_figures where pot_id = $1`,
      [call.potId],
    );
    expect(pot).toEqual({
      available: 10_000_000 - sum((m) => m.committed + m.spent),
      committed: sum((m) => m.committed),
      spent: sum((m) => m.spent),
    });
  };
  const open = (m: Model) =>
    m.claims.find((c) => c.kind === 'claim' && ['submitted', 'returned', 'rejected'].includes(c.status));

  for (let step = 0; step < 70; step += 1) {
    const m = models[Math.floor(next() * models.length)];
    if (!m) continue;
    const deed = Math.floor(next() * 9);
    const post = async (path: string, as: SignedIn, body: object) => harness.post(`funding/${path}`, as, body);
    if (deed === 0 && m.status === 'offered') {
      const refuse = next() < 0.2;
      expect(
        (await post(`awards/${m.awardId}/${refuse ? 'refuse' : 'accept'}`, m.person, { version: await version(m) }))
          .status,
      ).toBe(200);
      if (refuse) close(m);
      else m.status = 'accepted';
    } else if (deed === 1 && m.status === 'accepted' && m.claims.length === 0) {
      const pence = upTo(8_000);
      const answer = await post(`awards/${m.awardId}/advance`, m.person, {
        version: await version(m),
        amountPence: pence,
      });
      expect(answer.status).toBe(200);
      const made = fundAwardView.parse(answer.body).claims.find(({ kind }) => kind === 'advance');
      m.claims.push({ id: made?.id ?? '', kind: 'advance', status: 'submitted', pence, settles: 0, last: false });
    } else if ((deed === 2 || deed === 3) && (m.status === 'accepted' || m.status === 'cancelled')) {
      const back = open(m);
      if (back?.status === 'submitted' || m.claims.some(({ last }) => last)) continue;
      const most = m.committed - held(m, back?.id) + m.advanced - (settled(m) - (back?.settles ?? 0));
      const last = next() < 0.15;
      if (most <= 0 && !last) continue;
      const pence = most <= 0 ? 0 : upTo(Math.min(most, 20_000));
      const lines =
        pence === 0
          ? []
          : [
              {
                id: '019a0000-0000-7000-8000-0000000000aa',
                category: 'travel',
                what: 'Train',
                amount: (pence / 100).toFixed(2),
                fileIds: [],
                noReceiptBecause: 'Lost',
              },
            ];
      const begun = claimView.parse((await post(`awards/${m.awardId}/claims`, m.person, {})).body);
      const answer = await post(`claims/${begun.id}/submit`, m.person, { version: begun.version, lines, last });
      expect({ step, status: answer.status, body: answer.status === 200 ? 0 : answer.body }).toMatchObject({
        status: 200,
      });
      const { settlesPence } = claimView.parse(answer.body);
      const settles = Math.min(pence, m.advanced - (settled(m) - (back?.settles ?? 0)));
      expect(settlesPence).toBe(settles);
      if (back) Object.assign(back, { status: 'submitted', pence, settles, last });
      else m.claims.push({ id: begun.id, kind: 'claim', status: 'submitted', pence, settles, last });
    } else if (deed === 4) {
      const claim = m.claims.find(({ status }) => status === 'submitted');
      if (!claim) continue;
      const { version: at } = await claimAt(claim.id);
      if (next() < 0.2 && claim.kind === 'claim') {
        expect((await post(`claims/${claim.id}/return`, officer, { version: at, reason: 'Why' })).status).toBe(200);
        claim.status = 'returned';
      } else {
        const answer = await post(`claims/${claim.id}/approve`, officer, { version: at, costCodeId: null });
        expect(answer.status).toBe(200);
        if (claim.kind === 'claim') claim.settles = Math.min(claim.pence, m.advanced - (settled(m) - claim.settles));
        claim.status = claim.pence === claim.settles ? 'paid' : 'approved';
        if (claim.status === 'paid' && claim.last) close(m);
      }
    } else if (deed === 5) {
      const answer = await post('batches', officer, {});
      if (answer.status !== 201) continue;
      const batch = batchView.parse(answer.body);
      expect((await post(`batches/${batch.id}/pay`, officer, { version: batch.version })).status).toBe(200);
      for (const each of models)
        for (const claim of each.claims.filter(({ status }) => status === 'approved')) {
          const net = claim.pence - claim.settles;
          claim.status = 'paid';
          each.committed -= net;
          each.spent += net;
          if (claim.kind === 'advance') each.advanced += net;
          if (claim.last && each.status !== 'over') close(each);
        }
    } else if (deed === 6) {
      const claim = m.claims.find((c) => c.kind === 'claim' && c.status === 'paid' && c.pence > c.settles);
      if (!claim || open(m) || next() < 0.5) continue;
      const { version: at } = await claimAt(claim.id);
      expect((await post(`claims/${claim.id}/reject-payment`, officer, { version: at, reason: 'Why' })).status).toBe(
        200,
      );
      claim.status = 'rejected';
      m.committed += claim.pence - claim.settles;
      m.spent -= claim.pence - claim.settles;
    } else if (deed === 7 && m.status === 'accepted' && next() < 0.3) {
      expect(
        (await post(`awards/${m.awardId}/cancel`, m.person, { version: await version(m), nothingToClaim: false }))
          .status,
      ).toBe(200);
      m.status = 'cancelled';
    } else if (deed === 8 && m.status === 'over' && m.advanced > settled(m)) {
      const pence = upTo(m.advanced - settled(m));
      expect(
        (await post(`awards/${m.awardId}/repayment`, officer, { version: await version(m), amountPence: pence }))
          .status,
      ).toBe(200);
      m.advanced -= pence;
      m.spent -= pence;
      m.released += pence;
    } else continue;
    await check();
  }
  expect(models.some(({ spent }) => spent > 0)).toBe(true);
  expect(await faultsOfBooks(harness)).toEqual([]);
});
