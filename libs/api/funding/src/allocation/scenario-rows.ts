import { instantOf } from '@waymark/api-people';
import { type Actor, jobViewSql, type ReadQuery, Refused } from '@waymark/api-platform';
import {
  type CallStatus,
  type Refusal,
  type Role,
  permissionsOfRole,
  type ScenarioRow,
  type ScenarioTotals,
} from '@waymark/contracts';
import type { Asking } from './access';
import { inputHash } from './input-hash';
import { type AllocationInput, inputQueries } from './read-input';

/** More scenarios than anybody compares; the newest are shown. */
const scenariosMost = 100;

/** `{ by, byMe, at }` of a person's column and an instant's; null where nobody has. */
const deedOf = (person: string, at: string): string => `case when s.${at} is null then null else json_build_object(
  'by', (select trim(w.given_name || ' ' || w.family_name) from person w where w.institution_id = s.institution_id and w.id = s.${person}),
  'byMe', s.${person} is not distinct from $3::uuid, 'at', ${instantOf(`s.${at}`)}) end`;

const scenariosQuery = (institutionId: string, callId: string, personId: string): ReadQuery => ({
  name: 'scenarios-of-call',
  text: `select s.id, s.name, s.version, s.status, s.method, s.parameters, s.computing, s.failure, ${jobViewSql} as job,
      s.input_hash as "inputHash", s.engine_version as "engineVersion", ${deedOf('made_by', 'made_at')} as made,
      ${deedOf('proposed_by', 'proposed_at')} as proposed, ${deedOf('decided_by', 'decided_at')} as decided,
      s.rejected_because as "because", s.proposed_by as "proposerId", ${instantOf('s.published_at')} as "publishedAt"
    from scenario s
    left join job j on j.institution_id = s.institution_id and j.id = s.job_id
    where s.institution_id = $1 and s.call_id = $2 order by s.made_at desc, s.id desc limit ${scenariosMost}`,
  values: [institutionId, callId, personId],
});

/** Of scenario lines under `l`, without what is left of the budget. */
export const totalsSql = `json_build_object(
  'awardedPence', coalesce(sum(l.amount_pence), 0), 'askedPence', coalesce(sum(l.asked_pence), 0),
  'people', count(*) filter (where l.amount_pence > 0), 'inFull', count(*) filter (where l.outcome = 'awarded'),
  'inPart', count(*) filter (where l.outcome = 'part-awarded'), 'reserve', count(*) filter (where l.outcome = 'reserve'),
  'unsuccessful', count(*) filter (where l.outcome = 'unsuccessful'),
  'totalScore', coalesce(sum(l.score) filter (where l.amount_pence > 0), 0),
  'lowestRank', max(l.rank) filter (where l.amount_pence > 0), 'overrides', count(*) filter (where l.overridden))`;

const totalsQuery = (institutionId: string, callId: string): ReadQuery => ({
  name: 'scenario-totals-of-call',
  text: `select l.scenario_id as id, ${totalsSql} as totals
    from scenario s join scenario_line l on l.institution_id = s.institution_id and l.scenario_id = s.id
    where s.institution_id = $1 and s.call_id = $2 group by l.scenario_id`,
  values: [institutionId, callId],
});

export interface CallOfWorkbench {
  id: string;
  name: string;
  status: CallStatus;
  version: number;
  budgetPence: number;
  decideBy: string;
  bar: number;
  partAwards: boolean;
  pot: { id: string; name: string; financialYear: number; availablePence: number; committedPence: number };
  reviews: number;
  unlocked: number;
}

