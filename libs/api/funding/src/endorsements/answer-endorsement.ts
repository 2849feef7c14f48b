import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import { type Actor, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type {
  AnsweredEndorsements,
  AnswerEndorsement as Input,
  AnswerEndorsements as SeveralInput,
  EndorsementAnswer,
  EndorsementView,
  Refusal,
} from '@waymark/contracts';
import { record } from '../applications/timeline';
import { sendBefore } from '../applications/send-before';
import { answerChangedEvent } from '../awards/answer-changed-event';
import { applicationTable, endorsementTable } from '../statuses';
import { endorsementViewIn } from './endorsement-view';
import { EndorsementPost } from './endorsement-post';
import * as letters from './letters';
import { hindranceTo, hindranceToReturn, type LockedEndorsement, lockEndorsements } from './locked-endorsements';
import { isOwn, mayAnswer } from './who-may-answer';

interface Given {
  answer: EndorsementAnswer;
  reason: string;
  through: 'page' | 'mail';
}

/** An endorser answers: endorses, returns with a question, or declines with a reason. The first answer counts. */
@Injectable()
export class AnswerEndorsement {
  constructor(
    private readonly transactions: Transactions,
    private readonly postRoom: EndorsementPost,
  ) {}

  run(actor: Actor, id: string, { version, answer, reason }: Input): Promise<EndorsementView> {
    return this.transactions.run(actor, async (tx) => {
      const [row] = await lockEndorsements(tx, [id]);
      if (!row) throw new Refused('not-found');
      const hindrance = await this.hindrance(tx, actor, row, { version, answer });
      if (hindrance) throw hindrance;
      await this.answer(tx, row, { answer, reason, through: 'page' });
      return endorsementViewIn(tx, actor, id);
    });
  }

  /** Several at once, each with its own result: what cannot be answered any more is named, and does not hold up the rest. */
  several(actor: Actor, { endorsements, answer, reason }: SeveralInput): Promise<AnsweredEndorsements> {
    return this.transactions.run(actor, async (tx) => {
      const wanted = new Map(endorsements.map(({ id, version }) => [id, version]));
      const refusals = new Map<string, Refusal>();
      for (const row of await lockEndorsements(tx, [...wanted.keys()])) {
        const hindrance = await this.hindrance(tx, actor, row, { version: wanted.get(row.id) ?? 0, answer });
        wanted.delete(row.id);
        if (hindrance) refusals.set(row.id, hindrance.refusal);
        else await this.answer(tx, row, { answer, reason, through: 'page' });
      }
      return {
        results: endorsements.map(({ id }) => ({
          id,
          refusal: wanted.has(id) ? 'not-found' : (refusals.get(id) ?? null),
        })),
      };
    });
  }

  private async hindrance(
    tx: Tx,
    actor: Actor,
    row: LockedEndorsement,
    { version, answer }: { version: number; answer: EndorsementAnswer },
  ): Promise<Refused | null> {
    if (isOwn(actor, row.applicantId)) return new Refused('own-application');
    const { timeZone } = await whereaboutsOf(tx);
    const concerned = row.answeredBy === actor.personId || (await mayAnswer(tx, actor, row, timeZone));
    if (!concerned) return new Refused('not-found');
    const over = hindranceTo(row, tx.now);
    if (over) return over;
    if (row.version !== version) return new Refused('changed-meanwhile');
    return answer === 'returned' ? hindranceToReturn(row, timeZone, tx.now) : null;
  }

  /** Writes an answer that was judged. The caller holds the rows; who answers is the transaction's person. */
  async answer(tx: Tx, row: LockedEndorsement, { answer, reason, through }: Given): Promise<void> {
    const { institutionId, personId } = tx.scope;
    const why = answer === 'endorsed' ? null : reason;
    await tx.query(
      `update endorsement set status = $3, answered_at = $4, answered_by = $5, answered_through = $6, reason = $7,
         version = version + 1 where institution_id = $1 and id = $2`,
      [institutionId, row.id, move(endorsementTable, row.status, answer), tx.now, personId, through, why],
    );
    await tx.query(
      `update endorsement_link set used_at = $3 where institution_id = $1 and endorsement_id = $2 and used_at is null`,
      [institutionId, row.id, tx.now],
    );
    await tx.audit(
      'endorsement.answer',
      { kind: 'application', id: row.applicationId },
      { answer, through, purpose: row.purpose },
    );
    // The award stands or falls with it; its own slice says so to the applicant.
    if (row.purpose === 'changed-event') return answerChangedEvent(tx, row.applicationId, answer, why);
    await tx.query(`update application set status = $3, version = version + 1 where institution_id = $1 and id = $2`, [
      institutionId,
      row.applicationId,
      move(applicationTable, row.applicationStatus, answer),
    ]);
    await record(tx, [{ applicationId: row.applicationId, kind: answer, facts: { endorsementId: row.id, through } }]);
    await this.tell(tx, row, answer, reason);
  }

  private async tell(tx: Tx, row: LockedEndorsement, answer: EndorsementAnswer, reason: string): Promise<void> {
    const { timeZone } = await whereaboutsOf(tx);
    const { personId } = tx.scope;
    const name = await this.postRoom.names(tx, personId ? [personId] : []);
    const about = {
      endorser: personId ? name(personId) : '',
      event: row.eventName,
      call: row.callName,
      link: this.postRoom.application(row.applicationId),
    };
    const until = sendBefore({ ...row, status: row.callStatus }, row.extendedUntil, 'returned', timeZone);
    await this.postRoom.post(tx, [
      {
        personId: row.applicantId,
        words: (given) =>
          answer === 'endorsed'
            ? letters.endorsed(given, about)
            : answer === 'returned'
              ? letters.returned(given, about, reason, until, timeZone)
              : letters.declined(given, about, reason),
      },
    ]);
  }
}
