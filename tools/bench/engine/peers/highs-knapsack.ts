import type { KnapsackInstance } from '../knapsack-instances.ts';

export interface HighsAnswer {
  readonly total: number;
  readonly bound: number;
  readonly isProven: boolean;
  readonly elapsedMs: number;
}

/** HiGHS on a knapsack, in an instance of its own, until it has proven the best whole total or the time is up. */
export async function solveWithHighs(
  { score, amount, capacity }: KnapsackInstance,
  limitSeconds: number,
): Promise<HighsAnswer> {
  const { default: loadHighs } = await import('highs');
  const highs = await loadHighs();
  const size = score.length;
  const model = highs.createModel({
    numCols: size,
    numRows: 1,
    sense: highs.constants.objectiveSense.maximize,
    colCost: score,
    colLower: new Float64Array(size),
    colUpper: new Float64Array(size).fill(1),
    rowLower: [-highs.infinity],
    rowUpper: [capacity],
    matrix: {
      format: 'csr',
      numRows: 1,
      numCols: size,
      starts: Int32Array.of(0, size),
      indices: Int32Array.from({ length: size }, (_, at) => at),
      values: amount,
    },
    integrality: new Int32Array(size).fill(highs.constants.variableType.integer),
  });
  try {
    model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0.99, time_limit: limitSeconds });
    const from = performance.now();
    model.run();
    const elapsedMs = performance.now() - from;
    return {
      total: Math.round(model.getObjectiveValue()),
      bound: Number(model.info.get('mip_dual_bound')) + 1e-3,
      isProven: model.getModelStatus() === highs.constants.modelStatus.optimal,
      elapsedMs,
    };
  } finally {
    model.dispose();
  }
}
