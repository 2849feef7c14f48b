import { Injectable } from '@nestjs/common';
import { PeopleFacade, type PersonFacts } from '@waymark/api-people';
import type { Tx } from '@waymark/api-platform';
import type { RoundRules } from '@waymark/contracts';
import type { Attributes } from '../entities';
import { isOpenProposal } from '../at-present';
import { placesTaken } from '../places';
import {
  type MatchingInput,
  type MatchingMentee,
  type MatchingMentor,
  openProposalsMost,
  type TwoPeople,
} from './matching-input';

interface MenteeRow {
  requestId: string;
  personId: string;
  attributes: Attributes;
  identity: string[] | null;
  roundsWaited: number;
  /** Answers the person waits for, over all requests. */
  openProposals: number;
}

interface MentorRow {
  enrolmentId: string;
  personId: string;
  attributes: Attributes;
  identity: string[] | null;
  free: number;
}

/** Reads what a round is matched on, and what its release is checked against, as it is in this transaction. */
@Injectable()
export class MatchingInputs {
  constructor(private readonly people: PeopleFacade) {}

  async read(tx: Tx, roundId: string, rules: RoundRules): Promise<MatchingInput> {
    const menteeRows = await this.menteesOf(tx, roundId);
    const mentorRows = await this.mentorsOf(tx, roundId);
    const ids = [...new Set([...menteeRows, ...mentorRows].map((row) => row.personId))];
    const facts = new Map(
      (await this.people.facts(tx, ids)).filter((person) => person.active).map((person) => [person.id, person]),
    );
    const relationships = await this.people.relationships(tx, ids, ['paired-with', 'reviews', 'assesses']);
    const pairOf = (fact: { subjectId: string; objectId: string }): TwoPeople => [fact.subjectId, fact.objectId];
    const past = (until: Date | null) => until !== null && until <= tx.now;
    return {
      mentees: menteesWithPlaces(menteeRows, facts, rules),
      mentors: mentorRows.flatMap((row): MatchingMentor[] => {
        const person = facts.get(row.personId);
        const places = Math.max(0, Math.min(row.free, rules.placesAtMost ?? row.free));
        return person ? [{ ...row, ...placeOf(person), identity: said(row.identity), places }] : [];
      }),
      above: await this.people.managersAbove(tx, ids),
      earlierPairs: relationships.filter((fact) => fact.kind === 'paired-with' && past(fact.until)).map(pairOf),
      never: [...relationships.filter((fact) => !past(fact.until)).map(pairOf), ...(await this.exclusions(tx, ids))],
      proposedBefore: await this.proposedBefore(tx, roundId),
    };
  }

  private menteesOf(tx: Tx, roundId: string): Promise<MenteeRow[]> {
    return tx.query(
      `select r.id as "requestId", r.person_id as "personId", r.attributes, a.answers as identity,
         r.rounds_waited as "roundsWaited",
         (select count(*)::int from proposal p where p.institution_id = $1 and p.mentee_id = r.person_id
           and ${isOpenProposal('p', '$3')}) as "openProposals"
       from round_mentee rm
       join request r on r.institution_id = rm.institution_id and r.id = rm.request_id
       left join identity_answer a on a.institution_id = r.institution_id and a.person_id = r.person_id and a.side = 'mentee'
       where rm.institution_id = $1 and rm.round_id = $2 and r.status = 'open'
       order by r.asked_at, r.id`,
      [tx.scope.institutionId, roundId, tx.now],
    );
  }

  private mentorsOf(tx: Tx, roundId: string): Promise<MentorRow[]> {
    return tx.query(
      `select e.id as "enrolmentId", e.person_id as "personId", e.attributes, a.answers as identity,
         e.capacity - ${placesTaken('e')} as free
       from round_mentor rm
       join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
       left join identity_answer a on a.institution_id = e.institution_id and a.person_id = e.person_id and a.side = 'mentor'
       where rm.institution_id = $1 and rm.round_id = $2 and e.status = 'active'
       order by e.id`,
      [tx.scope.institutionId, roundId],
    );
  }

  private async exclusions(tx: Tx, ids: readonly string[]): Promise<TwoPeople[]> {
    const rows = await tx.query<{ one: string; other: string }>(
      `select person_id as one, excluded_person_id as other from exclusion
       where institution_id = $1 and person_id = any ($2) and excluded_person_id = any ($2)`,
      [tx.scope.institutionId, ids],
    );
    return rows.map(({ one, other }): TwoPeople => [one, other]);
  }

  /** Nobody is asked twice at once, nor again after one of the two said no. A proposal overtaken or unanswered may come again. */
  private proposedBefore(tx: Tx, roundId: string): Promise<MatchingInput['proposedBefore']> {
    return tx.query(
      `select p.request_id as "requestId", p.enrolment_id as "enrolmentId"
       from round_mentee rm
       join proposal p on p.institution_id = rm.institution_id and p.request_id = rm.request_id
       where rm.institution_id = $1 and rm.round_id = $2
         and (p.status in ('agreed', 'declined', 'withdrawn') or ${isOpenProposal('p', '$3')})`,
      [tx.scope.institutionId, roundId, tx.now],
    );
  }
}

/**
 * The first request of a person comes first where they have several, for what is open is counted over all together.
 * Somebody who waits for as many answers as one may is not part of the run.
 */
const menteesWithPlaces = (
  rows: readonly MenteeRow[],
  facts: ReadonlyMap<string, PersonFacts>,
  rules: RoundRules,
): MatchingMentee[] => {
  const open = new Map(rows.map((row) => [row.personId, row.openProposals]));
  return rows.flatMap(({ openProposals: _, ...row }) => {
    const person = facts.get(row.personId);
    const places = Math.min(rules.proposalsPerMentee, openProposalsMost - (open.get(row.personId) ?? 0));
    if (!person || places <= 0) return [];
    open.set(row.personId, (open.get(row.personId) ?? 0) + places);
    return [{ ...row, ...placeOf(person), identity: said(row.identity), places }];
  });
};

const placeOf = ({ unitId, gradePosition }: PersonFacts) => ({ unitId, gradePosition });

const said = (answers: readonly string[] | null): string[] => (answers ?? []).filter((answer) => answer.trim() !== '');
