import { draws } from './instances.ts';

/** Pisinger's families ("Where are the hard knapsack problems?", Computers & Operations Research 32, 2005). */
export const KNAPSACK_FAMILIES = [
  'uncorrelated',
  'weakly correlated',
  'strongly correlated',
  'inverse strongly correlated',
  'almost strongly correlated',
  'subset sum',
  'similar amounts',
] as const;
export type KnapsackFamily = (typeof KNAPSACK_FAMILIES)[number];

export interface KnapsackInstance {
  readonly score: Float64Array;
  readonly amount: Float64Array;
  readonly capacity: number;
}

/** `size` items with coefficients up to `range`, half of all the amounts as capacity, from a seed. */
export function knapsackInstance(family: KnapsackFamily, size: number, range: number, seed: number): KnapsackInstance {
  const below = draws(seed);
  const upTo = (most: number) => 1 + below(most);
  const tenth = Math.floor(range / 10);
  const fine = Math.max(1, Math.floor(range / 500));
  const item = (): [score: number, amount: number] => {
    const drawn = upTo(range);
    switch (family) {
      case 'uncorrelated':
        return [upTo(range), drawn];
      case 'weakly correlated':
        return [Math.max(1, drawn - tenth + below(2 * tenth + 1)), drawn];
      case 'strongly correlated':
        return [drawn + tenth, drawn];
      case 'inverse strongly correlated':
        return [drawn, drawn + tenth];
      case 'almost strongly correlated':
        return [drawn + tenth - fine + below(2 * fine + 1), drawn];
      case 'subset sum':
        return [drawn, drawn];
      case 'similar amounts':
        return [upTo(1000), 100 * range + below(101)];
    }
  };
  const score = new Float64Array(size);
  const amount = new Float64Array(size);
  let sum = 0;
  for (let at = 0; at < size; at++) {
    const [points, pence] = item();
    score[at] = points;
    amount[at] = pence;
    sum += pence;
  }
  return { score, amount, capacity: Math.floor(sum / 2) };
}
