import { Sha256 } from './sha256.ts';

const CHUNK = 4096;

/** SHA-256 of a canonical input: texts as UTF-8 with their length before them, numbers as 32 bits, least byte first. */
export class CanonicalHash {
  private readonly encoder = new TextEncoder();
  private readonly hash = new Sha256();

  /** `kind` names the layout that is hashed, with its version. */
  constructor(kind: string) {
    this.hash.update(this.encoder.encode(kind));
  }

  text(text: string): this {
    const bytes = this.encoder.encode(text);
    this.numbers([bytes.length]);
    this.hash.update(bytes);
    return this;
  }

  numbers(numbers: ArrayLike<number>): this {
    const bytes = new Uint8Array(4 * Math.min(CHUNK, numbers.length));
    const view = new DataView(bytes.buffer);
    for (let from = 0; from < numbers.length; from += CHUNK) {
      const upTo = Math.min(from + CHUNK, numbers.length);
      for (let at = from; at < upTo; at++) view.setInt32(4 * (at - from), numbers[at]!, true);
      this.hash.update(bytes.subarray(0, 4 * (upTo - from)));
    }
    return this;
  }

  /** Hexadecimal digest; the object is spent afterwards. */
  digest(): string {
    return this.hash.digest();
  }
}
