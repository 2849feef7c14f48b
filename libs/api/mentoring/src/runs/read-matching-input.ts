import { Injectable } from '@nestjs/common';
import { PeopleFacade, type PersonFacts } from '@waymark/api-people';
import type { Tx } from '@waymark/api-platform';
import type { RoundRules } from '@waymark/contracts';
import type { Attributes, StoredChoice } from '../entities';
import { isOpenProposal } from '../at-present';
import { placesTaken } from '../places';
import {
  identityFewest,
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

/** Proposals that are about to end, for whose mentees another mentor is sought. */
export interface Ending {
  proposalIds: readonly string[];
  requestIds: readonly string[];
}

/** Reads what a round is matched on, and what its release is checked against, as it is in this transaction. */
@Injectable()
export class MatchingInputs {
  constructor(private readonly people: PeopleFacade) {}

  /**
   * With `ending`, of the mentees only those whose proposals are ending, and of the mentors only the places for which
   * nobody is asked yet: an open proposal is no place taken, but no mentor is to be asked for more than they have.
   */
  read(tx: Tx, roundId: string, rules: RoundRules, ending?: Ending): Promise<MatchingInput> {
    return this.readAs(tx, roundId, rules, { ending, ownSetAside: false });
  }

  /**
   * As `read`, with what came of the round's own release set aside: its proposals and pairs, and the round more that those
   * have waited whom it left out. So a run can be asked about after its release as before; whether nothing else has changed
   * either is for the hash of the input to say.
   */
  readBeforeRelease(tx: Tx, roundId: string, rules: RoundRules): Promise<MatchingInput> {
    return this.readAs(tx, roundId, rules, { ending: undefined, ownSetAside: true });
  }

  private async readAs(
    tx: Tx,
    roundId: string,
    rules: RoundRules,
    { ending, ownSetAside }: { ending: Ending | undefined; ownSetAside: boolean },
  ): Promise<MatchingInput> {
    const menteeRows = await this.menteesOf(tx, roundId, ending, ownSetAside);
    const mentorRows = ending
      ? await this.mentorsWithRoom(tx, roundId, rules, ending)
      : await this.mentorsOf(tx, roundId, ownSetAside);
    const ids = [...new Set([...menteeRows, ...mentorRows].map((row) => row.personId))];
    const facts = new Map(
      (await this.people.facts(tx, ids)).filter((person) => person.active).map((person) => [person.id, person]),
    );
    const own = new Set(ownSetAside ? await this.pairsOf(tx, roundId) : []);
    const relationships = (await this.people.relationships(tx, ids, ['paired-with', 'reviews', 'assesses'])).filter(
      ({ kind, subjectId, objectId }) => kind !== 'paired-with' || !own.has(`${subjectId} ${objectId}`),
    );
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
      proposedBefore: await this.proposedBefore(tx, roundId, ending, ownSetAside),
      choices: await choicesOf(tx, roundId),
      grades: [...(await this.people.grades(tx)).values()].map(({ name, position }) => ({ name, position })),
    };
  }

  /** Whether enough of the round's people have said something of their identity for it to count: see `identityFewest`. */
  async enoughIdentity(tx: Tx, roundId: string): Promise<boolean> {
    const [row] = await tx.query<{ mentees: number; mentors: number }>(
      `select
         (select count(*)::int from round_mentee rm
           join request r on r.institution_id = rm.institution_id and r.id = rm.request_id
           join identity_answer a on a.institution_id = r.institution_id and a.person_id = r.person_id and a.side = 'mentee'
           where rm.institution_id = $1 and rm.round_id = $2 and cardinality(a.answers) > 0) as mentees,
         (select count(*)::int from round_mentor rm
           join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
           join identity_answer a on a.institution_id = e.institution_id and a.person_id = e.person_id and a.side = 'mentor'
           where rm.institution_id = $1 and rm.round_id = $2 and cardinality(a.answers) > 0) as mentors`,
      [tx.scope.institutionId, roundId],
    );
    return row !== undefined && Math.min(row.mentees, row.mentors) >= identityFewest;
  }

  private async menteesOf(
    tx: Tx,
    roundId: string,
    ending: Ending | undefined,
    ownSetAside: boolean,
  ): Promise<MenteeRow[]> {
    const { institutionId } = tx.scope;
    const wanted = ending
      ? `rm.request_id = any ($3::uuid[]) and r.status in ('open', 'matched')`
      : `(r.status = 'open' or $4 and r.status = 'matched' and ${ownProposal(`own.status = 'agreed'`)}) and $3::uuid[] is null`;
    // Whom the release left out has waited a round more by it.
    const sinceRelease = `case when $4 and r.status = 'open' and not ${ownProposal(isOpenProposal('own', '$5'))} and exists (
        select from round o where o.institution_id = rm.institution_id and o.id = rm.round_id and o.released_at is not null)
      then 1 else 0 end`;
    const rows = await tx.query<Omit<MenteeRow, 'openProposals'>>(
      `select r.id as "requestId", r.person_id as "personId", r.attributes, a.answers as identity,
         greatest(0, r.rounds_waited - ${sinceRelease}) as "roundsWaited"
       from round_mentee rm
       join request r on r.institution_id = rm.institution_id and r.id = rm.request_id
       left join identity_answer a on a.institution_id = r.institution_id and a.person_id = r.person_id and a.side = 'mentee'
       where rm.institution_id = $1 and rm.round_id = $2
         and ${wanted}
       order by r.asked_at, r.id`,
      [institutionId, roundId, ending?.requestIds ?? null, ownSetAside, tx.now],
    );
    // Apart, so that what a large load has left of the statistics does not matter.
    const open = await tx.query<{ personId: string; count: number }>(
      `select p.mentee_id as "personId", count(*)::int as count from proposal p
       where p.institution_id = $1 and p.mentee_id = any ($2::uuid[]) and ${isOpenProposal('p', '$3')}
         and not p.id = any ($4::uuid[]) and not ($5 and p.round_id = $6) group by p.mentee_id`,
      [
        ...[institutionId, [...new Set(rows.map(({ personId }) => personId))], tx.now, ending?.proposalIds ?? []],
        ...[ownSetAside, roundId],
      ],
    );
    const waitsFor = new Map(open.map(({ personId, count }) => [personId, count]));
    return rows.map((row) => ({ ...row, openProposals: waitsFor.get(row.personId) ?? 0 }));
  }

  private mentorsWithRoom(tx: Tx, roundId: string, rules: RoundRules, ending: Ending): Promise<MentorRow[]> {
    return tx.query(
      `select e.id as "enrolmentId", e.person_id as "personId", e.attributes, a.answers as identity, ${roomOf('e')} as free
       from round_mentor rm
       join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
       left join identity_answer a on a.institution_id = e.institution_id and a.person_id = e.person_id and a.side = 'mentor'
       where rm.institution_id = $1 and rm.round_id = $2 and e.status = 'active'
         and ${notSilent('e', '$3')}
       order by e.id`,
      [tx.scope.institutionId, roundId, tx.now, ending.proposalIds, rules.placesAtMost],
    );
  }

  /** Of these mentors of a round, those who can still be asked, with how many more; to be read under their locks. */
  async room(
    tx: Tx,
    roundId: string,
    rules: RoundRules,
    ending: Ending,
    enrolmentIds: readonly string[],
  ): Promise<Map<string, number>> {
    const rows = await tx.query<{ id: string; free: number }>(
      `select e.id, ${roomOf('e')} as free from enrolment e
       where e.institution_id = $1 and e.id = any ($6::uuid[]) and e.status = 'active' and ${notSilent('e', '$3')}`,
      [tx.scope.institutionId, roundId, tx.now, ending.proposalIds, rules.placesAtMost, enrolmentIds],
    );
    return new Map(rows.map(({ id, free }) => [id, free]));
  }

  private mentorsOf(tx: Tx, roundId: string, ownSetAside: boolean): Promise<MentorRow[]> {
    return tx.query(
      `select e.id as "enrolmentId", e.person_id as "personId", e.attributes, a.answers as identity,
         e.capacity - ${placesTaken('e', 'not ($3 and taken.round_id = $2)')} as free
       from round_mentor rm
       join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
       left join identity_answer a on a.institution_id = e.institution_id and a.person_id = e.person_id and a.side = 'mentor'
       where rm.institution_id = $1 and rm.round_id = $2 and e.status = 'active'
       order by e.id`,
      [tx.scope.institutionId, roundId, ownSetAside],
    );
  }

  /** The pairs that came of a round, as relationships have them: the mentor first. */
  private async pairsOf(tx: Tx, roundId: string): Promise<string[]> {
    const rows = await tx.query<{ two: string }>(
      `select pair.mentor_id || ' ' || pair.mentee_id as two from pair
       join proposal p on p.institution_id = pair.institution_id and p.id = pair.proposal_id
       where pair.institution_id = $1 and p.round_id = $2`,
      [tx.scope.institutionId, roundId],
    );
    return rows.map(({ two }) => two);
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
  private proposedBefore(
    tx: Tx,
    roundId: string,
    ending: Ending | undefined,
    ownSetAside: boolean,
  ): Promise<MatchingInput['proposedBefore']> {
    return tx.query(
      `select p.request_id as "requestId", p.enrolment_id as "enrolmentId"
       from round_mentee rm
       join proposal p on p.institution_id = rm.institution_id and p.request_id = rm.request_id
       where rm.institution_id = $1 and rm.round_id = $2 and ($4::uuid[] is null or rm.request_id = any ($4))
         and (p.status in ('agreed', 'declined', 'withdrawn') or ${isOpenProposal('p', '$3')}
           -- Within a round nobody is asked for the same person again.
           or ($4 is not null and p.round_id = $2))
         and not ($5 and p.round_id = $2)`,
      [tx.scope.institutionId, roundId, tx.now, ending?.requestIds ?? null, ownSetAside],
    );
  }
}

/** SQL of whether the request `r` has a proposal, `own`, of its round that is so. */
const ownProposal = (is: string): string => `exists (
  select from proposal own where own.institution_id = rm.institution_id and own.request_id = r.id
    and own.round_id = rm.round_id and ${is})`;

/** The choices of coordinators in a round, the earliest first. */
export const choicesOf = (tx: Tx, roundId: string): Promise<StoredChoice[]> =>
  tx.query(
    `select kind, request_id as "requestId", enrolment_id as "enrolmentId" from round_choice
     where institution_id = $1 and round_id = $2 order by made_at, id`,
    [tx.scope.institutionId, roundId],
  );

/** SQL: whoever lets a proposal lapse at this very moment is not asked for the next. */
const notSilent = (enrolment: string, now: string): string => `not exists (
  select from proposal late where late.institution_id = ${enrolment}.institution_id and late.enrolment_id = ${enrolment}.id
    and late.status = 'proposed' and late.answer_by < ${now}::timestamptz)`;

/**
 * SQL of how many more people the enrolment under this alias can be asked for in round $2: places free less open proposals
 * of any round, within the round's most, $5. Proposals that are ending, $4, no longer count.
 */
const roomOf = (enrolment: string): string => `(
  select least(
    ${enrolment}.capacity - ${placesTaken(enrolment)} - count(*) filter (where asked.status in ('proposed', 'more-asked')),
    $5::int - count(*) filter (where asked.round_id = $2 and asked.status in ('proposed', 'more-asked', 'accepted', 'agreed')))::int
  from proposal asked
  where asked.institution_id = ${enrolment}.institution_id and asked.enrolment_id = ${enrolment}.id
    and not asked.id = any ($4::uuid[]))`;

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
