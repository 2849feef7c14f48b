/** What a budget line can be moved over, in whole pence. */
export interface BudgetScale {
  readonly least: number;
  readonly most: number;
  /** What one arrow key moves it by, and what dragging keeps to. */
  readonly step: number;
}

/** A step that divides what is asked into some five hundred: 1, 2 or 5 and noughts, never less than a pound. */
export const stepFor = (spanPence: number): number => {
  const wanted = Math.max(100, spanPence / 500);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= wanted) ?? 10 * power;
};

export const clamped = (pence: number, { least, most }: BudgetScale): number =>
  Math.max(least, Math.min(most, Math.round(pence)));

/**
 * Where the line comes to lie when it is dragged to so many pence: on a step, except at the ends, which need be on none.
 * Always whole pence.
 */
export const draggedTo = (pence: number, scale: BudgetScale): number => {
  const { least, most, step } = scale;
  if (pence <= least + step / 4) return least;
  if (pence >= most - step / 4) return most;
  return clamped(Math.round(pence / step) * step, scale);
};

const pageOfSteps = 10;

/**
 * Where a key takes the line; null for a key that is none of a slider's. From an amount that lies on no step an arrow goes
 * to the next one that does, so that £15,000.37 and an arrow is £15,050.00.
 */
export const keyedTo = (key: string, pence: number, scale: BudgetScale): number | null => {
  const { least, most, step } = scale;
  const up = (steps: number) => clamped((Math.floor(pence / step) + steps) * step, scale);
  const down = (steps: number) => clamped((Math.ceil(pence / step) - steps) * step, scale);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return up(1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return down(1);
    case 'PageUp':
      return up(pageOfSteps);
    case 'PageDown':
      return down(pageOfSteps);
    case 'Home':
      return least;
    case 'End':
      return most;
    default:
      return null;
  }
};
