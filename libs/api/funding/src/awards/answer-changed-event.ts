import { ReportBackFacade } from '@waymark/api-report-back';
import { move, Refused, type Tx } from '@waymark/api-platform';
import { z } from 'zod';
import { record } from '../applications/timeline';
import { awardTable } from '../statuses';
import { claimDaysAfterEvent, dayAfter } from './award-days';
import { tell } from './award-post';
import { Award } from './entities';
import * as letters from './letters';

/** What a change of an award asks for, as it is kept until the manager has answered. */
export const eventChange = z.object({
  eventName: z.string(),
  eventStartsOn: z.iso.date(),
  eventEndsOn: z.iso.date(),
  why: z.string(),
});
export type EventChange = z.infer<typeof eventChange>;

const reports = new ReportBackFacade();

/**
 * The manager has answered on an award whose event or dates moved. Endorsed, it stands with the new dates: what hangs on the date,
 * the report and a claim-by date that would be too early, moves with it. Declined or returned with a question, it stands as it was
 * before, and the person can ask again or say that they cannot go. Safe to repeat: an award that waits for no answer stays.
 */
export const answerChangedEvent = async (
  tx: Tx,
  applicationId: string,
  answer: 'endorsed' | 'declined' | 'returned',
  reason: string | null,
): Promise<void> => {
  const [found] = await tx.find(Award, { applicationId });
  if (!found) throw new Refused('not-found');
  const award = await tx.lock(Award, found.id);
  if (award.status !== 'changed') return;
  const { eventName, eventStartsOn, eventEndsOn } = eventChange.parse(award.change);
  const change = { eventName, eventStartsOn, eventEndsOn };
  const claimByLeast = dayAfter(change.eventEndsOn, claimDaysAfterEvent);
  await tx.update(Award, award, {
    status: move(awardTable, award.status, 'accepted'),
    change: null,
    ...(answer === 'endorsed'
      ? { ...change, claimBy: award.claimBy < claimByLeast ? claimByLeast : award.claimBy }
      : {}),
  });
  if (answer === 'endorsed')
    await reports.oblige(tx, {
      personId: award.personId,
      sourceKind: 'award',
      sourceId: award.id,
      subject: award.eventName,
      eventEndsOn: award.eventEndsOn,
    });
  await record(tx, [{ applicationId, kind: 'award-changed', facts: { answer, ...change } }]);
  await tx.audit('fund-award.answer-change', { kind: 'fund-award', id: award.id }, { answer });
  await tell(tx, [
    {
      personId: award.personId,
      words: letters.changeAnswered(change.eventName, answer === 'endorsed', reason),
      path: `/funding/awards/${award.id}`,
    },
  ]);
};
