import { type Components, digraph, stronglyConnected } from './components.ts';
import { LOT_RANGE } from '../lots.ts';
import { saturate, type SaturationProblem, type SaturationState } from './saturation.ts';

/** Draws after which equal sums of 30-bit lots are no longer pursued; a second draw is already an oddity. */
const MOST_DRAWS = 8;

export interface TieBreak {
  /** The matched edges of the one optimum that the lots choose. */
  readonly matched: Uint8Array;
  /** Edges that some optima have and others have not: for these the lots decided. */
  readonly byLot: Uint8Array;
}

/**
 * Chooses among all optima the one whose pairs' lots have the highest sum (then of a second draw, and so on until it
 * is the only one), so that the answer is a function of the input and the seed and not of the path a solver took.
 *
 * A strict second stage, not an epsilon: by complementary slackness the optima are exactly the choices over the tight
 * edges in which priced columns stay full, so the lots are the weights of a new exact problem on those edges alone.
 * Tight edges that no cycle of exchanges can change are settled beforehand (strong components).
 *
 * `lotOf(edge, draw)` is below 2^30, and -1 for edges that are not pairs (and draw no lot).
 */
export function breakTies(state: SaturationState, lotOf: (edge: number, draw: number) => number): TieBreak {
  const matched = state.matched.slice();
  const byLot = new Uint8Array(matched.length);
  let stage = state;
  let fullColumns = new Uint8Array(state.filled.length);
  let original = Int32Array.from(matched, (_, edge) => edge);
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const exchanges = freeEdges(stage, fullColumns);
    if (!exchanges.free.some((edge) => lotOf(original[edge]!, 0) >= 0)) break;
    const next = lotProblem(stage, fullColumns, exchanges, (edge) => lotOf(original[edge]!, draw));
    original = Int32Array.from(next.edges, (edge) => original[edge]!);
    stage = saturate(next.problem);
    fullColumns = next.fullColumns;
    original.forEach((edge, at) => {
      matched[edge] = stage.matched[at]!;
      byLot[edge] = 1;
    });
  }
  return { matched, byLot };
}

interface Exchanges {
  readonly free: Int32Array;
  readonly components: Components;
}

/**
 * Edges on a cycle of exchanges that costs nothing. Nodes: rows, columns, and one for the columns' slack, through
 * which unpriced columns may gain or lose a place. Columns in `fullColumns` must stay full though their price is 0.
 */
function freeEdges(state: SaturationState, fullColumns: Uint8Array): Exchanges {
  const { problem, rowOf, matched, rowPrice, columnPrice, filled } = state;
  const { need, capacity, column, weight } = problem;
  const rows = need.length;
  const slack = rows + capacity.length;
  const tight = new Uint8Array(column.length);
  for (let edge = 0; edge < column.length; edge++) {
    const offered = rowPrice[rowOf[edge]!]! + columnPrice[column[edge]!]!;
    if (offered === weight[edge]) tight[edge] = 1;
  }
  const components = stronglyConnected(
    digraph(slack + 1, (arc) => {
      for (let edge = 0; edge < column.length; edge++) {
        if (!tight[edge]) continue;
        if (matched[edge]) arc(rows + column[edge]!, rowOf[edge]!);
        else arc(rowOf[edge]!, rows + column[edge]!);
      }
      for (let c = 0; c < capacity.length; c++) {
        if (columnPrice[c] !== 0 || fullColumns[c]) continue;
        if (filled[c]! < capacity[c]!) arc(rows + c, slack);
        if (filled[c]! > 0) arc(slack, rows + c);
      }
    }),
  );
  const free = new Int32Array(column.length);
  let found = 0;
  for (let edge = 0; edge < column.length; edge++) {
    if (tight[edge] && components.of[rowOf[edge]!] === components.of[rows + column[edge]!]) free[found++] = edge;
  }
  return { free: free.subarray(0, found), components };
}

function lotProblem(
  state: SaturationState,
  mustBeFull: Uint8Array,
  { free, components }: Exchanges,
  lotOf: (edge: number) => number,
) {
  const { problem, rowOf, matched, columnPrice, filled } = state;
  const { need, capacity, column } = problem;
  const rowAt = new Int32Array(need.length).fill(-1);
  const columnAt = new Int32Array(capacity.length).fill(-1);
  const rowsKept: number[] = [];
  const columnsKept: number[] = [];
  for (const edge of free) {
    if (rowAt[rowOf[edge]!] === -1) rowAt[rowOf[edge]!] = rowsKept.push(rowOf[edge]!) - 1;
    if (columnAt[column[edge]!] === -1) columnAt[column[edge]!] = columnsKept.push(column[edge]!) - 1;
  }
  const rowNeed = new Int32Array(rowsKept.length);
  const columnHas = new Int32Array(columnsKept.length);
  for (const edge of free) {
    if (!matched[edge]) continue;
    rowNeed[rowAt[rowOf[edge]!]!]!++;
    columnHas[columnAt[column[edge]!]!]!++;
  }
  const slackComponent = components.of[need.length + capacity.length];
  const mayVary = (c: number) =>
    columnPrice[c] === 0 && !mustBeFull[c] && components.of[need.length + c] === slackComponent;
  const fullColumns = Uint8Array.from(columnsKept, (c) => (mayVary(c) ? 0 : 1));
  // Above what any exchange of lots can gain, so that columns that must be full are; at most 2^52 (see MAX_PEOPLE).
  const bonus = LOT_RANGE * 2 * (Math.min(rowsKept.length, columnsKept.length) + 1);
  const start = new Int32Array(rowsKept.length + 1);
  for (const edge of free) start[rowAt[rowOf[edge]!]! + 1]!++;
  for (let row = 0; row < rowsKept.length; row++) start[row + 1]! += start[row]!;
  const nextProblem: SaturationProblem = {
    need: rowNeed,
    capacity: Int32Array.from(columnsKept, (c, at) => columnHas[at]! + (mayVary(c) ? capacity[c]! - filled[c]! : 0)),
    start,
    column: Int32Array.from(free, (edge) => columnAt[column[edge]!]!),
    weight: Float64Array.from(
      free,
      (edge) => Math.max(0, lotOf(edge)) + (fullColumns[columnAt[column[edge]!]!] ? bonus : 0),
    ),
  };
  return { problem: nextProblem, edges: free, fullColumns };
}
