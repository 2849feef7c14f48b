import { Injectable } from '@nestjs/common';
import { patternOf, PeopleFacade } from '@waymark/api-people';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type {
  ApplicantRow,
  ApplicantsPage,
  ApplicantsQuery,
  CallStatus,
  DeclareInterest as DeclareInput,
  InterestDeclared,
} from '@waymark/contracts';
import { mayBecome } from './assign-reviews';
import { conflictsOf } from './conflicts';
import { DeclarationOfInterest } from './entities';
import { panelAccess, type PanelAccess } from './panel-access';
import { PanelPost } from './panel-post';
import { tellChairs } from './score-review';

/** Whoever handed something in that has not been taken back. */
const appliedSql = `a.submission_number is not null and a.status not in ('draft', 'withdrawn', 'call-cancelled')`;

/** From when there is somebody to declare against until the decisions are made. */
const declarable: ReadonlySet<CallStatus> = new Set(['open', 'closed', 'scoring', 'moderation']);

const sittingOn = async (tx: Tx, actor: Actor, callId: string): Promise<PanelAccess> => {
  const access = await panelAccess(tx, actor, callId);
  if (!access.sits) throw new Refused('not-found');
  return access;
};

/** Everybody who applied, by name alone: nothing says which application is whose. */
@Injectable()
export class Applicants {
  constructor(private readonly transactions: Transactions) {}

  page(actor: Actor, callId: string, { page, pageSize, search }: ApplicantsQuery): Promise<ApplicantsPage> {
    return this.transactions.run(actor, async (tx) => {
      const { call } = await sittingOn(tx, actor, callId);
      const wanted = [actor.institutionId, callId, search ? patternOf(search) : null];
      const matching = `p.institution_id = $1
        and exists (select from application a where a.institution_id = $1 and a.call_id = $2 and a.person_id = p.id and ${appliedSql})
        and ($3::text is null or trim(p.given_name || ' ' || p.family_name) ilike $3)`;
      const [count] = await tx.query<{ total: number }>(
        `select count(*)::int as total from person p where ${matching}`,
        wanted,
      );
      const rows = await tx.query<Omit<ApplicantRow, 'interest'>>(
        `select p.id, trim(p.given_name || ' ' || p.family_name) as name, u.name as unit, d.id as "declarationId", d.because
         from person p
         left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
         left join declaration_of_interest d on d.institution_id = p.institution_id and d.call_id = $2 and d.panelist_id = $4
           and d.applicant_id = p.id and d.withdrawn_at is null
         where ${matching}
         order by lower(p.family_name), lower(p.given_name), p.id limit $5 offset $6`,
        [...wanted, actor.personId, pageSize, (page - 1) * pageSize],
      );
      const known = new Map(
        (await conflictsOf(tx, callId))
          .filter(({ panelistId, kind }) => panelistId === actor.personId && kind !== 'declared')
          .map(({ applicantId, kind }) => [applicantId, kind]),
      );
      return {
        call: { id: call.id, name: call.name, status: call.status, blind: call.blind },
        mayDeclare: declarable.has(call.status),
        rows: rows.map((row) => ({
          ...row,
          interest: known.get(row.id) ?? (row.declarationId === null ? null : 'declared'),
        })),
        page,
        pageSize,
        total: count?.total ?? 0,
      };
    });
  }
}

/**
 * A panelist says that they have an interest in an applicant. Reviews of theirs that are not locked are given back with it, and the
 * chairs hear of it; one
 * that is locked stays until the chair sends it to somebody else, and they see nothing of it any more.
 */
