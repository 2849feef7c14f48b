import { Injectable } from '@nestjs/common';
import {
  dayIn,
  hashOfToken,
  RateLimits,
  Reads,
  Refused,
  type Scope,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import { instantOf, whereaboutsOf } from '@waymark/api-people';
import type {
  AnswerByLink,
  ApplicationDocument,
  EndorseLinkState,
  EndorseLinkView,
  EndorsementAnswer,
  EndorsementStatus,
} from '@waymark/contracts';
import { createHash } from 'node:crypto';
import { AnswerEndorsement } from './answer-endorsement';
import {
  answerByOf,
  askedPence,
  clashesWith,
  endsOn,
  eventName,
  fromEndorsement,
  fundedList,
  nameOf,
  startsOn,
} from './endorsement-sql';
import { hindranceTo, hindranceToReturn, isOver, lockEndorsements, standingOf } from './locked-endorsements';

interface Link {
  institutionId: string;
  endorsementId: string;
  personId: string;
  expiresAt: Date;
  usedAt: Date | null;
}

interface Row {
  status: EndorsementStatus;
  through: string | null;
  answeredBy: string | null;

  leftOn: string | null;
  institution: string;
  givenName: string;
  applicant: string;
  event: string;
  document: ApplicationDocument;
  asked: Omit<NonNullable<EndorseLinkView['asked']>, 'place' | 'as' | 'upFrontPence' | 'costs' | 'case'>;
}

/** Looked at and answered from one address, in fifteen minutes: a campus behind one may do so all at once. */
const fromOneAddress = [300, 15] as const;

/**
 * The link in an endorser's mail. It shows what is asked and changes nothing, however often a scanner opens it; its button
 * answers, once, as the person it was sent to. It stops when they leave, when it is passed on, and at its deadline.
 */
@Injectable()
export class EndorseLinks {
  constructor(
    private readonly transactions: Transactions,
    private readonly reads: Reads,
    private readonly limits: RateLimits,
    private readonly answers: AnswerEndorsement,
  ) {}

  async view(token: string, from: { address: string }): Promise<EndorseLinkView> {
    const link = await this.find(token, from.address);
    return this.transactions.run(scopeOf(link, null), (tx) => viewIn(tx, link));
  }

  async answer(
    token: string,
    { answer, reason }: AnswerByLink,
    from: { address: string; correlationId: string },
  ): Promise<EndorseLinkView> {
    const link = await this.find(token, from.address);
    return this.transactions.run(scopeOf(link, from.correlationId), async (tx) => {
      const [row] = await lockEndorsements(tx, [link.endorsementId]);
      if (!row) throw new Refused('not-found');
      const before = await viewIn(tx, link);
      // The answer was lost on its way back: it is given again, not refused.
      if (before.state === 'answered' && before.answer === answer) return before;
      if (row.applicantId === link.personId) throw new Refused('own-application');
      const hindrance = hindranceTo(row, tx.now);
      if (hindrance) throw hindrance;
      if (before.state !== 'open') throw new Refused('link-expired');
      const { timeZone } = await whereaboutsOf(tx);
      const late = answer === 'returned' ? hindranceToReturn(row, timeZone, tx.now) : null;
      if (late) throw late;
      await this.answers.answer(tx, row, { answer, reason, through: 'mail' });
      return viewIn(tx, link);
    });
  }

  private async find(token: string, address: string): Promise<Link> {
    const key = createHash('sha256').update(address).digest('base64url');
    await this.limits.count(`endorse-link-from:${key}`, ...fromOneAddress);
    const [link] = await this.reads.global<Link>({
      name: 'endorsement-link',
      text: `select institution_id as "institutionId", endorsement_id as "endorsementId", person_id as "personId",
          expires_at as "expiresAt", used_at as "usedAt" from endorsement_link where token_hash = $1`,
      values: [hashOfToken(token)],
    });
    if (!link) throw new Refused('not-found');
    return link;
  }
}

const scopeOf = ({ institutionId, personId }: Link, correlationId: string | null): Scope => ({
  institutionId,
  personId,
  correlationId,
});

const viewIn = async (tx: Tx, link: Link): Promise<EndorseLinkView> => {
  const [row] = await tx.query<Row>(
    `select n.status, n.answered_through as through, n.answered_by as "answeredBy",
       o.name as institution, q.given_name as "givenName", q.left_on::text as "leftOn", ${nameOf('p')} as applicant,
       ${eventName} as event, s.document,
       json_build_object('purpose', n.purpose, 'call', c.name, 'answerBy', ${instantOf(`(${answerByOf})`)},
         'inPlaceOf', (select ${nameOf('i')} from person i where i.institution_id = n.institution_id and i.id = n.in_place_of),
         'askedAs', n.asked_as, 'startsOn', ${startsOn}::text, 'endsOn', ${endsOn}::text, 'askedPence', ${askedPence},
         'leastPence', least(s.least_pence, ${askedPence}),
         'before', case when w.change is null then null else json_build_object('name', w.event_name,
           'startsOn', w.event_starts_on::text, 'endsOn', w.event_ends_on::text) end,
         'clashesWith', ${clashesWith}, 'funded', ${fundedList}) as asked
     from ${fromEndorsement}
     join institution o on o.id = n.institution_id
     join person q on q.institution_id = n.institution_id and q.id = $3
     where n.institution_id = $1 and n.id = $2`,
    [link.institutionId, link.endorsementId, link.personId],
  );
  if (!row) throw new Refused('not-found');
  const [standing] = await standingOf(tx, [link.endorsementId]);
  const { timeZone } = await whereaboutsOf(tx);
  const left = row.leftOn !== null && row.leftOn < dayIn(timeZone, tx.now);
  const state = stateOf(row, link, left, standing ? isOver(standing, tx.now) : true, tx.now);
  const { institution, givenName, applicant, event, document } = row;
  const answered = ['endorsed', 'returned', 'declined'].includes(row.status);
  return {
    state,
    institution,
    givenName,
    applicant,
    event,
    answer:
      answered && (state === 'answered' || state === 'answered-elsewhere') ? (row.status as EndorsementAnswer) : null,
    asked:
      state === 'open'
        ? {
            ...row.asked,
            place: document.event.place,
            as: document.event.as,
            upFrontPence: document.upFront.amountPence,
            costs: document.costs.map(({ category, what, amountPence }) => ({ category, what, amountPence })),
            case: document.case,
          }
        : null,
  };
};

const stateOf = (row: Row, link: Link, left: boolean, over: boolean, now: Date): EndorseLinkState => {
  switch (row.status) {
    case 'endorsed':
    case 'returned':
    case 'declined':
      return row.through === 'mail' && row.answeredBy === link.personId ? 'answered' : 'answered-elsewhere';
    case 'passed-on':
      return left ? 'left' : 'passed-on';
    case 'withdrawn':
      return 'withdrawn';
    case 'unendorsed':
      return 'over';
    case 'asked':
      if (left) return 'left';
      if (over) return 'over';
      return link.expiresAt <= now ? 'expired' : 'open';
  }
};