const callQuery = (institutionId: string, callId: string): ReadQuery => ({
  name: 'call-of-workbench',
  text: `select c.id, c.name, c.status, c.version, c.budget_pence::float8 as "budgetPence", c.decide_by::text as "decideBy",
      (t.terms->>'bar')::int as bar, (t.terms->>'partAwards')::boolean as "partAwards",
      json_build_object('id', p.id, 'name', p.name, 'financialYear', p.financial_year, 'availablePence', f.available_pence,
        'committedPence', f.committed_pence) as pot, r.reviews, r.unlocked
    from call c
    join call_terms t on t.institution_id = c.institution_id and t.call_id = c.id and t.number = c.terms_number
    join pot p on p.institution_id = c.institution_id and p.id = c.pot_id
    join pot_figures f on f.institution_id = p.institution_id and f.pot_id = p.id
    cross join (
      select count(*) filter (where status = 'locked')::int as reviews,
        count(*) filter (where status in ('assigned', 'drafting', 'submitted'))::int as unlocked
      from review where institution_id = $1 and call_id = $2
    ) r
    where c.institution_id = $1 and c.id = $2`,
  values: [institutionId, callId],
});

const rolesThatApprove = (Object.keys(permissionsOfRole) as Role[]).filter((role) =>
  permissionsOfRole[role].includes('allocation.approve'),
);

/** Who could approve: whoever holds the role today, is here, and did not apply. */
export const approversQuery = (institutionId: string, callId: string, now: Date): ReadQuery => ({
  name: 'approvers-of-call',
  text: `select distinct p.id, trim(p.given_name || ' ' || p.family_name) as name,
      coalesce(nullif(p.given_name, ''), p.family_name) as "givenName", p.email
    from role_held h
    join institution i on i.id = h.institution_id
    join person p on p.institution_id = h.institution_id and p.id = h.person_id
    cross join lateral (select ($4::timestamptz at time zone i.time_zone)::date as today) d
    where h.institution_id = $1 and h.role = any ($3::text[]) and h.held_from <= d.today
      and (h.held_until is null or h.held_until >= d.today) and (p.left_on is null or p.left_on >= d.today)
      and not exists (select from application a where a.institution_id = $1 and a.call_id = $2 and a.person_id = p.id
        and a.status not in ('draft', 'withdrawn', 'call-cancelled'))
    order by 2, 1`,
  values: [institutionId, callId, rolesThatApprove, now],
});

export interface Approver {
  id: string;
  name: string;
  givenName: string;
  email: string | null;
}

type StoredRow = Omit<ScenarioRow, 'totals' | 'stale' | 'may' | 'mayNot' | 'decided'> & {
  decided: Omit<NonNullable<ScenarioRow['decided']>, 'because'> | null;
  because: string | null;
  proposerId: string | null;
};

/** All of a call that the workbench stands on, as it is now. */
export interface KnownCall {
  call: CallOfWorkbench;
  input: AllocationInput;
  /** In the order they were made. */
  rows: ScenarioRow[];
  approvers: Approver[];
}

export const readKnownCall = async (asking: Asking, actor: Actor, callId: string): Promise<KnownCall> => {
  const { institutionId, personId } = actor;
  const [[call], stored, totals, approvers, applications, units, grades] = (await asking.all([
    callQuery(institutionId, callId),
    scenariosQuery(institutionId, callId, personId),
    totalsQuery(institutionId, callId),
    approversQuery(institutionId, callId, asking.now),
    ...inputQueries(institutionId, callId),
  ])) as [
    CallOfWorkbench[],
    StoredRow[],
    { id: string; totals: Omit<ScenarioTotals, 'leftPence'> }[],
    Approver[],
    AllocationInput['applications'],
    AllocationInput['units'],
    AllocationInput['grades'],
  ];
  if (!call) throw new Refused('not-found');
  const input = { applications, units, grades };
  const totalsOf = new Map(totals.map((row) => [row.id, row.totals]));
  const isDeciding = call.status === 'moderation' || call.status === 'scoring';
  const hashes = new Map<string, string>();
  const hashNow = ({ method, parameters }: Pick<StoredRow, 'method' | 'parameters'>): string => {
    const key = JSON.stringify([method, parameters.shareBy, parameters.groups]);
    const known = hashes.get(key) ?? inputHash(method, parameters, applications, units);
    hashes.set(key, known);
    return known;
  };
  const onItsWay = stored.find(
    ({ status }) => status === 'proposed' || status === 'approved' || status === 'published',
  );
  const rows = stored.toReversed().map(({ because, decided, proposerId: _, ...row }): ScenarioRow => {
    const sums = row.computing === 'done' ? totalsOf.get(row.id) : undefined;
    const whole = {
      ...row,
      decided: decided && { ...decided, because },
      totals: sums ? { ...sums, leftPence: row.parameters.budgetPence - sums.awardedPence } : null,
      stale: isDeciding && row.inputHash !== null && row.status !== 'rejected' && hashNow(row) !== row.inputHash,
    };
    return { ...whole, ...mayOf(whole, call, actor, onItsWay !== undefined && onItsWay.id !== row.id) };
  });
  // Whoever proposed what waits for approval does not approve it.
  const proposer = stored.find(({ status }) => status === 'proposed')?.proposerId;
  return { call, input, rows, approvers: approvers.filter(({ id }) => id !== proposer) };
};

