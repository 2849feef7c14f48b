import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fundAwardView } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { AwardsRecords, faultsOfBooks } from './awards-records';
import { Harness, type SignedIn } from './harness';
import * as model from './money-model';

/** Always the same numbers from the same seed: mulberry32. */
const drawnFrom = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    upTo: (most: number): number => Math.floor(next() * (most + 1)),
    oneOf: <Each>(all: readonly Each[]): Each | undefined => all[Math.floor(next() * all.length)],
  };
};

/**
 * Hundreds of deeds with money in any order, sensible or not, each told to the model as well. After every one of them the
 * answer, every pot, every award and the books are as the model says.
 */
describe('money in any order', () => {
  let harness: Harness;

  beforeAll(async () => {
    // Without the worker: nobody is promoted of themselves, so that every step is the sequence's own.
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());

  it.each([20_261, 20_262])(
    'is always what plain sums say, seed %i',
    async (seed) => {
      const draw = drawnFrom(seed);
      const institutionId = await harness.institution();
      const officer = await harness.somebody(institutionId, ['finance-officer'], 'Fin Ance');
      const records = new AwardsRecords(harness, institutionId, officer);
      const pots: model.PotModel[] = [];
      const calls: model.CallModel[] = [];
      const awards: (model.AwardModel & { person: SignedIn })[] = [];
      const posted: model.PostedModel[] = [];
      const told: string[] = [];

      const outcome = ({ status, body }: { status: number; body: unknown }): string =>
        status < 300 ? 'done' : ((body as { refusal?: string }).refusal ?? `status ${status}`);
      const versionOf = async (path: string, as = officer): Promise<number> =>
        ((await harness.get(path, as)).body as { version: number }).version;
      const ofAward = async ({ id, person }: { id: string; person: SignedIn }, deed: string, more = {}, as = person) =>
        outcome(
          await harness.post(`funding/awards/${id}/${deed}`, as, {
            version: await versionOf(`funding/awards/${id}`),
            ...more,
          }),
        );
      const ofClaim = async (id: string, deed: string, more = {}) => {
        // A draft is shown to its person alone; to finance it is not there, whatever revision is named.
        const { body } = await harness.get(`funding/claims/${id}`, officer);
        const { version = 1 } = body as { version?: number };
        return outcome(await harness.post(`funding/claims/${id}/${deed}`, officer, { version, ...more }));
      };
      const newestEntry = async (potId: string): Promise<string> =>
        (
          await harness.sql<{ id: string }>(
            `select entry_id as id from ledger_line where pot_id = $1 order by entry_id desc limit 1`,
            [potId],
          )
        )[0]?.id ?? '';

      for (let at = 0; at < 2; at += 1) {
        const { callId, potId } = await records.call({ fundedPence: 3_000, budgetPence: 4_000 });
        const pot: model.PotModel = { id: potId, available: 3_000, committed: 0, spent: 0, open: true };
        pots.push(pot);
        calls.push({ id: callId, pot, budget: 4_000 });
        posted.push({ id: await newestEntry(potId), corrected: false, amount: 3_000, from: null, to: pot });
      }

      /** Three times of four one with which it makes sense. */
      const likely = <Each>(all: readonly Each[], sensible: (one: Each) => boolean): Each | undefined =>
        draw.upTo(3) > 0 ? (draw.oneOf(all.filter(sensible)) ?? draw.oneOf(all)) : draw.oneOf(all);
      const claimsOf = () => awards.flatMap((award) => award.claims.map((claim) => ({ award, claim })));

      /** Each answers what the model expects and what happened; null where there is nothing to do it with. */
      const deeds: Record<string, () => Promise<[string, string] | null>> = {
        fund: async () => {
          const [pot, amount] = [likely(pots, ({ open }) => open), 1 + draw.upTo(800)];
          if (!pot) return null;
          const real = outcome(
            await harness.post(`funding/pots/${pot.id}/fund`, officer, { amountPence: amount, reason: 'More' }),
          );
          const expected = model.fund(pot, amount);
          if (expected === 'done')
            posted.push({ id: await newestEntry(pot.id), corrected: false, amount, from: null, to: pot });
          return [expected, real];
        },
        transfer: async () => {
          const [from, to] = [likely(pots, ({ open }) => open), likely(pots, ({ open }) => open)];
          const amount = 1 + draw.upTo(900);
          if (!from || !to) return null;
          const real = outcome(
            await harness.post(`funding/pots/${from.id}/transfer`, officer, {
              ...{ toPotId: to.id, amountPence: amount, reason: 'Evened out' },
            }),
          );
          const expected = model.transfer(from, to, amount);
          if (expected === 'done') posted.push({ id: await newestEntry(to.id), corrected: false, amount, from, to });
          return [expected, real];
        },
        correct: async () => {
          const entry = draw.oneOf(posted);
          if (!entry) return null;
          const real = outcome(
            await harness.post(`funding/entries/${entry.id}/correct`, officer, { reason: 'Posted twice' }),
          );
          return [model.correct(entry), real];
        },
        rollOver: async () => {
          const pot = draw.oneOf(pots.slice(-2));
          // Not too often: what happens within a year is the more.
          if (!pot || draw.upTo(5) > 0) return null;
          const version = await versionOf(`funding/pots/${pot.id}`);
          const answer = await harness.post(`funding/pots/${pot.id}/roll-over`, officer, { version });
          const into = { id: '', available: 0, committed: 0, spent: 0, open: true };
          const expected = model.rollOver(pot, into, calls, awards);
          if (expected === 'done') pots.push({ ...into, id: (answer.body as { id: string }).id });
          const moved = pots.at(-1);
          if (expected === 'done' && moved)
            for (const one of [...calls, ...awards]) if (one.pot === into) one.pot = moved;
          return [expected, outcome(answer)];
        },
        offer: async () => {
          const call = draw.oneOf(calls);
          if (!call || awards.length > 30) return null;
          const amounts = Array.from({ length: 1 + draw.upTo(2) }, () => 1 + draw.upTo(900));
          const upFront = draw.upTo(600);
          const made = await records.applications(
            call.id,
            amounts.map((askedPence) => ({ askedPence, upFrontPence: upFront })),
          );
          const real = await records
            .offer(
              call.id,
              made.map(({ id }, at) => ({ applicationId: id, amountPence: amounts[at] ?? 0 })),
            )
            .then(
              () => 'done',
              (error: { refusal?: string }) => error.refusal ?? String(error),
            );
          const expected = model.offer(call, amounts, awards);
          if (expected === 'done')
            for (const [at, application] of made.entries()) {
              const [row] = await harness.sql<{ id: string }>(`select id from award where application_id = $1`, [
                application.id,
              ]);
              const awarded = amounts[at] ?? 0;
              awards.push({
                ...{ id: row?.id ?? '', call, pot: call.pot, status: 'offered', awarded, committed: awarded },
                ...{ spent: 0, released: 0, advanced: 0, upFront, claims: [] },
                person: await harness.signIn(institutionId, application.personId),
              });
            }
          return [expected, real];
        },
        accept: async () => {
          const award = likely(awards, ({ status }) => status === 'offered');
          return award ? [model.accept(award), await ofAward(award, 'accept')] : null;
        },
        refuse: async () => {
          const award = likely(awards, ({ status }) => status === 'offered');
          return award && draw.upTo(1) === 0 ? [model.refuse(award), await ofAward(award, 'refuse')] : null;
        },
        cancel: async () => {
          const award = draw.oneOf(awards);
          if (!award || draw.upTo(4) > 0) return null;
          const nothingToClaim = draw.upTo(1) === 0;
          return [model.cancel(award, nothingToClaim), await ofAward(award, 'cancel', { nothingToClaim })];
        },
        advance: async () => {
          const award = likely(awards, (one) => one.status === 'accepted' && model.advanceMost(one) > 0);
          if (!award) return null;
          const amount = 1 + draw.upTo(Math.min(600, model.advanceMost(award) + 50));
          const expected = model.advance(award, amount);
          const real = await ofAward(award, 'advance', { amountPence: amount });
          if (expected === 'done') {
            const before = award.claims.find(({ kind, status }) => kind === 'advance' && status === 'returned');
            if (before) Object.assign(before, { status: 'submitted', claimed: amount });
            else {
              const { claims } = fundAwardView.parse((await harness.get(`funding/awards/${award.id}`, officer)).body);
              award.claims.push({
                ...{
                  id: claims.find((one) => !award.claims.some(({ id }) => id === one.id))?.id ?? '',
                  kind: 'advance',
                },
                ...{ status: 'submitted', claimed: amount, settles: 0, last: false, paidFrom: null, repaid: 0 },
              });
            }
          }
          return [expected, real];
        },
        claim: async () => {
          const award = draw.oneOf(awards.filter(({ status }) => status === 'accepted' || status === 'cancelled'));
          if (!award) return null;
          const open = award.claims.find(
            ({ kind, status }) => kind === 'claim' && ['draft', 'returned', 'payment-rejected'].includes(status),
          );
          const sent = award.claims.filter(({ kind }) => kind === 'claim');
          const answer = await harness.post(`funding/awards/${award.id}/claims`, award.person);
          const expected = open
            ? 'done'
            : sent.some(({ last }) => last)
              ? 'last-claim-sent'
              : sent.some(({ status }) => status === 'submitted')
                ? 'claim-open'
                : 'done';
          if (expected === 'done' && !open)
            award.claims.push({
              ...{ id: (answer.body as { id: string }).id, kind: 'claim', status: 'draft', claimed: 0, settles: 0 },
              ...{ last: false, paidFrom: null, repaid: 0 },
            });
          return [expected, outcome(answer)];
        },
        submit: async () => {
          const { award, claim } =
            likely(claimsOf(), ({ claim: { status } }) => ['draft', 'returned', 'payment-rejected'].includes(status)) ??
            {};
          if (!award || !claim) return null;
          const { free, unsettled } = model.moneyFor(award, claim);
          const [amount, last] = [draw.upTo(free + unsettled + 10), draw.upTo(3) === 0];
          const lines = amount === 0 ? [] : [{ ...line, id: randomUUIDv7(), amount: `${amount / 100}` }];
          const version = await versionOf(`funding/claims/${claim.id}`, award.person);
          const real = outcome(
            await harness.post(`funding/claims/${claim.id}/submit`, award.person, { version, lines, last }),
          );
          return [model.submit(award, claim, amount, last), real];
        },
        approve: async () => {
          const { award, claim } = likely(claimsOf(), ({ claim: { status } }) => status === 'submitted') ?? {};
          if (!award || !claim) return null;
          const real = await ofClaim(claim.id, 'approve', { costCodeId: null });
          return [model.approve(award, claim), real];
        },
        giveBack: async () => {
          const claim = draw.oneOf(awards.flatMap(({ claims }) => claims));
          if (!claim || draw.upTo(2) > 0) return null;
          return [model.giveBack(claim), await ofClaim(claim.id, 'return', { reason: 'Which train?' })];
        },
        pay: async () => {
          const paying = awards.flatMap((award) =>
            award.claims.filter(({ status }) => status === 'approved').map((claim) => ({ award, claim })),
          );
          const made = await harness.post('funding/batches', officer);
          if (paying.length === 0) return ['batch-empty', outcome(made)];
          const { id, version } = made.body as { id: string; version: number };
          const real = outcome(await harness.post(`funding/batches/${id}/pay`, officer, { version }));
          model.pay(paying);
          return ['done', real];
        },
        reject: async () => {
          const { award, claim } = likely(claimsOf(), ({ claim: { status } }) => status === 'paid') ?? {};
          if (!award || !claim || draw.upTo(2) > 0) return null;
          const real = await ofClaim(claim.id, 'reject-payment', { reason: 'No such account.' });
          return [model.reject(award, claim), real];
        },
        repay: async () => {
          const award = draw.oneOf(awards.filter(({ advanced }) => advanced > 0));
          if (!award) return null;
          const amount = 1 + draw.upTo(model.moneyFor(award, null).unsettled);
          const real = await ofAward(award, 'repayment', { amountPence: amount }, officer);
          return [model.repay(award, amount), real];
        },
      };

      const standing = async () => ({
        pots: await harness.sql(
          `select p.id, f.available_pence::int as available, f.committed_pence::int as committed, f.spent_pence::int as spent,
             p.status = 'open' as open
           from pot p join pot_figures f on f.institution_id = p.institution_id and f.pot_id = p.id
           where p.institution_id = $1 order by p.id`,
          [institutionId],
        ),
        awards: await harness.sql(
          `select a.id, a.status, f.committed_pence::int as committed, f.spent_pence::int as spent,
             f.released_pence::int as released, f.advanced_pence::int as advanced
           from award a join award_figures f on f.institution_id = a.institution_id and f.award_id = a.id
           where a.institution_id = $1 order by a.id`,
          [institutionId],
        ),
        claims: await harness.sql(
          `select id, status, settles_pence::int as settles from claim where institution_id = $1 and status <> 'draft' order by id`,
          [institutionId],
        ),
        faults: await faultsOfBooks(harness),
      });
      const byId = <Row extends { id: string }>(rows: Row[]): Row[] => rows.sort((a, b) => (a.id < b.id ? -1 : 1));
      const modelled = () => ({
        pots: byId(pots.map((pot) => ({ ...pot }))),
        awards: byId(
          awards.map(({ id, status, committed, spent, released, advanced }) => ({
            ...{ id, status, committed, spent, released, advanced },
          })),
        ),
        claims: byId(
          awards.flatMap(({ claims }) =>
            claims
              .filter(({ status }) => status !== 'draft')
              .map(({ id, status, settles }) => ({ id, status, settles })),
          ),
        ),
        faults: [],
      });

      const done: Record<string, number> = {};
      for (let step = 0; step < 350; step += 1) {
        const name = draw.oneOf(Object.keys(deeds)) ?? '';
        const answer = await deeds[name]?.();
        if (!answer) continue;
        const [expected, real] = answer;
        told.push(`${step} ${name}: ${real}`);
        const last = told.slice(-6);
        expect({ last, real, ...(await standing()) }).toEqual({ last, real: expected, ...modelled() });
        done[`${name} ${expected}`] = (done[`${name} ${expected}`] ?? 0) + 1;
      }
      // It was not all refusals: every kind of deed was done.
      expect(Object.keys(deeds).filter((name) => !done[`${name} done`])).toEqual([]);
    },
    120_000,
  );
});

const line = { category: 'travel', what: 'Train to Leeds', fileIds: [], noReceiptBecause: 'The machine gave none.' };
