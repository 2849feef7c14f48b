import { Sha256 } from '../sha256.ts';
import type { ProfileIndex } from './profile-index.ts';
import type { ProfilePeople } from './profile-types.ts';

/** Lines are hashed in lumps of about so many characters. */
const LUMP = 1 << 16;

/**
 * SHA-256 of profiles and rules in canonical order, whatever the listing: lines of JSON as UTF-8, each ended by a line
 * feed: a name and version; the rules, points for grade by steps; each mentee by id with places, grade, own points and
 * values by attribute, ascending, each once; each mentor likewise; each forbidden pair of ids once, by ids.
 */
export function hashProfiles({ table, menteeListed, mentorListed, menteeIds, mentorIds }: ProfileIndex): string {
  const { rules, mentees, mentors, forbiddenMentee, forbiddenMentor } = table;
  const hash = new Sha256();
  const encoder = new TextEncoder();
  let lump = '';
  const line = (content: unknown) => {
    lump += `${JSON.stringify(content)}\n`;
    if (lump.length < LUMP) return;
    hash.update(encoder.encode(lump));
    lump = '';
  };
  line('waymark-profiles-input/1');
  line([
    rules.attributes.map(({ name, pointsOnce, pointsEach = 0, must = null }) => [name, pointsOnce, pointsEach, must]),
    rules.gradePoints.map(({ steps, points }) => [steps, points]).sort(([a = 0], [b = 0]) => a - b),
    rules.gradeSteps ? [rules.gradeSteps.from, rules.gradeSteps.to] : null,
  ]);
  line([menteeIds.length, mentorIds.length]);
  menteeListed.forEach((at) => line([...personLine(mentees, at), mentees.points[at]]));
  mentorListed.forEach((at) => line(personLine(mentors, at)));
  const forbidden = Array.from(forbiddenMentee, (mentee, at) =>
    JSON.stringify([mentees.ids[mentee], mentors.ids[forbiddenMentor[at]!]]),
  );
  for (const pair of [...new Set(forbidden)].sort()) line(pair);
  return hash.update(encoder.encode(lump)).digest();
}

function personLine({ ids, places, grade, values }: ProfilePeople, at: number): unknown[] {
  const lists = values.map(({ start, value }) => {
    const list: number[] = [];
    for (let entry = start[at]!; entry < start[at + 1]!; entry++) list.push(value[entry]!);
    return [...new Set(list)].sort((a, b) => a - b);
  });
  return [ids[at], places[at], grade[at], lists];
}
