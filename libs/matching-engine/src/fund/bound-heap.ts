/** A binary heap of applications by key, then by rank; each application at most once. Nothing is allocated in use. */
export class BoundHeap {
  private readonly heap: Int32Array;
  private readonly key: Float64Array;
  private readonly rank: Int32Array;
  size = 0;

  constructor(rank: Int32Array) {
    this.heap = new Int32Array(rank.length);
    this.key = new Float64Array(rank.length);
    this.rank = rank;
  }

  /** The application with the lowest key; meaningless if empty. */
  get top(): number {
    return this.heap[0]!;
  }

  /** Infinity if empty. */
  get topKey(): number {
    return this.size === 0 ? Infinity : this.key[this.heap[0]!]!;
  }

  /** The application at a place of the heap, in no useful order; for walking over all. */
  at(place: number): number {
    return this.heap[place]!;
  }

  clear(): void {
    this.size = 0;
  }

  push(application: number, key: number): void {
    const { heap, key: keys } = this;
    keys[application] = key;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(application, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = application;
  }

  pop(): void {
    const { heap } = this;
    const size = --this.size;
    if (size <= 0) return;
    const moved = heap[size]!;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!this.isBefore(heap[child]!, moved)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = moved;
  }

  private isBefore(one: number, other: number): boolean {
    const difference = this.key[one]! - this.key[other]!;
    return difference < 0 || (difference === 0 && this.rank[one]! < this.rank[other]!);
  }
}
