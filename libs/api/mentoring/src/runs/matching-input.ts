import type { RoundRules } from '@waymark/contracts';
import type { Attributes, StoredChoice } from '../entities';

/** What the matching job reads, as plain data; the rules below it know nothing of the database. */
export interface MatchingMentee {
  requestId: string;
  personId: string;
  unitId: string | null;
  /** In the institution's order of grades, 0 the lowest; null: not known. */
  gradePosition: number | null;
  attributes: Attributes;
  /** What the person asked to be matched on; used to score and for nothing else. */
  identity: readonly string[];
  roundsWaited: number;
  /** To how many mentors this request may be proposed in this run. */
  places: number;
}

export interface MatchingMentor {
  enrolmentId: string;
  personId: string;
  unitId: string | null;
  gradePosition: number | null;
  attributes: Attributes;
  identity: readonly string[];
  /** Mentees this mentor takes in this run; 0: full, but told apart from those whom a rule keeps away. */
  places: number;
}

/** Below so many people on either side, who is paired with whom would tell what one of them answered. */
export const identityFewest = 8;

/** The input as it is scored: without anybody's answers where fewer than eight on a side gave one. */
export const withEnoughIdentity = (input: MatchingInput): MatchingInput => {
  const enough = [input.mentees, input.mentors].every(
    (people) => people.filter(({ identity }) => identity.length > 0).length >= identityFewest,
  );
  if (enough) return input;
  return {
    ...input,
    mentees: input.mentees.map((mentee) => ({ ...mentee, identity: [] })),
    mentors: input.mentors.map((mentor) => ({ ...mentor, identity: [] })),
  };
};

/**
 * Whether identity gives points among these people, `withEnoughIdentity` applied. Nothing is then shown that is made of the
 * engine's own scores, since from the difference to the shown ones an answer could be read.
 */
export const identityCounts = (input: Pick<MatchingInput, 'mentees' | 'mentors'>, rules: RoundRules): boolean =>
  rules.points.identity > 0 &&
  [input.mentees, input.mentors].every((people) => people.some(({ identity }) => identity.length > 0));

export type TwoPeople = readonly [string, string];

export interface MatchingInput {
  mentees: readonly MatchingMentee[];
  mentors: readonly MatchingMentor[];
  /** For each person, everybody above them in the line of management. */
  above: ReadonlyMap<string, readonly string[]>;
  /** People who were paired before; people paired now stand in `never`. */
  earlierPairs: readonly TwoPeople[];
  /** People kept apart whatever the rules say: excluded by either, reviewed, assessed, paired at present. */
  never: readonly TwoPeople[];
  /** Requests and enrolments between which a proposal is open, or was declined or withdrawn. */
  proposedBefore: readonly { requestId: string; enrolmentId: string }[];
  /** Pairs that coordinators pinned or forbade in the round, the earliest choice first. */
  choices: readonly StoredChoice[];
  /** The institution's grades, by the position that people's grades have. */
  grades: readonly { name: string; position: number }[];
}

/** A mentee waits for at most so many answers at once, over all requests together. */
export const openProposalsMost = 3;
