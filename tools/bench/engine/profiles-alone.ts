// Profiles alone in a process, generated from a seed:
//   node profiles-alone.ts best MENTEES MENTORS PLACES-EACH K REPEATS  ->  {"elapsedMs":..,"firstMs":..,"digest":..}
//   node profiles-alone.ts all MENTEES MENTORS PLACES-EACH  ->  {"elapsedMs":..,"megabytes":..,"count":..,"total":..,..}
//   node profiles-alone.ts proven ...  ->  the same, and what going through all pairs with the certificate finds amiss
//   node profiles-alone.ts bare ...  ->  {"megabytes":..}: the round generated and nothing done
import {
  type CandidateRows,
  candidates,
  indexProfiles,
  profilesResultOf,
  solveProfiles,
  verifyProfiles,
} from '../../engine/matching-engine.ts';
import { median } from '../median.ts';
import { peakMegabytes } from './child.ts';
import { profileRound } from './profile-rounds.ts';

const [kind = '', mentees = '', mentors = '', placesEach = '', most = '', repeats = '1'] = process.argv.slice(2);
const table = profileRound({
  seed: 1,
  mentees: Number(mentees),
  mentors: Number(mentors),
  placesEach: Number(placesEach),
});

if (kind === 'best') {
  const runsMs: number[] = [];
  let rows: CandidateRows | undefined;
  while (runsMs.length < Number(repeats)) {
    const from = performance.now();
    rows = candidates(table, Number(most), '0');
    runsMs.push(performance.now() - from);
  }
  print({ elapsedMs: median(runsMs), firstMs: runsMs[0], digest: rows && digestOf(rows) });
} else if (kind === 'bare') {
  print({ megabytes: peakMegabytes() });
} else {
  const from = performance.now();
  const solved = solveProfiles(table, '0');
  const elapsedMs = performance.now() - from;
  const megabytes = peakMegabytes();
  const result = profilesResultOf(solved, '0');
  const { count, total, heldPairs, additions } = result;
  const faults = kind === 'proven' ? { faults: verifyProfiles(table, result) } : {};
  print({ elapsedMs, megabytes, count, total, heldPairs, additions, ...faults });
}

/** Of every row its length, and the seat and score of every entry: FNV-1a over 32-bit numbers. */
function digestOf({ menteeIds, start, mentor, score }: CandidateRows): number {
  const { mentorSeat } = indexProfiles(table, '0');
  let digest = 0x811c9dc5;
  const mix = (number: number) => (digest = Math.imul(digest ^ number, 0x01000193));
  for (let i = 0; i < menteeIds.length; i++) {
    const from = start[i] ?? 0;
    const end = start[i + 1] ?? 0;
    mix(end - from);
    for (let at = from; at < end; at++) {
      mix(mentorSeat[mentor[at] ?? 0] ?? -1);
      mix(score[at] ?? 0);
    }
  }
  return digest >>> 0;
}

function print(answer: object): void {
  console.log(JSON.stringify(answer));
}
