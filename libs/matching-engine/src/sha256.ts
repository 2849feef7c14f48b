/**
 * SHA-256 (FIPS 180-4) on plain numbers, so that the library needs neither Node's nor a browser's cryptography and
 * stays synchronous. It identifies inputs; nothing secret rests on it.
 */
const ROUND_CONSTANTS = firstPrimes(64).map((prime) => fractionBits(Math.cbrt(prime)));
const INITIAL = firstPrimes(8).map((prime) => fractionBits(Math.sqrt(prime)));

export class Sha256 {
  private readonly state = Int32Array.from(INITIAL);
  private readonly schedule = new Int32Array(64);
  private readonly constants = Int32Array.from(ROUND_CONSTANTS);
  private readonly block = new Uint8Array(64);
  private used = 0;
  private bytes = 0;

  update(data: Uint8Array): this {
    this.bytes += data.length;
    let from = 0;
    while (from < data.length) {
      if (this.used === 0 && from + 64 <= data.length) {
        this.compress(data, from);
        from += 64;
        continue;
      }
      const take = Math.min(64 - this.used, data.length - from);
      this.block.set(data.subarray(from, from + take), this.used);
      this.used += take;
      from += take;
      if (this.used === 64) {
        this.compress(this.block, 0);
        this.used = 0;
      }
    }
    return this;
  }

  /** Hexadecimal digest; the object is spent afterwards. */
  digest(): string {
    const bits = this.bytes * 8;
    const padding = new Uint8Array((this.used < 56 ? 56 : 120) - this.used + 8);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(padding.length - 4, bits >>> 0);
    this.update(padding);
    return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  private compress(block: Uint8Array, from: number): void {
    const { schedule: w, state, constants: k } = this;
    for (let t = 0; t < 16; t++) {
      const at = from + t * 4;
      w[t] = (block[at]! << 24) | (block[at + 1]! << 16) | (block[at + 2]! << 8) | block[at + 3]!;
    }
    for (let t = 16; t < 64; t++) {
      const x = w[t - 15]!;
      const y = w[t - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0;
    }
    let a = state[0]!,
      b = state[1]!,
      c = state[2]!,
      d = state[3]!;
    let e = state[4]!,
      f = state[5]!,
      g = state[6]!,
      h = state[7]!;
    // Eight steps at a time, so that the working variables change names and not places.
    for (let t = 0; t < 64; t += 8) {
      h = (h + step(e, f, g) + k[t]! + w[t]!) | 0;
      d = (d + h) | 0;
      h = (h + mixed(a, b, c)) | 0;
      g = (g + step(d, e, f) + k[t + 1]! + w[t + 1]!) | 0;
      c = (c + g) | 0;
      g = (g + mixed(h, a, b)) | 0;
      f = (f + step(c, d, e) + k[t + 2]! + w[t + 2]!) | 0;
      b = (b + f) | 0;
      f = (f + mixed(g, h, a)) | 0;
      e = (e + step(b, c, d) + k[t + 3]! + w[t + 3]!) | 0;
      a = (a + e) | 0;
      e = (e + mixed(f, g, h)) | 0;
      d = (d + step(a, b, c) + k[t + 4]! + w[t + 4]!) | 0;
      h = (h + d) | 0;
      d = (d + mixed(e, f, g)) | 0;
      c = (c + step(h, a, b) + k[t + 5]! + w[t + 5]!) | 0;
      g = (g + c) | 0;
      c = (c + mixed(d, e, f)) | 0;
      b = (b + step(g, h, a) + k[t + 6]! + w[t + 6]!) | 0;
      f = (f + b) | 0;
      b = (b + mixed(c, d, e)) | 0;
      a = (a + step(f, g, h) + k[t + 7]! + w[t + 7]!) | 0;
      e = (e + a) | 0;
      a = (a + mixed(b, c, d)) | 0;
    }
    state[0] = (state[0]! + a) | 0;
    state[1] = (state[1]! + b) | 0;
    state[2] = (state[2]! + c) | 0;
    state[3] = (state[3]! + d) | 0;
    state[4] = (state[4]! + e) | 0;
    state[5] = (state[5]! + f) | 0;
    state[6] = (state[6]! + g) | 0;
    state[7] = (state[7]! + h) | 0;
  }
}

/** Sigma 1 of the first, and for each of its bits the second's or the third's. */
function step(e: number, f: number, g: number): number {
  const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
  return s1 + (g ^ (e & (f ^ g)));
}

/** Sigma 0 of the first, and the majority of the three. */
function mixed(a: number, b: number, c: number): number {
  const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
  return s0 + ((a & b) | (c & (a | b)));
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

/** The first 32 bits of the fractional part. */
function fractionBits(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
}
