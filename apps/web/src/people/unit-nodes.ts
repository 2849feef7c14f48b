import type { UnitsView } from '@waymark/contracts';

export interface UnitNode {
  id: string;
  name: string;
  /** People of it and of all below it. */
  people: number;
  below: UnitNode[];
}

/** The tree of units, by name; one whose parent is not there stands at the top. */
export const unitNodes = (units: UnitsView['units']): UnitNode[] => {
  const known = new Set(units.map(({ id }) => id));
  const byParent = Map.groupBy(units, ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null));
  const nodesBelow = (parent: string | null): UnitNode[] =>
    (byParent.get(parent) ?? [])
      .map(({ id, name, people }) => {
        const below = nodesBelow(id);
        return { id, name, below, people: below.reduce((sum, node) => sum + node.people, people) };
      })
      .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
  return nodesBelow(null);
};

/** The units above one, from the top: those to be open so that it shows. */
export const pathTo = (nodes: readonly UnitNode[], id: string): UnitNode[] => {
  for (const node of nodes) {
    if (node.id === id) return [node];
    const path = pathTo(node.below, id);
    if (path.length > 0) return [node, ...path];
  }
  return [];
};
