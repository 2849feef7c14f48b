import type { Highs } from 'highs';

/** A whole-number programme to be maximised: columns from `lower` to `upper`, rows of sparse entries. */
export interface Programme {
  readonly objective: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** 1: whole numbers only. */
  readonly whole: Int32Array;
  readonly rows: readonly ProgrammeRow[];
}

export interface ProgrammeRow {
  readonly least: number;
  readonly most: number;
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

export interface ProgrammeAnswer {
  readonly status: 'optimal' | 'infeasible' | 'other';
  readonly columns: ArrayLike<number>;
  /** No solution exceeds this. */
  readonly bound: number;
  /** Of each row, where the columns need not be whole. */
  readonly prices: ArrayLike<number>;
}

/** Tolerances of the first try, and of a second where the first answer did not stand up to the check. */
export type Care = 'usual' | 'finest';
const TOLERANCE: Readonly<Record<Care, number>> = { usual: 1e-7, finest: 1e-10 };

let loading: Promise<Highs> | undefined;

/**
 * Solves with HiGHS (Huangfu and Hall 2018), loaded when first needed; one thread and its default seed, no time limit,
 * so that the same programme gives the same answer; where it is to give up, it does so by nodes searched. Objective values must be whole: it stops once nothing a whole point
 * better is possible. After a crash of the WebAssembly instance a fresh one tries once more.
 */
export async function solveProgramme(programme: Programme, care: Care, mostNodes?: number): Promise<ProgrammeAnswer> {
  try {
    return run(await load(), programme, care, mostNodes);
  } catch {
    loading = undefined;
    return run(await load(), programme, care, mostNodes);
  }
}

function load(): Promise<Highs> {
  loading ??= import('highs').then(({ default: loadHighs }) => loadHighs());
  return loading;
}

function run(highs: Highs, programme: Programme, care: Care, mostNodes?: number): ProgrammeAnswer {
  const { objective, lower, upper, whole, rows } = programme;
  const starts = new Int32Array(rows.length + 1);
  rows.forEach(({ columns }, at) => (starts[at + 1] = starts[at]! + columns.length));
  const model = highs.createModel({
    numCols: objective.length,
    numRows: rows.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: objective,
    colLower: lower,
    colUpper: upper,
    rowLower: Float64Array.from(rows, ({ least }) => least),
    rowUpper: Float64Array.from(rows, ({ most }) => most),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols: objective.length,
      starts,
      indices: Int32Array.from(rows.flatMap(({ columns }) => columns)),
      values: Float64Array.from(rows.flatMap(({ values }) => values)),
    },
    integrality: whole,
  });
  try {
    model.options.set({
      output_flag: false,
      mip_rel_gap: 0,
      mip_abs_gap: 1e-6,
      ...(mostNodes === undefined ? {} : { mip_max_nodes: mostNodes }),
      mip_feasibility_tolerance: TOLERANCE[care],
      primal_feasibility_tolerance: TOLERANCE[care],
    });
    model.run();
    const status = model.getModelStatus();
    const { modelStatus } = highs.constants;
    if (status === modelStatus.infeasible) return { status: 'infeasible', columns: [], bound: -Infinity, prices: [] };
    if (status !== modelStatus.optimal) return { status: 'other', columns: [], bound: Infinity, prices: [] };
    const { colValue, rowDual } = model.getSolution();
    const isWhole = whole.includes(1);
    const bound = isWhole ? Number(model.info.get('mip_dual_bound')) : model.getObjectiveValue();
    return { status: 'optimal', columns: colValue, bound, prices: isWhole ? [] : rowDual };
  } finally {
    model.dispose();
  }
}
