import type { UnitOfTree } from '@waymark/contracts';

export interface UnitLine extends UnitOfTree {
  /** 0 at the top. */
  depth: number;
  /** Units directly below. */
  below: number;
  /** Active people of it and of all below it. */
  activeWithin: number;
}

const byName = (a: UnitOfTree, b: UnitOfTree): number => a.name.localeCompare(b.name, 'en-GB');

/** Units in the order of the tree, each before those below it, by name. One whose parent is not there stands at the top. */
export const unitLines = (units: readonly UnitOfTree[]): UnitLine[] => {
  const known = new Set(units.map(({ id }) => id));
  const children = new Map<string | null, UnitOfTree[]>();
  for (const unit of units) {
    const parent = unit.parentId !== null && known.has(unit.parentId) ? unit.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), unit]);
  }
  const linesBelow = (parent: string | null, depth: number): UnitLine[] =>
    (children.get(parent) ?? []).sort(byName).flatMap((unit) => {
      const lines = linesBelow(unit.id, depth + 1);
      const direct = lines.filter((line) => line.depth === depth + 1);
      const within = unit.active + direct.reduce((sum, { activeWithin }) => sum + activeWithin, 0);
      return [{ ...unit, depth, below: direct.length, activeWithin: within }, ...lines];
    });
  return linesBelow(null, 0);
};

/** The unit and everything below it: where it can neither be moved nor merged into. */
export const withinUnit = (units: readonly UnitOfTree[], id: string): ReadonlySet<string> => {
  const within = new Set([id]);
  for (let grown = true; grown;) {
    grown = false;
    for (const unit of units) {
      if (unit.parentId !== null && within.has(unit.parentId) && !within.has(unit.id)) {
        within.add(unit.id);
        grown = true;
      }
    }
  }
  return within;
};

/** Lines whose name holds the words, with those above them, so that one sees where they lie. */
export const linesFound = (lines: readonly UnitLine[], search: string): UnitLine[] => {
  const wanted = search.trim().toLocaleLowerCase('en-GB');
  if (!wanted) return [...lines];
  const byId = new Map(lines.map((line) => [line.id, line]));
  const shown = new Set<string>();
  for (const line of lines.filter(({ name }) => name.toLocaleLowerCase('en-GB').includes(wanted))) {
    for (
      let each: UnitLine | undefined = line;
      each;
      each = each.parentId === null ? undefined : byId.get(each.parentId)
    ) {
      shown.add(each.id);
    }
  }
  return lines.filter(({ id }) => shown.has(id));
};
