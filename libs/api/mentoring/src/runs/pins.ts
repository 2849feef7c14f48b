import type { RoundRules } from '@waymark/contracts';
import { ALLOWED, keepApart } from './keep-apart';
import type { MatchingInput } from './matching-input';
import type { ScoredPairs } from './score-pairs';

/** A pinned pair, both by their position in the input. */
export interface Pin {
  mentee: number;
  mentor: number;
}

/**
 * The pins that hold: both people are in the round to be matched, nothing keeps them apart, and both have a place left by
 * the pins before. The earliest choice comes first. The others are passed over, and counted.
 */
export const holdingPins = (input: MatchingInput, rules: RoundRules): { pins: Pin[]; notKept: number } => {
  const wanted = input.choices.filter(({ kind }) => kind === 'pin');
  if (wanted.length === 0) return { pins: [], notKept: 0 };
  const blockOf = keepApart(input, rules);
  const menteeAt = new Map(input.mentees.map(({ requestId }, at) => [requestId, at]));
  const mentorAt = new Map(input.mentors.map(({ enrolmentId }, at) => [enrolmentId, at]));
  const menteePlaces = input.mentees.map(({ places }) => places);
  const mentorPlaces = input.mentors.map(({ places }) => places);
  const pins = wanted.flatMap(({ requestId, enrolmentId }): Pin[] => {
    const [mentee, mentor] = [menteeAt.get(requestId), mentorAt.get(enrolmentId)];
    if (mentee === undefined || mentor === undefined || blockOf(mentee, mentor) !== ALLOWED) return [];
    const [left, places] = [menteePlaces[mentee] ?? 0, mentorPlaces[mentor] ?? 0];
    if (left <= 0 || places <= 0) return [];
    menteePlaces[mentee] = left - 1;
    mentorPlaces[mentor] = places - 1;
    return [{ mentee, mentor }];
  });
  return { pins, notKept: wanted.length - pins.length };
};

/** The positions of these pairs in the scored columns, as the engine takes pins; scored pairs lie mentee by mentee. */
export const columnsOf = (pins: readonly Pin[], scored: Pick<ScoredPairs, 'mentee' | 'mentor'>): number[] => {
  if (pins.length === 0) return [];
  const wanted = new Set(pins.map(({ mentee, mentor }) => `${mentee} ${mentor}`));
  const pinned = new Set(pins.map(({ mentee }) => mentee));
  const columns: number[] = [];
  scored.mentee.forEach((mentee, at) => {
    if (pinned.has(mentee) && wanted.has(`${mentee} ${scored.mentor[at] ?? -1}`)) columns.push(at);
  });
  return columns;
};
