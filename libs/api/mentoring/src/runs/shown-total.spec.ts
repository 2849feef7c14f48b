import { describe, expect, it } from '@jest/globals';
import { type FinishedRun, runsWithShownTotal } from './shown-total';

const run = (
  number: number,
  identityPairs: number,
  count: number,
  inputHash = `input ${number}`,
  identityPointsInRules = 6,
  method: FinishedRun['method'] = 'pairs-total',
): FinishedRun => ({
  number,
  method,
  identityPointsInRules,
  summary: { count, identityPairs, inputHash },
});

describe('the total of a run is shown only where nobody’s answer can be worked out from it', () => {
  it.each<[string, FinishedRun[], number[]]>([
    ['eight pairs with the points and eight without', [run(1, 8, 16)], [1]],
    ['seven pairs with the points', [run(1, 7, 100)], []],
    ['no pair with the points: that would tell what everybody has not said', [run(1, 0, 100)], []],
    ['all pairs with the points', [run(1, 100, 100)], []],
    ['all but seven', [run(1, 93, 100)], []],
    ['no points for identity in the rules', [run(1, 0, 3, 'input', 0)], [1]],
    ['the same input again', [run(1, 20, 40, 'same'), run(2, 20, 40, 'same')], [1, 2]],
    [
      'the same input by another method, which pairs one person with somebody else',
      [run(1, 20, 40, 'same'), run(2, 19, 40, 'same', 6, 'pairs-floor-total')],
      [1],
    ],
    [
      'the same input by another method, with the same number of pairs with the points',
      [run(1, 20, 40, 'same'), run(2, 20, 40, 'same', 6, 'total')],
      [1],
    ],
    ['a later run in which one pair fewer has the points', [run(1, 20, 40), run(2, 19, 39)], [1]],
    ['a later run on other people with the same number', [run(1, 20, 40), run(2, 20, 39)], [1]],
    ['a later run that differs by eight', [run(1, 20, 40), run(2, 28, 40)], [1, 2]],
    ['a hidden run does not hide the next', [run(1, 7, 40), run(2, 8, 40)], [2]],
    ['runs in whatever order they come', [run(2, 19, 39), run(1, 20, 40)], [1]],
  ])('%s', (_, runs, shown) => {
    expect([...runsWithShownTotal(runs)].sort()).toEqual(shown);
  });
});
