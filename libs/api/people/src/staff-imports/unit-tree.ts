import type { KnownInstitution } from './known-institution';

/** A unit that is known, or that a row would make. */
export interface UnitNode {
  /** null: not made yet. */
  id: string | null;
  name: string;
  parent: UnitNode | null;
}

export const pathOf = (unit: UnitNode): string => (unit.parent ? `${pathOf(unit.parent)} > ${unit.name}` : unit.name);

/** The institution's units, and those that a file's rows would make among them. Names are one whatever their case. */
export class UnitTree {
  private readonly byId = new Map<string, UnitNode>();
  private readonly byName = new Map<string, UnitNode[]>();
  private readonly children = new Map<UnitNode | null, Map<string, UnitNode>>();

  constructor(units: KnownInstitution['units']) {
    for (const { id, name } of units) this.byId.set(id, { id, name, parent: null });
    for (const { id, parentId } of units) {
      const node = this.byId.get(id);
      if (node && parentId !== null) node.parent = this.byId.get(parentId) ?? null;
    }
    for (const node of this.byId.values()) this.add(node);
  }

  known(id: string | null): UnitNode | null {
    return id === null ? null : (this.byId.get(id) ?? null);
  }

  /**
   * The unit of a path from the top; a first step that is no top unit may be one of that name anywhere, if there is one
   * alone. `cell` is the path as it stood in one cell: a unit whose name holds the strokes goes before.
   * null: nowhere, or in several places, and `make` is false. Made ones are known to the rows that follow.
   */
  find(path: readonly string[], cell: string | null, make: boolean): UnitNode | null {
    const whole = cell !== null && path.length > 1 ? this.alone(cell) : null;
    if (whole) return whole;
    const [first = '', ...below] = path;
    const top = this.children.get(null)?.get(first.toLowerCase()) ?? this.alone(first);
    if (!top && (this.byName.get(first.toLowerCase())?.length ?? 0) > 1) return null;
    let node = top ?? (make ? this.make(first, null) : null);
    for (const step of below) {
      if (!node) return null;
      node = this.children.get(node)?.get(step.toLowerCase()) ?? (make ? this.make(step, node) : null);
    }
    return node;
  }

  private alone(name: string): UnitNode | null {
    const found = this.byName.get(name.toLowerCase()) ?? [];
    return found.length === 1 ? (found[0] ?? null) : null;
  }

  private make(name: string, parent: UnitNode | null): UnitNode {
    const node: UnitNode = { id: null, name, parent };
    this.add(node);
    return node;
  }

  private add(node: UnitNode): void {
    const key = node.name.toLowerCase();
    this.byName.set(key, [...(this.byName.get(key) ?? []), node]);
    const siblings = this.children.get(node.parent) ?? new Map<string, UnitNode>();
    siblings.set(key, node);
    this.children.set(node.parent, siblings);
  }
}
