import { type Actor, Refused, type Tx } from '@waymark/api-platform';
import { type ApplicationStatus, type CallStatus, type CallTerms, permissionsOfRole } from '@waymark/contracts';
import { keptFrom } from './conflicts';

/** Whoever looks at a call's panel: what they may, and whose applications are kept from them. */
export interface PanelAccess {
  call: {
    id: string;
    name: string;
    status: CallStatus;
    version: number;
    blind: boolean;
    reviewersEach: number;
    bar: number;
    decideBy: string;
  };
  /** Sits on the panel. */
  sits: boolean;
  chair: boolean;
  /** Holds `calls.manage`. */
  manages: boolean;
  /** Holds `calls.see`: reads, and changes nothing. */
  sees: boolean;
  /** Names are not theirs to see: they sit on a blind call's panel, or on one with applications that were sent while it was blind. */
  namesHidden: boolean;
  /** Applicants in whom they have an interest: nothing of theirs is in any list, count or average. */
  kept: ReadonlySet<string>;
}

export const runsPanel = ({ chair, manages }: PanelAccess): boolean => chair || manages;

/** Applications that have been judged eligible and are still in the running, or were decided on. */
export const judged: readonly ApplicationStatus[] = [
  'eligible',
  'scored',
  'awarded',
  'part-awarded',
  'reserve',
  'unsuccessful',
];
export const judgedSql = `('${judged.join(`', '`)}')`;

/** Refused with `not-found` where there is no such call. */
export const panelAccess = async (tx: Tx, actor: Actor, callId: string): Promise<PanelAccess> => {
  const [call] = await tx.query<{
    name: string;
    status: CallStatus;
    version: number;
    terms: CallTerms;
    decideBy: string;
    chair: boolean | null;
    blind: boolean;
  }>(
    `select c.name, c.status, c.version, t.terms, to_char(c.decide_by, 'YYYY-MM-DD') as "decideBy", m.chair,
       exists (select from call_terms b where b.institution_id = c.institution_id and b.call_id = c.id and (b.terms->>'blind')::boolean
         and (b.number = c.terms_number or exists (select from application a
           join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
             and s.number = a.submission_number and s.terms_number = b.number
           where a.institution_id = c.institution_id and a.call_id = c.id))) as blind
     from call c
     join call_terms t on t.institution_id = c.institution_id and t.call_id = c.id and t.number = c.terms_number
     left join call_panelist m on m.institution_id = c.institution_id and m.call_id = c.id and m.person_id = $3
     where c.institution_id = $1 and c.id = $2`,
    [actor.institutionId, callId, actor.personId],
  );
  if (!call) throw new Refused('not-found');
  const { name, status, version, terms, decideBy } = call;
  const sits = call.chair !== null;
  return {
    call: {
      id: callId,
      name,
      status,
      version,
      blind: terms.blind,
      reviewersEach: terms.reviewersEach,
      bar: terms.bar,
      decideBy,
    },
    sits,
    chair: call.chair === true,
    manages: actor.permissions.has('calls.manage'),
    sees: actor.permissions.has('calls.see'),
    namesHidden: sits && call.blind,
    kept: await keptFrom(tx, callId, actor),
  };
};

/** For coordinators, chairs and readers of calls; for everybody else there is no such call. */
export const seesPanel = async (tx: Tx, actor: Actor, callId: string): Promise<PanelAccess> => {
  const access = await panelAccess(tx, actor, callId);
  if (runsPanel(access)) return access;
  if (!access.sees) throw new Refused('not-found');
  // The route is everybody's, so that an auditor looked is recorded here.
  if (onlyAudits(actor)) await tx.audit('audit.read', { kind: 'call', id: callId }, { route: 'panel' });
  return access;
};

/** None but the auditor's role lets them see calls. */
const onlyAudits = ({ roles }: Actor): boolean =>
  roles.includes('auditor') &&
  !roles.some((role) => role !== 'auditor' && permissionsOfRole[role].includes('calls.see'));

/** Who reads the panel's page and may not do its deeds is told so. */
export const mayRunPanel = async (tx: Tx, actor: Actor, callId: string): Promise<PanelAccess> => {
  const access = await seesPanel(tx, actor, callId);
  if (!runsPanel(access)) throw new Refused('not-allowed');
  return access;
};

export const mayChangePanel = async (tx: Tx, actor: Actor, callId: string): Promise<PanelAccess> => {
  const access = await seesPanel(tx, actor, callId);
  if (!access.manages) throw new Refused('not-allowed');
  return access;
};

/** Holds the call as it is: hundreds may score at once while nobody closes the scoring under them. */
export const whileScoring = async (tx: Tx, callId: string): Promise<void> => {
  const [call] = await tx.query<{ status: CallStatus }>(
    `select status from call where institution_id = $1 and id = $2 for share`,
    [tx.scope.institutionId, callId],
  );
  if (!call) throw new Refused('not-found');
  if (call.status !== 'scoring') throw new Refused('scoring-closed', { facts: { status: call.status } });
};
