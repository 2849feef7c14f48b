import { Injectable } from '@nestjs/common';
import { PeopleFacade, whereaboutsOf } from '@waymark/api-people';
import { dayIn, type EventHandler, type OutboxEvent, postEach, Transactions, type Tx } from '@waymark/api-platform';
import type { ScenarioReason } from '@waymark/contracts';
import { z } from 'zod';
import { decisionLetter } from '../allocation/decision-letter';
import { record } from '../applications/timeline';
import { Call } from '../calls/entities';
import { answerByOf, claimBySql } from './award-days';
import { offerAwards } from './offer-awards';
import { AWARD_MONEY_FREED } from './release-money';

interface Waiting {
  id: string;
  personId: string;
  reference: string;
  reserveRank: number;
  eventName: string;
  askedPence: number;
  leastPence: number;
  partAwards: boolean;
  claimBy: string;
  onAbstract: boolean;
  score: number;
  reason: ScenarioReason;
}

interface Promoted extends Waiting {
  amountPence: number;
}

/**
 * Whom money that came free goes to: by rank, each as much as they asked for; where the rest is less and does for somebody, whose
 * terms allow part-awards, they get the rest. Whom it does not do for keep their place for when more comes free, and the next is
 * looked at: money does not lie idle that somebody could use.
 */
export const whomToPromote = <Row extends Pick<Waiting, 'askedPence' | 'leastPence' | 'partAwards'>>(
  waiting: readonly Row[],
  freePence: number,
): (Row & { amountPence: number })[] => {
  let rest = freePence;
  const chosen: (Row & { amountPence: number })[] = [];
  for (const each of waiting) {
    const amountPence =
      each.askedPence <= rest ? each.askedPence : each.partAwards && each.leastPence <= rest ? rest : 0;
    if (amountPence === 0) continue;
    chosen.push({ ...each, amountPence });
    rest -= amountPence;
    if (rest === 0) break;
  }
  return chosen;
};

/**
 * Money of a call came free: the reserve list is promoted by rank, with awards, timeline and letters, in one transaction that
 * holds the call. Done again it finds neither money nor anybody it has not been offered to.
 */
