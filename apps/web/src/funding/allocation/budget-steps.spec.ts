import { describe, expect, it } from '@jest/globals';
import { type BudgetScale, draggedTo, keyedTo, stepFor } from './budget-steps';

const scale: BudgetScale = { least: 1, most: 1_840_012, step: 5000 };

describe('the steps of a budget line', () => {
  it.each([
    [2_001_200, 5000],
    [1_900_000, 5000],
    [40_000, 100],
    [1, 100],
    [100_000_000_000, 200_000_000],
  ])('over %i pence is %i', (span, step) => {
    const found = stepFor(span);
    expect(found).toBe(step);
    expect(Number.isInteger(found)).toBe(true);
  });
});

describe('a key on the budget line', () => {
  it.each([
    ['ArrowRight', 1_500_000, 1_505_000],
    ['ArrowUp', 1_500_000, 1_505_000],
    ['ArrowLeft', 1_500_000, 1_495_000],
    ['ArrowDown', 1_500_000, 1_495_000],
    ['PageUp', 1_500_000, 1_550_000],
    ['PageDown', 1_500_000, 1_450_000],
    ['Home', 1_500_000, 1],
    ['End', 1_500_000, 1_840_012],
    ['ArrowRight', 1_500_037, 1_505_000],
    ['ArrowLeft', 1_500_037, 1_500_000],
    ['ArrowRight', 1_840_000, 1_840_012],
    ['ArrowLeft', 1_840_012, 1_840_000],
    ['ArrowLeft', 1, 1],
    ['PageDown', 20_000, 1],
    ['PageUp', 1_840_012, 1_840_012],
  ])('%s at %i pence is %i', (key, from, to) => {
    expect(keyedTo(key, from, scale)).toBe(to);
  });

  it('that is none of a slider’s is left alone', () => {
    expect(keyedTo('Tab', 1_500_000, scale)).toBeNull();
    expect(keyedTo('a', 1_500_000, scale)).toBeNull();
  });
});

describe('dragging the budget line', () => {
  it.each([
    [1_502_400.7, 1_500_000],
    [1_502_600.2, 1_505_000],
    [-300, 1],
    [900, 1],
    [9_000_000, 1_840_012],
    [1_839_900, 1_840_012],
  ])('to %d pence comes to lie at %i', (to, at) => {
    const found = draggedTo(to, scale);
    expect(found).toBe(at);
    expect(Number.isInteger(found)).toBe(true);
  });
});
