import { Refused } from '@waymark/api-platform';

export interface GradeOrder {
  /** Lowest first, those new in the file among them. */
  grades: string[];
  /** The coordinator still has to put the new ones in their places; until then they stand last. */
  toOrder: boolean;
}

/** An institution has at most so many grades. */
export const gradesMost = 60;

/**
 * The institution's grades with the fresh ones of a file put in place by `wanted`, lowest first, whatever its case.
 * Names that are neither known nor fresh are passed over: they come from an earlier reading of the file.
 * Refused with `grades-unordered` where a fresh one is missing, one stands twice, or the known ones change their order.
 */
export const orderGrades = (
  known: readonly string[],
  fresh: readonly string[],
  wanted: readonly string[] | null,
): GradeOrder => {
  if (wanted === null) return { grades: [...known, ...fresh], toOrder: fresh.length > 0 };
  const nameOf = new Map([...known, ...fresh].map((name) => [name.toLowerCase(), name]));
  const grades = wanted.flatMap((name) => nameOf.get(name.toLowerCase()) ?? []);
  const missing = fresh.filter((name) => !grades.includes(name));
  if (missing.length > 0) throw new Refused('grades-unordered', { facts: { missing: missing.join(', ') } });
  const kept = grades.filter((name) => known.includes(name));
  // Nothing new to place: an order from before somebody added a grade does no harm.
  const expected = fresh.length > 0 ? known : known.filter((name) => kept.includes(name));
  if (new Set(grades).size !== grades.length || kept.join('\n') !== expected.join('\n'))
    throw new Refused('grades-unordered');
  return { grades: fresh.length > 0 ? grades : [...known], toOrder: false };
};
