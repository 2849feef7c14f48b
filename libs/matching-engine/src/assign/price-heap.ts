/** A binary heap of nodes by distance, each at most once, with decrease-key. Typed arrays; no allocation in use. */
export class PriceHeap {
  private readonly nodes: Int32Array;
  private readonly place: Int32Array;
  private readonly key: Float64Array;
  private length = 0;

  /** `key` is the caller's array of distances by node; set it before `raise`. */
  constructor(key: Float64Array) {
    this.key = key;
    this.nodes = new Int32Array(key.length);
    this.place = new Int32Array(key.length).fill(-1);
  }

  get size(): number {
    return this.length;
  }

  /** The least distance; undefined behaviour when empty. */
  leastKey(): number {
    return this.key[this.nodes[0]!]!;
  }

  /** Adds the node, or moves it up after its distance fell. */
  raise(node: number): void {
    let at = this.place[node]!;
    if (at < 0) at = this.length++;
    const { nodes, place, key } = this;
    const own = key[node]!;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = nodes[above]!;
      if (key[other]! <= own) break;
      nodes[at] = other;
      place[other] = at;
      at = above;
    }
    nodes[at] = node;
    place[node] = at;
  }

  takeLeast(): number {
    const { nodes, place } = this;
    const least = nodes[0]!;
    place[least] = -1;
    this.length--;
    if (this.length > 0) this.sink(nodes[this.length]!);
    return least;
  }

  clear(): void {
    for (let at = 0; at < this.length; at++) this.place[this.nodes[at]!] = -1;
    this.length = 0;
  }

  private sink(node: number): void {
    const { nodes, place, key, length } = this;
    const own = key[node]!;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= length) break;
      if (below + 1 < length && key[nodes[below + 1]!]! < key[nodes[below]!]!) below++;
      const other = nodes[below]!;
      if (key[other]! >= own) break;
      nodes[at] = other;
      place[other] = at;
      at = below;
    }
    nodes[at] = node;
    place[node] = at;
  }
}
