import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, instantOf } from '@waymark/api-people';
import { type Actor, Clock, dayIn, type ReadQuery, Reads, Refused, type Tx } from '@waymark/api-platform';
import { reportOfSource, type ReportOfSource } from '@waymark/api-report-back';
import type { AwardHappening, FundAwardView } from '@waymark/contracts';
import { figureJoins, figuresJson } from './award-figures';
import { mayRead } from './own-award';

type Found = Omit<FundAwardView, 'happenings' | 'report' | 'may' | 'mine' | 'advanceMostPence'> & {
  personId: string;
  upFrontPence: number;
  advancedAskedPence: number;
  claimSent: boolean;
  lastSent: boolean;
  offerOpen: boolean;
  started: boolean;
  claimable: boolean;
};

const awardText = `
  select a.id, a.application_id as "applicationId", p.reference, a.version, a.status, a.person_id as "personId",
    ${cardOf('person')} as person, json_build_object('id', k.id, 'name', k.name) as call,
    json_build_object('name', a.event_name, 'startsOn', a.event_starts_on, 'endsOn', a.event_ends_on) as event,
    case when a.change is not null then json_build_object('name', a.change->>'eventName', 'startsOn', a.change->>'eventStartsOn',
      'endsOn', a.change->>'eventEndsOn', 'why', a.change->>'why') end as change,
    a.amount_pence < s.asked_pence as part, a.abstract, a.cancelled_because as "cancelledBecause",
    ${instantOf('a.offered_at')} as "offeredAt", (a.answer_by at time zone $4)::date::text as "answerBy", a.claim_by::text as "claimBy",
    ${figuresJson} as figures,
    coalesce((select json_agg(json_build_object('id', c.id, 'number', c.number, 'kind', c.kind, 'last', c.last, 'status', c.status,
        'claimedPence', c.claimed_pence, 'settlesPence', c.settles_pence, 'submittedAt', ${instantOf('c.submitted_at')},
        'paidAt', ${instantOf('c.paid_at')}) order by c.number)
      from claim c where c.institution_id = $1 and c.award_id = a.id), '[]') as claims,
    coalesce((s.document #>> '{upFront,amountPence}')::float8, 0) as "upFrontPence",
    coalesce((select sum(c.claimed_pence) from claim c where c.institution_id = $1 and c.award_id = a.id and c.kind = 'advance'
      and c.status <> 'returned'), 0)::float8 as "advancedAskedPence",
    exists (select from claim c where c.institution_id = $1 and c.award_id = a.id and c.kind = 'claim' and c.status <> 'draft') as "claimSent",
    coalesce(h.last_sent, false) as "lastSent", a.answer_by >= $3::timestamptz as "offerOpen", a.event_ends_on <= $5::date as started,
    a.claim_by >= $5::date as claimable
  from award a
  join application p on p.institution_id = a.institution_id and p.id = a.application_id
  join call k on k.institution_id = a.institution_id and k.id = a.call_id
  join person on person.institution_id = a.institution_id and person.id = a.person_id
  ${cardJoins('person')}
  ${figureJoins('$5', '$3')}
  where a.institution_id = $1 and a.id = $2`;

/** From the decision on; notes of the draft and of endorsement are the application's own. */
const happeningKinds = `('awarded', 'part-awarded', 'promoted', 'award-accepted', 'award-refused', 'award-lapsed', 'award-changed',
  'award-cancelled', 'award-attended', 'award-closed', 'abstract-accepted', 'abstract-declined', 'claim-submitted',
  'claim-returned', 'claim-approved', 'claim-paid', 'payment-rejected', 'released', 'withdrawn')`;

/** What happened, the newest first, of the application $2. */
export const happeningsText = (application: string, where = 'true'): string => `
  select e.id, e.kind, ${instantOf('e.at')} as at, e.facts,
    (select trim(m.given_name || ' ' || m.family_name) from person m
      where m.institution_id = $1 and m.id = e.by_person and m.erased_at is null) as by
  from application_event e
  where e.institution_id = $1 and e.application_id = ${application} and e.kind in ${happeningKinds} and ${where}
  order by e.id desc limit 200`;

const queries = (actor: Actor, id: string, now: Date): [ReadQuery, ReadQuery, ReadQuery] => [
  {
    name: 'fund-award',
    text: awardText,
    values: [actor.institutionId, id, now, actor.timeZone, dayIn(actor.timeZone, now)],
  },
  {
    name: 'fund-award-happenings',
    text: happeningsText('(select application_id from award where institution_id = $1 and id = $2)'),
    values: [actor.institutionId, id],
  },
  reportOfSource(actor.institutionId, 'award', id),
];

const viewOf = (
  actor: Actor,
  found: Found | undefined,
  happenings: AwardHappening[],
  report: ReportOfSource | undefined,
): FundAwardView => {
  if (!found || (found.personId !== actor.personId && !mayRead(actor))) throw new Refused('not-found');
  const { personId, upFrontPence, advancedAskedPence, claimSent, lastSent, offerOpen, started, claimable, ...view } =
    found;
  const mine = personId === actor.personId;
  const { status, abstract, figures } = view;
  const going = status === 'accepted' || status === 'attended';
  const advanceMostPence =
    mine && status === 'accepted' && !claimSent && claimable
      ? Math.max(0, Math.min(upFrontPence, figures.awardedPence) - advancedAskedPence)
      : 0;
  const waits = abstract === 'waiting';
  return {
    ...view,
    mine,
    happenings,
    report: report ?? null,
    advanceMostPence,
    may: {
      answer: mine && status === 'offered' && offerOpen,
      sayAbstract: mine && waits && (status === 'accepted' || status === 'changed'),
      change: mine && status === 'accepted',
      withdrawChange: mine && status === 'changed',
      cancel: mine && (status === 'accepted' || status === 'changed'),
      attend: mine && status === 'accepted' && started && !waits,
      // One at a time; one that the bank sent back is mended first.
      askAdvance:
        advanceMostPence > 0 &&
        !view.claims.some(
          ({ kind, status: of }) => kind === 'advance' && (of === 'submitted' || of === 'payment-rejected'),
        ),
      // One is looked at at a time; one that was begun, or came back, is gone on with.
      claim:
        mine &&
        (going || status === 'cancelled') &&
        !(waits && status !== 'cancelled') &&
        !view.claims.some((claim) => claim.kind === 'claim' && claim.status === 'submitted') &&
        (!lastSent || view.claims.some((claim) => claim.status === 'returned' || claim.status === 'payment-rejected')),
      recordRepayment:
        !mine &&
        actor.permissions.has('claims.decide') &&
        actor.acting?.by.id !== personId &&
        figures.advancedPence > figures.settledPence,
    },
  };
};

/** The award as it stands within the transaction. */
export const awardViewIn = async (tx: Tx, actor: Actor, id: string): Promise<FundAwardView> => {
  const [award, happenings, report] = queries(actor, id, tx.now);
  const [found] = await tx.query<Found>(award.text, award.values);
  const happened = await tx.query<AwardHappening>(happenings.text, happenings.values);
  const [owed] = await tx.query<ReportOfSource>(report.text, report.values);
  return viewOf(actor, found, happened, owed);
};

@Injectable()
export class AwardViews {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor, id: string): Promise<FundAwardView> {
    const [[found], happenings, [report]] = await this.reads.all<[Found, AwardHappening, ReportOfSource]>(
      actor,
      queries(actor, id, this.clock.now()),
    );
    return viewOf(actor, found, happenings, report);
  }
}
