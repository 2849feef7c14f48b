import type { RoundRules, ScorePart } from '@waymark/contracts';
import { ALLOWED, keepApart } from '../runs/keep-apart';
import type { MatchingInput } from '../runs/matching-input';

export interface ReleasablePair {
  requestId: string;
  enrolmentId: string;
  score: number;
  parts: ScorePart[];
}

export interface PlannedProposal extends ReleasablePair {
  menteeId: string;
  mentorId: string;
}

/**
 * What of a run is still right at the moment of its release: both people are there, their request is open and their
 * enrolment active, nothing keeps them apart that did not when the run was made, and neither side's places are
 * exceeded. Where places have become fewer the better pairs stay. The rest is skipped, and counted.
 */
export const planRelease = (
  now: MatchingInput,
  rules: RoundRules,
  pairs: readonly ReleasablePair[],
): { proposals: PlannedProposal[]; skipped: number } => {
  const blockOf = keepApart(now, rules);
  const menteeAt = new Map(now.mentees.map((mentee, at) => [mentee.requestId, at]));
  const mentorAt = new Map(now.mentors.map((mentor, at) => [mentor.enrolmentId, at]));
  const menteePlaces = now.mentees.map((mentee) => mentee.places);
  const mentorPlaces = now.mentors.map((mentor) => mentor.places);
  const bestFirst = [...pairs].sort(
    (one, other) =>
      other.score - one.score || compare(one.requestId, other.requestId) || compare(one.enrolmentId, other.enrolmentId),
  );
  const proposals: PlannedProposal[] = [];
  for (const pair of bestFirst) {
    const mentee = menteeAt.get(pair.requestId);
    const mentor = mentorAt.get(pair.enrolmentId);
    const [asking, asked] = [now.mentees[mentee ?? -1], now.mentors[mentor ?? -1]];
    if (mentee === undefined || mentor === undefined || !asking || !asked) continue;
    if (blockOf(mentee, mentor) !== ALLOWED) continue;
    const [left, places] = [menteePlaces[mentee] ?? 0, mentorPlaces[mentor] ?? 0];
    if (left <= 0 || places <= 0) continue;
    menteePlaces[mentee] = left - 1;
    mentorPlaces[mentor] = places - 1;
    proposals.push({ ...pair, menteeId: asking.personId, mentorId: asked.personId });
  }
  return { proposals, skipped: pairs.length - proposals.length };
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
