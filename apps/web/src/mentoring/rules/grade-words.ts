/** The mentor's grade less the mentee's, in words. */
export const gradeStepsWords = (steps: number): string => {
  if (steps === 0) return $localize`the same grade`;
  if (steps > 0) return steps === 1 ? $localize`1 grade above` : $localize`${steps}:steps: grades above`;
  return steps === -1 ? $localize`1 grade below` : $localize`${-steps}:steps: grades below`;
};

/** The allowed distance in words, as "1 to 2 grades above". */
export const gradeRangeWords = (range: { from: number; to: number }): string => {
  const { from, to } = range;
  if (from === to) return gradeStepsWords(from);
  if (from > 0) return $localize`${from}:from: to ${to}:to: grades above`;
  if (to < 0) return $localize`${-to}:from: to ${-from}:to: grades below`;
  return $localize`between ${gradeStepsWords(from)}:from: and ${gradeStepsWords(to)}:to:`;
};
