import type { ProfileTable, ValueLists } from '../../engine/matching-engine.ts';

/**
 * A round of profiles from a seed, clustered as an institution is: units belong to a campus and lean to a profession;
 * professions lean to skills; skills, campuses and units are of very unlike size; mentees stand lower in the order of
 * grades than mentors. Rules are such as the mentoring rounds of the application have: points once for each attribute.
 */
export function profileRound(size: {
  readonly seed: number;
  readonly mentees: number;
  readonly mentors: number;
  /** Places of all mentors together, by mentee. */
  readonly placesEach: number;
}): ProfileTable {
  const draw = randomFrom(size.seed);
  const below = (limit: number) => Math.floor(draw() * limit);
  const campusOf = skewed(draw, CAMPUSES, 0.8);
  const unitOf = skewed(draw, UNITS, 0.6);
  const skillOf = skewed(draw, SKILLS, 0.7);
  const unitCampus = Array.from({ length: UNITS }, () => campusOf());
  const unitProfession = Array.from({ length: UNITS }, () => below(PROFESSIONS));
  const person = (grade: number, skills: number, topics: number, identity: number) => {
    const unit = unitOf();
    const profession = draw() < 0.7 ? (unitProfession[unit] ?? 0) : below(PROFESSIONS);
    const skill = () => (draw() < 0.5 ? (profession * 7 + Math.floor(draw() ** 2 * 14)) % SKILLS : skillOf());
    return {
      grade,
      values: [
        [profession],
        several(skills, skill),
        [draw() < 0.9 ? (unitCampus[unit] ?? 0) : campusOf()],
        several(topics, () => Math.floor(draw() ** 1.5 * TOPICS)),
        several(identity, () => below(IDENTITIES)),
        [unit],
      ],
    };
  };
  const mentees = columnsOf(size.mentees, () =>
    person(Math.floor(draw() ** 1.4 * 8), 1 + below(4), 1 + below(2), draw() < 0.3 ? 1 : 0),
  );
  const mentors = columnsOf(size.mentors, () =>
    person(
      Math.min(10, 1 + Math.floor(draw() ** 1.1 * 10)),
      2 + below(5),
      1 + below(4),
      draw() < 0.5 ? 1 + below(2) : 0,
    ),
  );
  const forbidden = [new Int32Array(size.mentees), new Int32Array(size.mentees)] as const;
  for (let at = 0; at < size.mentees; at++) {
    forbidden[0][at] = below(size.mentees);
    forbidden[1][at] = below(size.mentors);
  }
  return {
    rules: {
      attributes: [
        { name: 'profession', pointsOnce: 10 },
        { name: 'skills', pointsOnce: 10 },
        { name: 'campus', pointsOnce: 5 },
        { name: 'topics', pointsOnce: 6 },
        { name: 'identity', pointsOnce: 6 },
        { name: 'unit', pointsOnce: 0, must: 'differ' },
      ],
      gradePoints: [
        { steps: 1, points: 9 },
        { steps: 2, points: 12 },
        { steps: 3, points: 4 },
      ],
      gradeSteps: { from: 1, to: 5 },
    },
    mentees: {
      ids: Array.from({ length: size.mentees }, (_, at) => `e${at}`),
      places: new Int32Array(size.mentees).fill(1),
      ...mentees,
      points: Int32Array.from({ length: size.mentees }, () => (draw() < 0.2 ? 10 * (1 + below(2)) : 0)),
    },
    mentors: {
      ids: Array.from({ length: size.mentors }, (_, at) => `r${at}`),
      places: placesOf(draw, size.mentors, Math.round(size.placesEach * size.mentees)),
      ...mentors,
    },
    forbiddenMentee: forbidden[0],
    forbiddenMentor: forbidden[1],
  };
}

/** How many values each attribute but the last, the unit, may have. */
export const VALUES = [24, 160, 12, 16, 8];

const CAMPUSES = 12;
const UNITS = 240;
const PROFESSIONS = 24;
const SKILLS = 160;
const TOPICS = 16;
const IDENTITIES = 8;

interface Person {
  readonly grade: number;
  readonly values: readonly (readonly number[])[];
}

/** People drawn one after another and laid out at once, so that large rounds leave nothing behind. */
function columnsOf(count: number, draw: () => Person): { grade: Int32Array; values: ValueLists[] } {
  const grade = new Int32Array(count);
  const lists = [...VALUES, UNITS].map(() => ({ start: new Int32Array(count + 1), values: [] as number[] }));
  for (let at = 0; at < count; at++) {
    const person = draw();
    grade[at] = person.grade;
    lists.forEach(({ start, values }, attribute) => {
      values.push(...(person.values[attribute] ?? []));
      start[at + 1] = values.length;
    });
  }
  return { grade, values: lists.map(({ start, values }) => ({ start, value: Int32Array.from(values) })) };
}

function several(count: number, draw: () => number): number[] {
  return [...new Set(Array.from({ length: count }, draw))];
}

/** Everybody has a place; the rest fall at random, at most ten in all for one. */
function placesOf(draw: () => number, mentors: number, total: number): Int32Array {
  const places = new Int32Array(mentors).fill(1);
  for (let left = Math.min(total, 10 * mentors) - mentors; left > 0;) {
    const at = Math.floor(draw() * mentors);
    const own = places[at] ?? 0;
    if (own >= 10) continue;
    places[at] = own + 1;
    left--;
  }
  return places;
}

/** Numbers below `count`, the nth with a weight of 1 / n^power. */
function skewed(draw: () => number, count: number, power: number): () => number {
  const upTo = new Float64Array(count);
  let sum = 0;
  for (let at = 0; at < count; at++) upTo[at] = sum += (at + 1) ** -power;
  return () => {
    const wanted = draw() * sum;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? sum) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