@Injectable()
export class PromoteReserve implements EventHandler {
  readonly name = 'funding-promote-reserve';
  readonly topic = AWARD_MONEY_FREED;

  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
  ) {}

  async handle({ institutionId, payload }: OutboxEvent): Promise<void> {
    const { callId } = z.object({ callId: z.uuid() }).parse(payload);
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, (tx) =>
      this.promote(tx, callId),
    );
  }

  /** Answers how many were promoted. */
  async promote(tx: Tx, callId: string): Promise<number> {
    const call = await tx.lock(Call, callId);
    const { timeZone } = await whereaboutsOf(tx);
    if (call.status !== 'decided' || dayIn(timeZone, tx.now) > call.reserveUntil) return 0;
    const waiting = await this.waiting(tx, callId);
    if (waiting.length === 0) return 0;
    const promoted = whomToPromote(waiting, await freeOf(tx, call));
    if (promoted.length === 0) return 0;
    await tx.query(
      `update application a set status = w.status, reserve_rank = null, version = a.version + 1
       from jsonb_to_recordset($2::jsonb) as w(id uuid, status text)
       where a.institution_id = $1 and a.id = w.id`,
      [tx.scope.institutionId, JSON.stringify(promoted.map((each) => ({ id: each.id, status: outcomeOf(each) })))],
    );
    await offerAwards(
      tx,
      callId,
      promoted.map(({ id, amountPence }) => ({ applicationId: id, amountPence })),
    );
    await record(
      tx,
      promoted.map((each) => ({
        applicationId: each.id,
        kind: 'promoted' as const,
        facts: { outcome: outcomeOf(each), amountPence: each.amountPence, reserveRank: each.reserveRank },
      })),
    );
    await tx.auditEach(
      'application.promote',
      promoted.map(({ id, amountPence, reserveRank }) => ({
        subject: { kind: 'application', id },
        details: { amountPence, reserveRank },
      })),
    );
    await this.tell(tx, call, promoted, timeZone);
    return promoted.length;
  }

  /** Those on the reserve list, first rank first, locked in the order of their identifiers. Who has left is not offered money. */
  private async waiting(tx: Tx, callId: string): Promise<Waiting[]> {
    const { institutionId } = tx.scope;
    await tx.query(
      `select id from application where institution_id = $1 and call_id = $2 and status = 'reserve' order by id for update`,
      [institutionId, callId],
    );
    const rows = await tx.query<Waiting>(
      `select a.id, a.person_id as "personId", a.reference, a.reserve_rank as "reserveRank", s.event_name as "eventName",
         s.asked_pence::float8 as "askedPence", s.least_pence::float8 as "leastPence",
         (t.terms->>'partAwards')::boolean as "partAwards", ${claimBySql('k', 's')}::text as "claimBy",
         coalesce((s.document #>> '{event,onAbstract}')::boolean, false) as "onAbstract",
         coalesce(l.score, 0) as score, l.reason
       from application a
       join call k on k.institution_id = a.institution_id and k.id = a.call_id
       join application_submission s
         on s.institution_id = a.institution_id and s.application_id = a.id and s.number = a.submission_number
       join call_terms t on t.institution_id = a.institution_id and t.call_id = a.call_id and t.number = s.terms_number
       left join scenario c on c.institution_id = a.institution_id and c.call_id = a.call_id and c.status = 'published'
       left join scenario_line l on l.institution_id = c.institution_id and l.scenario_id = c.id and l.application_id = a.id
       where a.institution_id = $1 and a.call_id = $2 and a.status = 'reserve' order by a.reserve_rank, a.id`,
      [institutionId, callId],
    );
    const facts = await this.people.facts(
      tx,
      rows.map(({ personId }) => personId),
    );
    const active = new Set(facts.filter((person) => person.active).map(({ id }) => id));
    return rows.filter(({ personId }) => active.has(personId));
  }

  private async tell(tx: Tx, call: Call, promoted: readonly Promoted[], timeZone: string): Promise<void> {
    const facts = new Map(
      (
        await this.people.facts(
          tx,
          promoted.map(({ personId }) => personId),
        )
      ).map((person) => [person.id, person]),
    );
    const answerBy = dayIn(timeZone, answerByOf(timeZone, tx.now));
    await postEach(
      tx,
      promoted.flatMap((each) => {
        const person = facts.get(each.personId);
        if (!person?.email) return [];
        const outcome = outcomeOf(each);
        return [
          decisionLetter({
            to: person.email,
            givenName: person.givenName || person.familyName,
            callName: call.name,
            ...each,
            outcome,
            answerBy,
            reserveUntil: call.reserveUntil,
            paragraph: call.letters[outcome],
            link: tx.link(`/funding/applications/${each.id}`),
            promoted: true,
          }),
        ];
      }),
    );
  }
}

const outcomeOf = ({ amountPence, askedPence }: Promoted): 'awarded' | 'part-awarded' =>
  amountPence === askedPence ? 'awarded' : 'part-awarded';

/**
 * What of the call can be given: what the pot has available, and at most what the call's budget leaves. The pot is locked by the
 * entries that follow; who was quicker is refused there, and this is tried again.
 */
const freeOf = async (tx: Tx, { id, potId, budgetPence }: Call): Promise<number> => {
  const [row] = await tx.query<{ free: number }>(
    `select least(
       (select available_pence from pot_figures where institution_id = $1 and pot_id = $3),
       $4::bigint - coalesce((
         select sum(l.amount_pence) from award a
         join ledger_entry e on e.institution_id = a.institution_id and e.award_id = a.id
         join ledger_line l on l.institution_id = e.institution_id and l.entry_id = e.id and l.account in ('committed', 'spent')
         where a.institution_id = $1 and a.call_id = $2), 0))::float8 as free`,
    [tx.scope.institutionId, id, potId, budgetPence],
  );
  return Math.max(0, row?.free ?? 0);
};
