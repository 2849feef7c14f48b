import type { UnitsView } from '@waymark/contracts';

type Unit = UnitsView['units'][number];

export interface UnitOption {
  id: string;
  /** The name, moved in below its parent. */
  words: string;
}

/** Units as the options of a select: each parent before its children, by name. */
export const unitOptions = (units: readonly Unit[]): UnitOption[] => {
  const known = new Set(units.map((unit) => unit.id));
  const childrenOf = (parentId: string | null): Unit[] =>
    units
      .filter((unit) => (unit.parentId !== null && known.has(unit.parentId) ? unit.parentId : null) === parentId)
      .sort((a, b) => a.name.localeCompare(b.name));
  const listed = (parentId: string | null, depth: number): UnitOption[] =>
    childrenOf(parentId).flatMap((unit) => [
      { id: unit.id, words: `${'\u2003'.repeat(depth)}${unit.name}` },
      ...listed(unit.id, depth + 1),
    ]);
  return listed(null, 0);
};
