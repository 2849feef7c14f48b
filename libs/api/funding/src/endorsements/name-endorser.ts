import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import type { CallEndorsementChanged, NameEndorser as Input } from '@waymark/contracts';
import { askEach } from './ask-to-endorse';
import { callEndorsementIn } from './call-endorsements';
import { deadlineOf } from './deadline';
import { lockApplications } from './locked-endorsements';
import { takeBack, type Waiting, waitingColumns } from './pass-on';

/** The coordinator names who is asked: where nobody is left to ask, or in the place of whoever is asked now. Never for one's own. */
@Injectable()
export class NameEndorser {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
  ) {}

  run(actor: Actor, callId: string, { applicationId, purpose, personId }: Input): Promise<CallEndorsementChanged> {
    return this.transactions.run(actor, async (tx) => {
      await lockApplications(tx, [{ applicationId, callId }]);
      const [application] = await tx.query<{
        personId: string;
        status: string;
        submissionNumber: number | null;
        callStatus: string;
        awardStatus: string | null;
        over: boolean;
      }>(
        `select a.person_id as "personId", a.status, a.submission_number as "submissionNumber", c.status as "callStatus",
           w.status as "awardStatus", coalesce(${deadlineOf('c', 's')} <= $4, false) as over
         from application a join call c on c.institution_id = a.institution_id and c.id = a.call_id
         left join application_submission s
           on s.institution_id = a.institution_id and s.application_id = a.id and s.number = a.submission_number
         left join award w on w.institution_id = a.institution_id and w.application_id = a.id
         where a.institution_id = $1 and a.id = $2 and a.call_id = $3`,
        [actor.institutionId, applicationId, callId, tx.now],
      );
      if (!application) throw new Refused('not-found');
      if (application.personId === actor.personId) throw new Refused('own-application');
      const { submissionNumber } = application;
      const waits =
        purpose === 'application'
          ? application.status === 'submitted' && ['open', 'closed'].includes(application.callStatus)
          : application.awardStatus === 'changed';
      if (!waits || submissionNumber === null) {
        throw new Refused('status-refused', {
          facts: {
            from: purpose === 'application' ? application.status : (application.awardStatus ?? 'none'),
            to: 'asked',
          },
        });
      }
      // Nobody named now could answer: it is for the coordinator to decide.
      if (purpose === 'application' && application.over) throw new Refused('endorsement-over');
      if (personId === application.personId) throw new Refused('own-application');
      const [named] = await this.people.facts(tx, [personId]);
      if (!named) throw new Refused('invalid-input', { fields: [{ path: 'personId', code: 'unknown-record' }] });
      if (!named.active) throw new Refused('person-left');
      const waiting = await tx.query<Waiting>(
        `select ${waitingColumns} from endorsement n
         join application a on a.institution_id = n.institution_id and a.id = n.application_id
         where n.institution_id = $1 and n.application_id = $2 and n.purpose = $3 and n.status = 'asked' for update of n`,
        [actor.institutionId, applicationId, purpose],
      );
      if (waiting.some(({ askedOf }) => askedOf === personId)) throw new Refused('endorser-asked');
      await takeBack(tx, waiting, 'named');
      await askEach(tx, [{ applicationId, submissionNumber, purpose, personId, as: 'named', inPlaceOf: null }]);
      await tx.audit('endorsement.name', { kind: 'application', id: applicationId }, { endorser: personId, purpose });
      return { row: await callEndorsementIn(tx, callId, applicationId, purpose) };
    });
  }
}
