import { type Components, stronglyConnected } from './components.ts';
import { LOT_RANGE } from '../lots.ts';
import { bestUnmatched, saturate, type SaturationProblem, type SaturationState } from './saturation.ts';

/** Draws after which equal sums of 30-bit lots are no longer pursued; a second draw is already an oddity. */
const MOST_DRAWS = 8;

export interface TieBreak {
  /** The matched edges of the one optimum that the lots choose. */
  readonly matched: Uint8Array;
  /** Edges that some optima have and others have not: for these the lots decided. */
  readonly byLot: Int32Array;
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
  const matched = state.matched;
  let byLot: Int32Array = new Int32Array(0);
  let stage = state;
  let fullColumns = new Uint8Array(state.filled.length);
  let original: Int32Array | undefined;
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const exchanges = freeEdges(stage, fullColumns);
    const { edges } = exchanges;
    let lots = 0;
    const drawn = new Float64Array(edges.length);
    for (let at = 0; at < edges.length; at++) {
      const edge = original ? original[edges[at]!]! : edges[at]!;
      const lot = lotOf(edge, draw);
      if (lot >= 0) lots++;
      drawn[at] = lot < 0 ? 0 : lot;
    }
    if (lots === 0) break;
    const next = lotProblem(stage, fullColumns, exchanges, drawn);
    if (original) for (let at = 0; at < edges.length; at++) edges[at] = original[edges[at]!]!;
    original = edges;
    stage = saturate(next.problem);
    fullColumns = next.fullColumns;
    if (draw === 0) byLot = edges;
    for (let at = 0; at < edges.length; at++) matched[edges[at]!] = stage.matched[at]!;
  }
  return { matched, byLot };
}

/** Tight edges on a cycle of exchanges that costs nothing, in the order of their rows. */
interface Exchanges {
  readonly edges: Int32Array;
  readonly rowOf: Int32Array;
  readonly components: Components;
}

/**
 * Nodes: rows, columns, and one for the columns' slack, through which unpriced columns may gain or lose a place.
 * Columns in `fullColumns` must stay full though their price is 0.
 */
function freeEdges(state: SaturationState, fullColumns: Uint8Array): Exchanges {
  const { problem, columnPrice, filled, slots, slotStart, slotRow, slotWeight, rowPrice } = state;
  const { capacity, column, need } = problem;
  const rows = need.length;
  const slack = rows + capacity.length;
  const tight = tightUnmatched(state);
  const start = new Int32Array(slack + 2);
  const target = new Int32Array(tight.edges.length + slots.length + 2 * capacity.length);
  const held = new Int32Array(rows);
  let arcs = 0;
  for (let row = 0; row < rows; row++) {
    for (let at = tight.start[row]!; at < tight.start[row + 1]!; at++)
      target[arcs++] = rows + column[tight.edges[at]!]!;
    start[row + 1] = arcs;
  }
  let tightHeld = 0;
  for (let c = 0; c < capacity.length; c++) {
    const price = columnPrice[c]!;
    for (let at = slotStart[c]!, end = at + filled[c]!; at < end; at++) {
      const row = slotRow[at]!;
      if (slotWeight[at]! - price !== rowPrice[row]!) continue;
      target[arcs++] = row;
      held[row]!++;
      tightHeld++;
    }
    if (price === 0 && !fullColumns[c] && filled[c]! < capacity[c]!) target[arcs++] = slack;
    start[rows + c + 1] = arcs;
  }
  for (let c = 0; c < capacity.length; c++) {
    if (columnPrice[c] === 0 && !fullColumns[c] && filled[c]! > 0) target[arcs++] = rows + c;
  }
  start[slack + 1] = arcs;
  const components = stronglyConnected({ start, target });
  const { of } = components;

  // Held edges are found by column; they are put with their rows.
  const edges = new Int32Array(tight.edges.length + tightHeld);
  const rowOf = new Int32Array(edges.length);
  const next = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    for (let at = tight.start[row]!; at < tight.start[row + 1]!; at++) {
      if (of[row] === of[rows + column[tight.edges[at]!]!]) count++;
    }
    next[row + 1] = count;
  }
  for (let c = 0; c < capacity.length; c++) {
    for (let at = start[rows + c]!; at < start[rows + c + 1]!; at++) {
      const row = target[at]!;
      if (row !== slack && of[row] === of[rows + c]) next[row + 1]!++;
    }
  }
  for (let row = 0; row < rows; row++) next[row + 1]! += next[row]!;
  const found = next[rows]!;
  for (let row = 0; row < rows; row++) {
    for (let at = tight.start[row]!; at < tight.start[row + 1]!; at++) {
      const edge = tight.edges[at]!;
      if (of[row] !== of[rows + column[edge]!]) continue;
      rowOf[next[row]!] = row;
      edges[next[row]!++] = edge;
    }
  }
  for (let c = 0; c < capacity.length; c++) {
    const price = columnPrice[c]!;
    for (let at = slotStart[c]!, end = at + filled[c]!; at < end; at++) {
      const row = slotRow[at]!;
      if (of[row] !== of[rows + c] || slotWeight[at]! - price !== rowPrice[row]!) continue;
      rowOf[next[row]!] = row;
      edges[next[row]!++] = slots[at]!;
    }
  }
  return {
    edges: edges.subarray(0, found),
    rowOf: rowOf.subarray(0, found),
    components,
  };
}

