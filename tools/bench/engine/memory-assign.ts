// The memory of one round, alone in a process: `bare` loads the engine and no more, `solve` generates and solves.
//   node memory-assign.ts bare|solve MENTEES MENTORS PLACES-EACH  ->  {"megabytes":..,"count":..,"total":..}
import { compressInstance, solve } from '../../engine/matching-engine.ts';
import { peakMegabytes } from './child.ts';
import { generate } from './instances.ts';

const [kind = '', mentees = '', mentors = '', placesEach = ''] = process.argv.slice(2);
let count = 0;
if (kind === 'solve') {
  const size = { mentees: Number(mentees), mentors: Number(mentors), placesEach: Number(placesEach) };
  const round = generate({ family: 'clustered', pairsEach: 30, seed: 1, ...size });
  count = solve(compressInstance(round, { mayOverwrite: true }), 'pairs-total', '0').choice.count;
}
console.log(JSON.stringify({ megabytes: peakMegabytes(), count }));
