import type { FundInstance } from '@waymark/matching-engine';

/** Those of an instance at these positions, in the same order of lots, without limits: nothing is drawn or checked again. */
export const subset = (instance: FundInstance, kept: (at: number) => boolean, budget: number): FundInstance => {
  const positions = Int32Array.from(instance.ids.keys()).filter((at) => kept(at));
  const place = new Map([...positions].map((at, now) => [at, now]));
  const column = (values: Float64Array) => Float64Array.from(positions, (at) => values[at] ?? 0);
  return {
    ids: Array.from(positions, (at) => instance.ids[at] ?? ''),
    score: column(instance.score),
    amount: column(instance.amount),
    least: column(instance.least),
    group: new Int32Array(positions.length).fill(-1),
    groups: [],
    byId: Int32Array.from([...instance.byId].flatMap((at) => place.get(at) ?? [])),
    limits: [],
    budget,
    seed: instance.seed,
  };
};