/** Unmatched edges worth as much to their row as the least it has, by row. Most rows have none. */
function tightUnmatched(state: SaturationState): {
  start: Int32Array;
  edges: Int32Array;
} {
  const { problem, rowPrice } = state;
  const rows = problem.need.length;
  const start = new Int32Array(rows + 1);
  let edges = new Int32Array(rows + 16);
  let found = 0;
  for (let row = 0; row < rows; row++) {
    if (bestUnmatched(state, row) === rowPrice[row]) {
      const most = found + problem.start[row + 1]! - problem.start[row]!;
      if (most > edges.length) edges = grown(edges, most);
      found = putTight(state, row, edges, found);
    }
    start[row + 1] = found;
  }
  return { start, edges: edges.subarray(0, found) };
}

function putTight(
  { problem, lists, matched, rowPrice, columnPrice }: SaturationState,
  row: number,
  edges: Int32Array,
  found: number,
): number {
  const price = rowPrice[row]!;
  let upTo = found;
  if (lists.length[row]! > 0 && lists.beyond[row]! < price) {
    const { start, length, bound, weight, column, edge } = lists;
    for (let at = start[row]!, end = at + length[row]!; at < end && bound[at]! >= price; at++) {
      if (price === weight[at]! - columnPrice[column[at]!]! && matched[edge[at]!] === 0) edges[upTo++] = edge[at]!;
    }
  } else {
    const { start, column, weight } = problem;
    for (let edge = start[row]!, end = start[row + 1]!; edge < end; edge++) {
      if (price === weight[edge]! - columnPrice[column[edge]!]! && matched[edge] === 0) edges[upTo++] = edge;
    }
  }
  return upTo;
}

function grown(edges: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, 2 * edges.length));
  larger.set(edges);
  return larger;
}

function lotProblem(
  state: SaturationState,
  mustBeFull: Uint8Array,
  { edges, rowOf, components }: Exchanges,
  weight: Float64Array,
): { problem: SaturationProblem; fullColumns: Uint8Array<ArrayBuffer> } {
  const { problem, matched, columnPrice, filled } = state;
  const { need, capacity, column } = problem;
  const columnAt = new Int32Array(capacity.length).fill(-1);
  const columnsKept = new Int32Array(Math.min(edges.length, capacity.length));
  let rows = 0;
  let columns = 0;
  for (let at = 0; at < edges.length; at++) {
    if (at === 0 || rowOf[at] !== rowOf[at - 1]) rows++;
    const c = column[edges[at]!]!;
    if (columnAt[c] === -1) {
      columnAt[c] = columns;
      columnsKept[columns++] = c;
    }
  }
  const slackComponent = components.of[need.length + capacity.length];
  const fullColumns = new Uint8Array(columns);
  const nextCapacity = new Int32Array(columns);
  for (let at = 0; at < columns; at++) {
    const c = columnsKept[at]!;
    const mayVary = columnPrice[c] === 0 && !mustBeFull[c] && components.of[need.length + c] === slackComponent;
    fullColumns[at] = mayVary ? 0 : 1;
    nextCapacity[at] = mayVary ? capacity[c]! - filled[c]! : 0;
  }
  // Above what any exchange of lots can gain, so that columns that must be full are; at most 2^52 (see MAX_PEOPLE).
  // Where nobody's number of places can change all are full anyway.
  const bonus = LOT_RANGE * 2 * (Math.min(rows, columns) + 1);
  const start = new Int32Array(rows + 1);
  const rowNeed = new Int32Array(rows);
  const nextColumn = new Int32Array(edges.length);
  let row = -1;
  for (let at = 0; at < edges.length; at++) {
    if (at === 0 || rowOf[at] !== rowOf[at - 1]) row++;
    start[row + 1] = at + 1;
    const edge = edges[at]!;
    const c = column[edge]!;
    const to = columnAt[c]!;
    nextColumn[at] = to;
    if (matched[edge]) {
      rowNeed[row]!++;
      nextCapacity[to]!++;
    }
    if (fullColumns[to] && components.of[need.length + c] === slackComponent) weight[at]! += bonus;
  }
  return {
    problem: {
      need: rowNeed,
      capacity: nextCapacity,
      start,
      column: nextColumn,
      weight,
    },
    fullColumns,
  };
}
