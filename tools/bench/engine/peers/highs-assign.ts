// The same round solved by HiGHS as a linear program (its corners are whole): every mentee has a mentor, which must be
// possible, at the highest total. Reads the files of the engine's command line.
//   node highs-assign.ts PAIRS.csv PLACES.csv  ->  {"count":..,"total":..,"ms":..}: run() alone
import { readFileSync } from 'node:fs';
import loadHighs from 'highs';

const [pairsFile = '', placesFile = ''] = process.argv.slice(2);
const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
const mentorAt = new Map<string, number>();
const places: number[] = [];
for (const line of linesOf(placesFile)) {
  const [mentor = '', own = ''] = line.split(',');
  mentorAt.set(mentor, places.push(Number(own)) - 1);
}
const menteeAt = new Map<string, number>();
const pairs = linesOf(pairsFile).map((line) => {
  const [mentee = '', mentor = '', score = ''] = line.split(',');
  const at = menteeAt.get(mentee) ?? menteeAt.size;
  menteeAt.set(mentee, at);
  return { mentee: at, mentor: mentorAt.get(mentor) ?? -1, score: Number(score) };
});
const mentees = menteeAt.size;
const highs = await loadHighs();
const model = highs.createModel({
  numCols: pairs.length,
  numRows: mentees + places.length,
  sense: highs.constants.objectiveSense.maximize,
  colCost: Float64Array.from(pairs, (pair) => pair.score),
  colLower: new Float64Array(pairs.length),
  colUpper: new Float64Array(pairs.length).fill(1),
  rowLower: [...new Float64Array(mentees).fill(1), ...new Float64Array(places.length)],
  rowUpper: [...new Float64Array(mentees).fill(1), ...places],
  matrix: {
    format: 'csc',
    numRows: mentees + places.length,
    numCols: pairs.length,
    starts: Int32Array.from({ length: pairs.length + 1 }, (_, at) => 2 * at),
    indices: Int32Array.from(pairs.flatMap((pair) => [pair.mentee, mentees + pair.mentor])),
    values: new Float64Array(2 * pairs.length).fill(1),
  },
});
model.options.set({ output_flag: false });
const from = performance.now();
model.run();
const ms = performance.now() - from;
const isBest = model.getModelStatus() === highs.constants.modelStatus.optimal;
console.log(JSON.stringify({ count: isBest ? mentees : -1, total: Math.round(model.getObjectiveValue()), ms }));
model.dispose();