/** Why no scenario could be made now; null where one could. */
export const whyNotMade = (
  status: CallStatus,
  { applications }: Pick<AllocationInput, 'applications'>,
): Refusal | null => {
  if (status !== 'moderation') return 'not-in-moderation';
  if (applications.length === 0) return 'nothing-to-allocate';
  return applications.some(({ count }) => count === 0) ? 'review-missing' : null;
};

type Whole = Omit<ScenarioRow, 'may' | 'mayNot'>;

/** Why the awards of a scenario could not be made now; null where they could. */
export const whyNotAwarded = (
  { computing, stale, totals }: Pick<Whole, 'computing' | 'stale' | 'totals'>,
  call: Pick<CallOfWorkbench, 'status' | 'budgetPence' | 'pot'>,
): Refusal | null => {
  if (call.status !== 'moderation') return 'not-in-moderation';
  if (computing !== 'done' || !totals) return 'scenario-not-computed';
  if (stale) return 'scenario-stale';
  if (totals.awardedPence > call.budgetPence || totals.leftPence < 0) return 'scenario-over-budget';
  return totals.awardedPence > call.pot.availablePence ? 'pot-overdrawn' : null;
};

const mayOf = (
  row: Whole,
  call: CallOfWorkbench,
  { permissions }: Pick<Actor, 'permissions'>,
  otherOnItsWay: boolean,
): Pick<ScenarioRow, 'may' | 'mayNot'> => {
  const proposes = permissions.has('allocation.propose');
  const approves = permissions.has('allocation.approve');
  const fault = whyNotAwarded(row, call);
  const inModeration = call.status === 'moderation';
  const mayNot = {
    propose: proposes && row.status === 'draft' ? (fault ?? (otherOnItsWay ? 'scenario-on-its-way' : null)) : null,
    approve: row.status !== 'proposed' ? null : row.proposed?.byMe ? 'own-proposal' : approves ? fault : null,
    publish: proposes && row.status === 'approved' ? fault : null,
  } as const;
  return {
    may: {
      override: proposes && inModeration && row.status === 'draft' && row.computing === 'done',
      propose: proposes && row.status === 'draft' && mayNot.propose === null,
      withdraw: inModeration && row.status === 'proposed' && row.proposed?.byMe === true,
      approve: approves && row.status === 'proposed' && mayNot.approve === null,
      reject:
        approves && inModeration && (row.status === 'proposed' || row.status === 'approved') && !row.proposed?.byMe,
      publish: proposes && row.status === 'approved' && mayNot.publish === null,
    },
    mayNot,
  };
};

/** One scenario as it is now. */
export const scenarioRowIn = async (asking: Asking, actor: Actor, callId: string, id: string): Promise<ScenarioRow> => {
  const { rows } = await readKnownCall(asking, actor, callId);
  const row = rows.find((one) => one.id === id);
  if (!row) throw new Refused('not-found');
  return row;
};
