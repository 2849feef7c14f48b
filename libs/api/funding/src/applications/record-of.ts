import { cardJoins, cardOf, instantOf } from '@waymark/api-people';
import type { Tx } from '@waymark/api-platform';
import type {
  AppealView,
  ApplicationDraft,
  ApplicationStatus,
  ApplicationView,
  CallTerms,
  EligibilityRule,
  EndorserView,
  FileView,
  PersonCard,
  SubmissionView,
  TimelineLine,
} from '@waymark/contracts';
import { readsBlind } from './reads-blind';
import type { Window } from './send-before';

/** An application with all that its page shows, as the database has it; who may see what of it is not asked here. */
export interface ApplicationRecord {
  id: string;
  callId: string;
  personId: string;
  applicant: PersonCard;
  reference: string;
  status: ApplicationStatus;
  version: number;
  draft: ApplicationDraft;
  draftVersion: number;
  draftSavedAt: Date;
  failedRules: EligibilityRule[];
  decidedReason: string | null;
  reserveRank: number | null;
  call: Window;
  callWords: Pick<
    ApplicationView['call'],
    | 'id'
    | 'name'
    | 'kind'
    | 'decideBy'
    | 'reserveUntil'
    | 'claimBy'
    | 'nextOpensOn'
    | 'nextClosesOn'
    | 'cancelledBecause'
  >;
  endorseBy: Date;
  terms: CallTerms;
  termsNumber: number;
  termsChangedAt: Date | null;
  extendedUntil: Date | null;
  extendedBecause: string | null;
  award: ApplicationView['award'];
  figures: { awardedPence: number; committedPence: number; spentPence: number; releasedPence: number };
  /** Something was claimed of its award. */
  claimed: boolean;
  appeal: AppealView | null;
  readerIsPanelist: boolean;
  readerReadsBlind: boolean;
  files: FileView[];
  submissions: SubmissionView[];
  timeline: TimelineLine[];
  endorser: EndorserView | null;
}

const nameOf = (alias: string): string => `nullif(trim(${alias}.given_name || ' ' || ${alias}.family_name), '')`;
const fileOf = (f: string): string =>
  `json_build_object('id', ${f}.id, 'name', ${f}.name, 'mediaType', ${f}.media_type, 'sizeBytes', ${f}.size_bytes,
    'uploadedAt', ${instantOf(`${f}.uploaded_at`)})`;

const mainSql = `
  select a.id, a.call_id as "callId", a.person_id as "personId", ${cardOf('p')} as applicant, a.reference, a.status, a.version,
    a.draft, a.draft_version as "draftVersion", a.draft_saved_at as "draftSavedAt",
    coalesce(a.failed_rules, array[]::text[]) as "failedRules", a.decided_reason as "decidedReason", a.reserve_rank as "reserveRank",
    c.status as "callStatus", c.opens_at as "opensAt", c.closes_at as "closesAt", c.return_grace_days as "returnGraceDays",
    json_build_object('id', c.id, 'name', c.name, 'kind', c.kind, 'decideBy', c.decide_by, 'reserveUntil', c.reserve_until,
      'claimBy', c.claim_by, 'nextOpensOn', c.next_opens_on, 'nextClosesOn', c.next_closes_on,
      'cancelledBecause', c.cancelled_because) as "callWords",
    c.endorse_by as "endorseBy", t.terms, t.number as "termsNumber",
    case when t.created_at > a.created_at then t.created_at end as "termsChangedAt",
    x.until as "extendedUntil", x.reason as "extendedBecause",
    case when w.id is null then null else json_build_object('id', w.id, 'status', w.status, 'answerBy', ${instantOf('w.answer_by')},
      'claimBy', w.claim_by) end as award,
    json_build_object('awardedPence', coalesce(w.amount_pence, 0), 'committedPence', coalesce(f.committed_pence, 0),
      'spentPence', coalesce(f.spent_pence, 0), 'releasedPence', coalesce(f.released_pence, 0)) as figures,
    exists (select from claim k where k.institution_id = $1 and k.award_id = w.id and k.status <> 'draft') as claimed,
    case when l.application_id is null then null else json_build_object('kind', l.kind, 'asked', l.asked,
      'askedAt', ${instantOf('l.asked_at')}, 'answer', l.answer, 'answeredAt', ${instantOf('l.answered_at')},
      'answeredBy', ${nameOf('lp')}, 'version', l.version) end as appeal,
    exists (select from call_panelist q where q.institution_id = $1 and q.call_id = a.call_id and q.person_id = $3) as "readerIsPanelist",
    ${readsBlind('c', '$3')} as "readerReadsBlind",
    (select coalesce(json_agg(${fileOf('sf')} order by af.added_at, sf.id), '[]') from application_file af
      join stored_file sf on sf.institution_id = $1 and sf.id = af.file_id
      where af.institution_id = $1 and af.application_id = a.id) as files
  from application a
  join call c on c.institution_id = $1 and c.id = a.call_id
  join call_terms t on t.institution_id = $1 and t.call_id = a.call_id and t.number = c.terms_number
  join person p on p.institution_id = $1 and p.id = a.person_id ${cardJoins('p')}
  left join call_extension x on x.institution_id = $1 and x.call_id = a.call_id and x.person_id = a.person_id
  left join award w on w.institution_id = $1 and w.application_id = a.id
  left join lateral (select * from award_figures g where g.institution_id = $1 and g.award_id = w.id) f on true
  left join application_appeal l on l.institution_id = $1 and l.application_id = a.id
  left join person lp on lp.institution_id = $1 and lp.id = l.answered_by
  where a.institution_id = $1 and a.id = $2`;

