import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import { dayIn, PlatformConfig, postEach, type ScheduledTask, type Tx, workingDaysAfter } from '@waymark/api-platform';
import { conflictsOf } from '../panel/conflicts';
import { type Approver, approversQuery } from './scenario-rows';
import { remindApprover } from './scenario-letters';
import { spokenDay } from './spoken';

/** A proposal that nobody has answered is brought up again on this working day after it, once. */
const workingDays = 2;

/** Reminds those who could approve what was proposed. Nothing happens by silence: it waits until somebody decides. */
@Injectable()
export class RemindApprovers implements ScheduledTask {
  readonly name = 'remind-approvers';
  readonly everySeconds = 900;

  constructor(private readonly config: PlatformConfig) {}

  async run(tx: Tx): Promise<boolean> {
    const { institutionId } = tx.scope;
    const waiting = await tx.query<{
      id: string;
      callId: string;
      callName: string;
      proposedBy: string;
      proposer: string;
      proposedAt: Date;
    }>(
      `select s.id, c.id as "callId", c.name as "callName", s.proposed_by as "proposedBy", s.proposed_at as "proposedAt",
         trim(p.given_name || ' ' || p.family_name) as proposer
       from scenario s
       join call c on c.institution_id = s.institution_id and c.id = s.call_id
       join person p on p.institution_id = s.institution_id and p.id = s.proposed_by
       where s.institution_id = $1 and s.status = 'proposed' and s.reminded_at is null and c.status = 'moderation'
       order by s.id for update of s skip locked`,
      [institutionId],
    );
    if (waiting.length === 0) return false;
    const where = await whereaboutsOf(tx);
    const today = dayIn(where.timeZone, tx.now);
    for (const { id, callId, callName, proposedBy, proposer, proposedAt } of waiting) {
      if (today < dayIn(where.timeZone, workingDaysAfter(proposedAt, workingDays, where))) continue;
      const { text, values } = approversQuery(institutionId, callId, tx.now);
      const approvers = await tx.query<Approver>(text, values);
      const aside = new Set((await conflictsOf(tx, callId)).map(({ panelistId }) => panelistId));
      const about = {
        ...{ callName, proposer, proposedOn: spokenDay(dayIn(where.timeZone, proposedAt)) },
        link: `${this.config.publicUrl}/funding/calls/${callId}/allocation`,
      };
      await postEach(
        tx,
        approvers.flatMap(({ id: approverId, email, givenName }) =>
          email === null || approverId === proposedBy || aside.has(approverId)
            ? []
            : [{ to: email, ...remindApprover(givenName, about) }],
        ),
      );
      await tx.query(`update scenario set reminded_at = $3 where institution_id = $1 and id = $2`, [
        ...[institutionId, id],
        tx.now,
      ]);
    }
    return false;
  }
}