@Injectable()
export class DeclareInterest {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly post: PanelPost,
  ) {}

  run(actor: Actor, callId: string, { applicantId, because }: DeclareInput): Promise<InterestDeclared> {
    return this.transactions.run(actor, async (tx) => {
      const { call } = await sittingOn(tx, actor, callId);
      // While it is declared nobody assigns, closes or decides.
      const [held] = await tx.query<{ status: CallStatus }>(
        `select status from call where institution_id = $1 and id = $2 for share`,
        [actor.institutionId, callId],
      );
      if (!held || !declarable.has(held.status))
        throw new Refused('scoring-closed', { facts: { status: call.status } });
      const applications = await tx.query<{ id: string }>(
        // Held, so that nobody gives it to them at this very moment.
        `select a.id from application a where a.institution_id = $1 and a.call_id = $2 and a.person_id = $3 and ${appliedSql}
         order by a.id for share`,
        [actor.institutionId, callId, applicantId],
      );
      if (applications.length === 0) throw new Refused('not-found');
      if (applicantId === actor.personId) throw new Refused('interest-known');
      const id = tx.newId();
      await tx.insert(DeclarationOfInterest, {
        institutionId: actor.institutionId,
        id,
        callId,
        panelistId: actor.personId,
        applicantId,
        because,
        declaredAt: tx.now,
        withdrawnAt: null,
      });
      await this.people.relate(tx, {
        kind: 'declared',
        subjectId: actor.personId,
        objectId: applicantId,
        sourceId: id,
      });
      const recused = await this.giveBack(
        tx,
        actor.personId,
        applications.map((application) => application.id),
        because,
      );
      for (const applicationId of recused) {
        await tellChairs(tx, this.post, { applicationId, panelistId: actor.personId }, call);
      }
      const scored = await tx.query<{ applicationId: string }>(
        `select application_id as "applicationId" from review where institution_id = $1 and panelist_id = $2 and status = 'locked'
           and application_id = any ($3::uuid[]) order by id`,
        [actor.institutionId, actor.personId, applications.map((application) => application.id)],
      );
      for (const { applicationId } of scored) {
        await tellChairs(tx, this.post, { applicationId, panelistId: actor.personId }, call, 'interest-since');
      }
      await tx.audit('interest.declare', { kind: 'call', id: callId }, { declarationId: id, recused: recused.length });
      return { id, recused: recused.length };
    });
  }

  /** Answers the applications whose reviews they were. */
  private async giveBack(tx: Tx, panelistId: string, applicationIds: string[], because: string): Promise<string[]> {
    const rows = await tx.query<{ id: string; applicationId: string }>(
      `select id, application_id as "applicationId" from review where institution_id = $1 and panelist_id = $2 and application_id = any ($3::uuid[])
         and status = any ($4) order by id for update`,
      [tx.scope.institutionId, panelistId, applicationIds, mayBecome('recused')],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return [];
    await tx.query(
      `update review set status = 'recused', recused_because = $3, version = version + 1
       where institution_id = $1 and id = any ($2::uuid[])`,
      [tx.scope.institutionId, ids, because],
    );
    await this.people.endRelationshipsOf(tx, ids);
    await tx.auditEach(
      'review.recuse',
      ids.map((id) => ({ subject: { kind: 'review', id } })),
    );
    return rows.map(({ applicationId }) => applicationId);
  }
}

/** Taken back by who declared it. What it gave back stays given back: the chair may have found somebody else. */
@Injectable()
export class WithdrawDeclaration {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
  ) {}

  run(actor: Actor, declarationId: string): Promise<InterestDeclared> {
    return this.transactions.run(actor, async (tx) => {
      const [found] = await tx.find(DeclarationOfInterest, { id: declarationId });
      if (found?.panelistId !== actor.personId) throw new Refused('not-found');
      // The call first, so that scoring does not close meanwhile.
      await tx.query(`select id from call where institution_id = $1 and id = $2 for share`, [
        actor.institutionId,
        found.callId,
      ]);
      const row = await tx.lock(DeclarationOfInterest, declarationId);
      if (row.withdrawnAt) throw new Refused('changed-meanwhile');
      const { call } = await sittingOn(tx, actor, row.callId);
      // Later it would open scores that were closed to them.
      if (call.status === 'moderation' || !declarable.has(call.status)) {
        throw new Refused('scoring-closed', { facts: { status: call.status } });
      }
      await tx.update(DeclarationOfInterest, row, { withdrawnAt: tx.now });
      await this.people.endRelationships(tx, row.id);
      await tx.audit('interest.withdraw', { kind: 'call', id: row.callId }, { declarationId: row.id });
      return { id: row.id, recused: 0 };
    });
  }
}
