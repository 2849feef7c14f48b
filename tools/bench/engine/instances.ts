import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How a generated round looks.
 * - `clustered`: people belong to units; nine in ten options are in one's own unit, and likeness makes the score.
 * - `random`: options and scores (0–1000) at random.
 * - `plateau`: options at random, five distinct scores, so that most of the round is tied.
 * - `dense`: every pair, scores at random.
 */
export const FAMILIES = ['clustered', 'random', 'plateau', 'dense'] as const;
export type Family = (typeof FAMILIES)[number];

export interface InstanceSpec {
  readonly family: Family;
  readonly mentees: number;
  readonly mentors: number;
  /** Options of each mentee; all mentors for `dense`. */
  readonly pairsEach: number;
  /** Mentors' places in all, for each mentee: below 1, some must go without. */
  readonly placesEach: number;
  readonly seed: number;
}

/** A generated round by columns: pairs as parallel arrays of positions, grouped by mentee. */
export interface GeneratedRound {
  readonly menteeIds: readonly string[];
  readonly mentorIds: readonly string[];
  readonly menteePlaces: Int32Array;
  readonly mentorPlaces: Int32Array;
  readonly pairMentee: Int32Array;
  readonly pairMentor: Int32Array;
  readonly pairScore: Int32Array;
}

/** The round of a specification; the same for the same seed on every machine. O(pairs). */
export function generate(spec: InstanceSpec): GeneratedRound {
  const { mentees, mentors, family } = spec;
  const pairsEach = family === 'dense' ? mentors : Math.min(spec.pairsEach, mentors);
  const below = draws(spec.seed);
  const pairMentee = new Int32Array(mentees * pairsEach);
  const pairMentor = new Int32Array(mentees * pairsEach);
  const pairScore = new Int32Array(mentees * pairsEach);
  const units = Math.max(1, Math.floor(mentors / 60));
  const skillOf = Int32Array.from({ length: mentors }, () => below(100));
  const seen = new Int32Array(mentors).fill(-1);
  for (let i = 0, at = 0; i < mentees; i++) {
    const unit = below(units);
    const skill = below(100);
    for (let option = 0; option < pairsEach; option++) {
      let j = option;
      if (family !== 'dense') {
        // Mentor j belongs to unit j modulo the units.
        do {
          const isOwn = family === 'clustered' && below(10) > 0;
          j = isOwn ? unit + units * below(Math.ceil((mentors - unit) / units)) : below(mentors);
        } while (seen[j] === i);
        seen[j] = i;
      }
      pairMentee[at] = i;
      pairMentor[at] = j;
      pairScore[at++] =
        family === 'clustered'
          ? (j % units === unit ? 300 : 0) + 5 * (100 - Math.abs(skill - (skillOf[j] ?? 0))) + below(200)
          : family === 'plateau'
            ? 10 * below(5)
            : below(1001);
    }
  }
  return {
    menteeIds: shuffledIds('e', mentees, below),
    mentorIds: shuffledIds('r', mentors, below),
    menteePlaces: new Int32Array(mentees).fill(1),
    mentorPlaces: sharedOut(Math.round(mentees * spec.placesEach), mentors, below),
    pairMentee,
    pairMentor,
    pairScore,
  };
}

export interface InstanceFiles {
  readonly pairs: string;
  readonly places: string;
}

/** Writes the round as the engine's command line reads it. */
export function writeInstance(round: GeneratedRound, folder: string, name: string): InstanceFiles {
  const files = { pairs: join(folder, `${name}-pairs.csv`), places: join(folder, `${name}-places.csv`) };
  writeLines(files.pairs, 'mentee,mentor,score', round.pairMentee.length, (at) => {
    const mentee = round.menteeIds[round.pairMentee[at] ?? 0];
    return `${mentee},${round.mentorIds[round.pairMentor[at] ?? 0]},${round.pairScore[at]}`;
  });
  writeLines(files.places, 'mentor,places', round.mentorIds.length, (at) => {
    return `${round.mentorIds[at]},${round.mentorPlaces[at]}`;
  });
  return files;
}

function writeLines(file: string, header: string, count: number, lineAt: (at: number) => string): void {
  const handle = openSync(file, 'w');
  let lines = `${header}\n`;
  for (let at = 0; at < count; at++) {
    lines += `${lineAt(at)}\n`;
    if (lines.length < 1 << 16) continue;
    writeSync(handle, lines);
    lines = '';
  }
  writeSync(handle, lines);
  closeSync(handle);
}

/** Whole numbers below a limit from a 32-bit seed (Marsaglia's xorshift, J. Stat. Softw. 8, 2003). */
export function draws(seed: number): (limit: number) => number {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * limit);
  };
}

/** Ids whose order says nothing about where people stand. */
function shuffledIds(prefix: string, count: number, below: (limit: number) => number): string[] {
  const ids = Array.from({ length: count }, (_, at) => `${prefix}${String(at).padStart(6, '0')}`);
  for (let at = count - 1; at > 0; at--) {
    const other = below(at + 1);
    [ids[at], ids[other]] = [ids[other] ?? '', ids[at] ?? ''];
  }
  return ids;
}

function sharedOut(places: number, among: number, below: (limit: number) => number): Int32Array {
  const shares = new Int32Array(among).fill(Math.floor(places / among) > 1 ? 1 : 0);
  for (let left = places - shares.reduce((sum, one) => sum + one, 0); left > 0; left--) {
    const lucky = below(among);
    shares[lucky] = (shares[lucky] ?? 0) + 1;
  }
  return shares;
}