const submissionsSql = `
  select s.number, s.document, s.terms_number as "termsNumber", t.terms, s.asked_pence::float8 as "askedPence",
    s.least_pence::float8 as "leastPence", s.judged, ${instantOf('s.submitted_at')} as "submittedAt", ${nameOf('p')} as "submittedBy",
    (select coalesce(json_agg(${fileOf('sf')} order by sf.uploaded_at, sf.id), '[]') from application_submission_file af
      join stored_file sf on sf.institution_id = $1 and sf.id = af.file_id
      where af.institution_id = $1 and af.application_id = $2 and af.number = s.number) as files
  from application_submission s
  join application a on a.institution_id = $1 and a.id = $2
  join call_terms t on t.institution_id = $1 and t.call_id = a.call_id and t.number = s.terms_number
  left join person p on p.institution_id = $1 and p.id = s.submitted_by
  where s.institution_id = $1 and s.application_id = $2 order by s.number desc`;

const timelineSql = `
  select e.id, e.kind, ${instantOf('e.at')} as at, ${nameOf('p')} as by, e.facts
  from application_event e
  left join person p on p.institution_id = $1 and p.id = e.by_person
  where e.institution_id = $1 and e.application_id = $2 order by e.at, e.id`;

const endorserSql = `
  select e.status, ${nameOf('p')} as name, e.asked_as as "as", ${nameOf('q')} as "inPlaceOf", ${instantOf('e.asked_at')} as "askedAt",
    ${instantOf('e.passes_on_at')} as "passesOnAt", ${instantOf('e.answered_at')} as "answeredAt", e.reason
  from endorsement e
  join person p on p.institution_id = $1 and p.id = e.asked_of
  left join person q on q.institution_id = $1 and q.id = e.in_place_of
  where e.institution_id = $1 and e.application_id = $2 and e.purpose = 'application'
  order by e.submission_number desc, e.asked_at desc, e.id desc limit 1`;

type Main = Omit<ApplicationRecord, 'call' | 'submissions' | 'timeline' | 'endorser'> & {
  callStatus: Window['status'];
  opensAt: Date;
  closesAt: Date;
  returnGraceDays: number;
};

/** Null: this institution has no such application. */
export const recordOf = async (tx: Tx, id: string, readerId: string): Promise<ApplicationRecord | null> => {
  const of = [tx.scope.institutionId, id];
  const [main] = await tx.query<Main>(mainSql, [...of, readerId]);
  if (!main) return null;
  const submissions = await tx.query<SubmissionView>(submissionsSql, of);
  const timeline = await tx.query<TimelineLine>(timelineSql, of);
  const [endorser] = await tx.query<EndorserView>(endorserSql, of);
  const { callStatus: status, opensAt, closesAt, returnGraceDays, ...rest } = main;
  return {
    ...rest,
    call: { status, opensAt, closesAt, returnGraceDays },
    submissions,
    timeline,
    endorser: endorser ? { ...endorser, name: endorser.name ?? '' } : null,
  };
};
