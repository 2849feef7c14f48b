import type { Tx } from '@waymark/api-platform';
import type { ReviewStatus } from '@waymark/contracts';
import { conflictKeys, conflictsOf } from './conflicts';
import { hashOfPlan, type Plan } from './plan-assignment';
import { planInThread, type PlanWork } from './plan-in-thread';

export interface PlanReader {
  id: string;
  name: string;
  unit: string | null;
  unitId: string | null;
  skills: string[];
  mostReviews: number | null;
  active: boolean;
}

export interface PlanApplicant {
  id: string;
  applicantId: string;
  reference: string;
  applicant: string;
  unitId: string | null;
  skills: string[];
  wanted: number;
}

export interface StandingReview {
  id: string;
  applicationId: string;
  panelistId: string;
  status: ReviewStatus;
  read: boolean;
}

export interface CallPlan {
  panelists: PlanReader[];
  applications: PlanApplicant[];
  /** Begun, by somebody who may go on, or submitted. */
  kept: StandingReview[];
  /** Unread, or begun by somebody who left or came to have an interest, and not in the plan. */
  movedOn: StandingReview[];
  /** Unread, and in the plan still. */
  staying: StandingReview[];
  /** What is to be written anew. */
  fresh: Plan['added'];
  /** Given back, and waiting until the application has its readers. */
  recused: StandingReview[];
  plan: Plan;
  hash: string;
  inConflict: PlanWork['inConflict'];
  gaveBack: PlanWork['gaveBack'];
}

const skillsOf = (person: string): string =>
  `array(select s.skill_id::text from person_skill s where s.institution_id = $1 and s.person_id = ${person} order by 1)`;

export const readPanelists = (tx: Tx, callId: string): Promise<PlanReader[]> =>
  tx.query<PlanReader>(
    `select p.id, trim(p.given_name || ' ' || p.family_name) as name, u.name as unit, p.unit_id as "unitId",
       ${skillsOf('p.id')} as skills, m.most_reviews as "mostReviews",
       (p.left_on is null or p.left_on >= ($3::timestamptz at time zone i.time_zone)::date) as active
     from call_panelist m
     join institution i on i.id = m.institution_id
     join person p on p.institution_id = m.institution_id and p.id = m.person_id
     left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
     where m.institution_id = $1 and m.call_id = $2 order by p.id`,
    [tx.scope.institutionId, callId, tx.now],
  );

/** Applications of a call that have still to be scored, with how many readers each needs by the terms it was submitted under. */
export const readToScore = (tx: Tx, callId: string): Promise<PlanApplicant[]> =>
  tx.query<PlanApplicant>(
    `select a.id, a.person_id as "applicantId", a.reference, trim(p.given_name || ' ' || p.family_name) as applicant,
       p.unit_id as "unitId", coalesce(k.skills, '{}') as skills, (t.terms->>'reviewersEach')::int as wanted
     from application a
     join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
       and s.number = a.submission_number
     join call_terms t on t.institution_id = a.institution_id and t.call_id = a.call_id and t.number = s.terms_number
     join person p on p.institution_id = a.institution_id and p.id = a.person_id
     left join (
       select person_id, array_agg(skill_id::text order by skill_id) as skills from person_skill
       where institution_id = $1 group by person_id
     ) k on k.person_id = a.person_id
     where a.institution_id = $1 and a.call_id = $2 and a.status = 'eligible' order by a.id`,
    [tx.scope.institutionId, callId],
  );

/** What assigning a call's reviews now comes to; the caller holds the call where it is to be written. */
export const readCallPlan = async (tx: Tx, callId: string): Promise<CallPlan> => {
  const panelists = await readPanelists(tx, callId);
  const applications = await readToScore(tx, callId);
  const inConflict = conflictKeys(await conflictsOf(tx, callId));
  const reviews = await tx.query<StandingReview & { gaveBack: boolean }>(
    `select r.id, r.application_id as "applicationId", r.panelist_id as "panelistId", r.status,
       r.opened_at is not null as read, r.recused_because is not null as "gaveBack"
     from review r
     join application a on a.institution_id = r.institution_id and a.id = r.application_id and a.status = 'eligible'
     where r.institution_id = $1 and r.call_id = $2 order by r.id`,
    [tx.scope.institutionId, callId],
  );
  const applicantOf = new Map(applications.map(({ id, applicantId }) => [id, applicantId]));
  const active = new Set(panelists.filter((panelist) => panelist.active).map(({ id }) => id));
  const mayGoOn = ({ panelistId, applicationId }: StandingReview) =>
    active.has(panelistId) && !inConflict.has(`${panelistId} ${applicantOf.get(applicationId) ?? ''}`);
  const kept = reviews.filter(
    (review) =>
      review.status === 'submitted' ||
      review.status === 'locked' ||
      ((review.status === 'drafting' || (review.status === 'assigned' && review.read)) && mayGoOn(review)),
  );
  const keptIds = new Set(kept.map(({ id }) => id));
  const loose = reviews.filter(
    ({ id, status }) => !keptIds.has(id) && (status === 'assigned' || status === 'drafting'),
  );
  const gaveBack = new Set(
    reviews
      .filter((review) => review.gaveBack)
      .map(({ applicationId, panelistId }) => `${applicationId} ${panelistId}`),
  );
  const plan = await planInThread({
    applications,
    panelists: panelists.filter((panelist) => panelist.active),
    kept,
    inConflict,
    gaveBack,
    seed: callId,
  });
  const looseAt = new Map(loose.map((review) => [`${review.applicationId} ${review.panelistId}`, review]));
  const staying: StandingReview[] = [];
  const fresh = plan.added.filter(({ applicationId, panelistId }) => {
    const review = looseAt.get(`${applicationId} ${panelistId}`);
    if (review) staying.push(review);
    return !review;
  });
  const stays = new Set(staying.map(({ id }) => id));
  const movedOn = loose.filter(({ id }) => !stays.has(id));
  const recused = reviews.filter(({ status }) => status === 'recused');
  return {
    panelists,
    applications,
    kept,
    movedOn,
    staying,
    fresh,
    recused,
    plan,
    hash: hashOfPlan(
      plan,
      kept.map(({ id }) => id),
      movedOn.map(({ id }) => id),
    ),
    inConflict,
    gaveBack,
  };
};
