/**
 * Ids by position, found by their bytes (UTF-8) as they stand in a file, so that a line costs no strings. Open
 * addressing; O(length) a look-up.
 */
export class IdIndex {
  readonly ids: string[] = [];
  /** Bytes of all ids one after the other; id `at` ends at `ends[at + 1]`. */
  private bytes = new Uint8Array(1 << 12);
  private ends = new Int32Array(1 << 8);
  /** Position + 1, or 0. */
  private table = new Int32Array(1 << 9);

  /** The position of the id in `bytes` from `from` up to `to`; -1 where it is not known. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const mask = this.table.length - 1;
    for (let slot = hashOf(bytes, from, to) & mask; ; slot = (slot + 1) & mask) {
      const at = (this.table[slot] ?? 0) - 1;
      if (at < 0 || this.isAt(at, bytes, from, to)) return at;
    }
  }

  findText(id: string): number {
    const bytes = Buffer.from(id);
    return this.find(bytes, 0, bytes.length);
  }

  /** Adds an id that is not yet known, and gives its position. */
  add(bytes: Uint8Array, from: number, to: number): number {
    const at = this.ids.push(Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString()) - 1;
    const end = (this.ends[at] ?? 0) + to - from;
    while (end > this.bytes.length) this.bytes = twice(this.bytes);
    if (at + 2 > this.ends.length) this.ends = twice(this.ends);
    this.bytes.set(bytes.subarray(from, to), this.ends[at]);
    this.ends[at + 1] = end;
    if (2 * this.ids.length > this.table.length) this.makeTable(2 * this.table.length);
    else this.put(at);
    return at;
  }

  addText(id: string): number {
    const bytes = Buffer.from(id);
    return this.add(bytes, 0, bytes.length);
  }

  private isAt(at: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.ends[at] ?? 0;
    if ((this.ends[at + 1] ?? 0) - start !== to - from) return false;
    for (let step = 0; step < to - from; step++) if (this.bytes[start + step] !== bytes[from + step]) return false;
    return true;
  }

  private put(at: number): void {
    const mask = this.table.length - 1;
    let slot = hashOf(this.bytes, this.ends[at] ?? 0, this.ends[at + 1] ?? 0) & mask;
    while (this.table[slot] !== 0) slot = (slot + 1) & mask;
    this.table[slot] = at + 1;
  }

  private makeTable(size: number): void {
    this.table = new Int32Array(size);
    for (let at = 0; at < this.ids.length; at++) this.put(at);
  }
}

/** FNV-1a, its high bits folded in. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

function twice<Numbers extends Uint8Array | Int32Array>(numbers: Numbers): Numbers {
  const larger = new (numbers.constructor as new (length: number) => Numbers)(2 * numbers.length);
  larger.set(numbers);
  return larger;
}
