import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { AssignmentPreview as PreviewView, AssignReviews as Input, PanelView } from '@waymark/contracts';
import { Call } from '../calls/entities';
import { reviewTable } from '../statuses';
import * as letters from './letters';
import { mayRunPanel, type PanelAccess } from './panel-access';
import { PanelPost } from './panel-post';
import { panelViewIn } from './panel-view';
import { type CallPlan, readCallPlan } from './read-plan';

const listedMost = 200;

/** What assigning now would do: the same that AssignReviews would write, less what the looker has an interest in. */
@Injectable()
export class AssignmentPreview {
  constructor(private readonly transactions: Transactions) {}

  see(actor: Actor, callId: string): Promise<PreviewView> {
    return this.transactions.run(actor, async (tx) => {
      const access = await mayRunPanel(tx, actor, callId);
      if (access.call.status !== 'scoring')
        throw new Refused('scoring-closed', { facts: { status: access.call.status } });
      const plan = await readCallPlan(tx, callId);
      if (!plan.panelists.some(({ active }) => active)) throw new Refused('panel-empty');
      return previewOf(plan, access);
    });
  }
}

const previewOf = (plan: CallPlan, { kept: hidden, namesHidden }: PanelAccess): PreviewView => {
  const applications = new Map(plan.applications.map((application) => [application.id, application]));
  const seen = ({ applicationId }: { applicationId: string }) => {
    const application = applications.get(applicationId);
    return application !== undefined && !hidden.has(application.applicantId);
  };
  const kept = [...plan.kept, ...plan.staying].filter(seen);
  const added = plan.fresh.filter(seen);
  const short = plan.plan.short.filter(seen);
  const countOf = (reviews: readonly { panelistId: string }[]) => {
    const counts = new Map<string, number>();
    for (const { panelistId } of reviews) counts.set(panelistId, (counts.get(panelistId) ?? 0) + 1);
    return counts;
  };
  const keptBy = countOf(kept);
  const addedBy = countOf(added);
  return {
    hash: plan.hash,
    kept: kept.length,
    added: added.length,
    movedOn: plan.movedOn.filter(seen).length,
    panelists: plan.panelists
      .filter(({ id, active }) => active || keptBy.has(id))
      .map(({ id, name }) => ({ id, name, kept: keptBy.get(id) ?? 0, added: addedBy.get(id) ?? 0 })),
    sharingSkill: added.filter(({ sharesSkill }) => sharesSkill).length,
    otherUnit: added.filter(({ otherUnit }) => otherUnit).length,
    shortReviews: short.reduce((sum, { missing }) => sum + missing, 0),
    short: short.slice(0, listedMost).map((row) => ({
      ...row,
      reference: applications.get(row.applicationId)?.reference ?? '',
      applicant: namesHidden ? null : (applications.get(row.applicationId)?.applicant ?? null),
    })),
  };
};

/**
 * Gives every application its readers, as previewed (refused with `changed-meanwhile` where it would come out otherwise). Reviews
 * that are begun or submitted stay; unread ones may go to somebody else. A few statements however many there are, the fact
 * that somebody reviews somebody with them, and one letter to each panelist who gets more.
 */
@Injectable()
export class AssignReviews {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly post: PanelPost,
  ) {}

  run(actor: Actor, callId: string, { hash }: Input): Promise<PanelView> {
    return this.transactions.run(actor, async (tx) => {
      const access = await mayRunPanel(tx, actor, callId);
      const call = await tx.lock(Call, callId);
      if (call.status !== 'scoring') throw new Refused('scoring-closed', { facts: { status: call.status } });
      const plan = await readCallPlan(tx, callId);
      if (!plan.panelists.some(({ active }) => active)) throw new Refused('panel-empty');
      if (plan.hash !== hash) throw new Refused('changed-meanwhile');
      await this.moveOn(tx, plan);
      await writeReviews(tx, this.people, callId, plan);
      await tx.audit(
        'panel.assign',
        { kind: 'call', id: callId },
        {
          added: plan.fresh.length,
          kept: plan.kept.length,
          movedOn: plan.movedOn.length,
          short: plan.plan.shortReviews,
        },
      );
      const counts = new Map<string, number>();
      for (const { panelistId } of plan.fresh) counts.set(panelistId, (counts.get(panelistId) ?? 0) + 1);
      const link = this.post.reading(callId);
      await this.post.send(tx, [...counts.keys()], ({ id, givenName }) =>
        letters.assigned(givenName, access.call, counts.get(id) ?? 0, link),
      );
      return panelViewIn(tx, actor, callId);
    });
  }

  /** Those not in the plan, and those given back whose application has its readers again. */
  private async moveOn(tx: Tx, { movedOn, recused, plan }: CallPlan): Promise<void> {
    const short = new Set(plan.short.map(({ applicationId }) => applicationId));
    const over = [...movedOn, ...recused.filter(({ applicationId }) => !short.has(applicationId))].map(({ id }) => id);
    if (over.length === 0) return;
    const moved = await tx.query(
      `update review set status = 'reassigned', version = version + 1
       where institution_id = $1 and id = any ($2::uuid[]) and status = any ($3) returning id`,
      [tx.scope.institutionId, over, mayBecome('reassigned')],
    );
    if (moved.length !== over.length) throw new Refused('changed-meanwhile');
    await this.people.endRelationshipsOf(tx, over);
  }
}

/** The statuses from which a review may move there, by its table. */
export const mayBecome = (to: keyof typeof reviewTable): string[] =>
  Object.entries(reviewTable).flatMap(([from, ways]) => (ways.includes(to) ? [from] : []));

const writeReviews = async (
  tx: Tx,
  people: PeopleFacade,
  callId: string,
  { fresh, applications }: CallPlan,
): Promise<void> => {
  if (fresh.length === 0) return;
  const applicantOf = new Map(applications.map(({ id, applicantId }) => [id, applicantId]));
  const rows = fresh.map(({ applicationId, panelistId }) => ({ id: tx.newId(), applicationId, panelistId }));
  await insertReviews(tx, callId, rows, null);
  await people.relateEach(
    tx,
    rows.map(({ id, applicationId, panelistId }) => ({
      kind: 'reviews' as const,
      subjectId: panelistId,
      objectId: applicantOf.get(applicationId) ?? '',
      sourceId: id,
    })),
  );
};

/** New reviews, in one statement. */
export const insertReviews = async (
  tx: Tx,
  callId: string,
  rows: readonly { id: string; applicationId: string; panelistId: string; replaces?: string | null }[],
  assignedBy: string | null,
): Promise<void> => {
  await tx.query(
    `insert into review (institution_id, id, call_id, application_id, panelist_id, status, scores, comment_to_applicant,
       private_comment, replaces, assigned_at, assigned_by, version)
     select $1, r.id, $2, r."applicationId", r."panelistId", 'assigned', '{}', '', '', r.replaces, $3, $4, 1
     from jsonb_to_recordset($5::jsonb) as r(id uuid, "applicationId" uuid, "panelistId" uuid, replaces uuid)`,
    [tx.scope.institutionId, callId, tx.now, assignedBy, JSON.stringify(rows)],
  );
};
