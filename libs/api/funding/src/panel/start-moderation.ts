import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { ModerationStarted, StartModeration as Input } from '@waymark/contracts';
import { record } from '../applications/timeline';
import { Call } from '../calls/entities';
import { applicationTable, callTable, reviewTable } from '../statuses';
import { mayRunPanel } from './panel-access';

/**
 * Scoring closes: every review that was submitted is locked, every application is scored and goes to moderation. Refused while an
 * application lacks reviews, with how many of those the actor may see. Some statements, however many there are.
 */
@Injectable()
export class StartModeration {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, callId: string, { version }: Input): Promise<ModerationStarted> {
    return this.transactions.run(actor, async (tx) => {
      const { kept } = await mayRunPanel(tx, actor, callId);
      const call = await tx.lockAt(Call, callId, version);
      const status = move(callTable, call.status, 'moderation');
      const toScore = await heldApplications(tx, callId);
      if (toScore.length === 0 && !(await anyScored(tx, callId))) throw new Refused('nothing-to-moderate');
      const lacking = toScore.filter(({ wanted, submitted }) => submitted < wanted);
      if (lacking.length > 0) {
        const seen = lacking.filter(({ applicantId }) => !kept.has(applicantId)).length;
        // What they have an interest in is not counted for them.
        throw seen > 0
          ? new Refused('reviews-missing', { facts: { applications: seen } })
          : new Refused('reviews-missing-elsewhere');
      }
      const reviews = await this.lockReviews(tx, callId);
      await this.scored(
        tx,
        toScore.map(({ id }) => id),
      );
      await tx.update(Call, call, { status });
      await tx.audit(
        'call.start-moderation',
        { kind: 'call', id: callId },
        { applications: toScore.length, reviews: reviews.locked, dropped: reviews.dropped },
      );
      const counted = toScore.filter(({ applicantId }) => !kept.has(applicantId));
      return {
        callId,
        applications: counted.length,
        reviews: counted.reduce((sum, { submitted }) => sum + submitted, 0),
      };
    });
  }

  /** Submitted ones are locked; those still unwritten beyond what is asked are not needed any more. */
  private async lockReviews(tx: Tx, callId: string): Promise<{ locked: number; dropped: number }> {
    move(reviewTable, 'submitted', 'locked');
    const [counts] = await tx.query<{ locked: number; dropped: number }>(
      `with locking as (
         update review set status = 'locked', version = version + 1
         where institution_id = $1 and call_id = $2 and status = 'submitted' returning 1
       ), dropping as (
         update review set status = 'reassigned', version = version + 1
         where institution_id = $1 and call_id = $2 and status in ('assigned', 'drafting', 'recused') returning id
       ), ending as (
         update relationship set until = $3
         where institution_id = $1 and source_id in (select id from dropping) and until is null
       )
       select (select count(*) from locking)::int as locked, (select count(*) from dropping)::int as dropped`,
      [tx.scope.institutionId, callId, tx.now],
    );
    return counts ?? { locked: 0, dropped: 0 };
  }

  private async scored(tx: Tx, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    move(applicationTable, 'eligible', 'scored');
    await tx.query(
      `update application set status = 'scored', version = version + 1 where institution_id = $1 and id = any ($2::uuid[])`,
      [tx.scope.institutionId, ids],
    );
    await record(
      tx,
      ids.map((applicationId) => ({ applicationId, kind: 'scored' as const })),
    );
  }
}

/** Those still to be scored, held until the transaction ends: an applicant may take theirs back at the same moment. */
const heldApplications = (
  tx: Tx,
  callId: string,
): Promise<{ id: string; applicantId: string; wanted: number; submitted: number }[]> =>
  tx.query(
    `with held as (
       select a.id, a.person_id, a.submission_number from application a
       where a.institution_id = $1 and a.call_id = $2 and a.status = 'eligible' order by a.id for update
     )
     select h.id, h.person_id as "applicantId", (t.terms->>'reviewersEach')::int as wanted, coalesce(r.submitted, 0)::int as submitted
     from held h
     join application_submission s on s.institution_id = $1 and s.application_id = h.id and s.number = h.submission_number
     join call_terms t on t.institution_id = $1 and t.call_id = $2 and t.number = s.terms_number
     left join (
       select application_id, count(*) as submitted from review
       where institution_id = $1 and call_id = $2 and status in ('submitted', 'locked') group by application_id
     ) r on r.application_id = h.id`,
    [tx.scope.institutionId, callId],
  );

const anyScored = async (tx: Tx, callId: string): Promise<boolean> => {
  const rows = await tx.query(
    `select 1 from application where institution_id = $1 and call_id = $2 and status = 'scored' limit 1`,
    [tx.scope.institutionId, callId],
  );
  return rows.length > 0;
};
