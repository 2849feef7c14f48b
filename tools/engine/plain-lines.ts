const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const SPACE = 0x20;
/** In bytes; a longer line is not plain, nor kept here until it ends. */
const LONGEST_LINE = 1 << 20;

/** Where the fields of a line begin and end in `bytes`, in the order of the columns asked for. */
export interface PlainLine {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** From 1; the header is line 1. */
  readonly line: number;
}

/**
 * Takes the plain lines from the beginning of a comma-separated stream: neither quotes nor spaces around a field, as
 * many fields as the header has, and none empty. Passes on the header and whatever follows the first line that is not
 * plain, or that `take` declines, for a reader that knows all of the format. Large files are all plain lines, and these
 * cost no objects.
 */
export class PlainLines {
  /** Lines after the header that were taken, and so are not passed on. */
  taken = 0;
  private readonly columns: readonly string[];
  private readonly take: (line: PlainLine) => boolean;
  private readonly line: { bytes: Uint8Array; starts: Int32Array; ends: Int32Array; line: number };
  /** Column asked for by field of the file; empty before the header. */
  private order: number[] = [];
  private isPlain = true;

  constructor(columns: readonly string[], take: (line: PlainLine) => boolean) {
    this.columns = columns;
    this.take = take;
    const size = columns.length;
    this.line = { bytes: new Uint8Array(0), starts: new Int32Array(size), ends: new Int32Array(size), line: 1 };
  }

  /** `chunks` may give the same memory again and again: what is kept or passed on is copied. */
  async *passOn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    // The end of a chunk that is not a whole line.
    let rest: Uint8Array = new Uint8Array(0);
    for await (const chunk of chunks) {
      let from = 0;
      if (this.isPlain && rest.length > 0) {
        const end = chunk.indexOf(NEWLINE) + 1;
        rest = Buffer.concat([rest, end > 0 ? chunk.subarray(0, end) : chunk]);
        if (end === 0 && rest.length < LONGEST_LINE) continue;
        if (end === 0) this.isPlain = false;
        if (end === 0) yield rest;
        else yield* this.linesOf(rest);
        from = end > 0 ? end : chunk.length;
        rest = new Uint8Array(0);
      }
      if (this.isPlain) from += yield* this.linesOf(chunk.subarray(from));
      if (this.isPlain) rest = chunk.slice(from);
      else if (from < chunk.length) yield chunk.slice(from);
    }
    if (rest.length === 0) return;
    if (this.order.length > 0 && this.takes(rest, 0, rest.length)) this.taken++;
    else yield rest;
  }

  /** Takes whole lines; passes on the header, and all the bytes from the first line that is not taken. Answers how far. */
  private *linesOf(bytes: Uint8Array): Generator<Uint8Array, number> {
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      if (this.order.length === 0) {
        this.readHeader(bytes.subarray(0, end));
        if (this.isPlain) yield bytes.slice(0, end + 1);
      } else if (this.takes(bytes, from, end)) {
        this.taken++;
      } else {
        this.isPlain = false;
      }
      if (!this.isPlain) {
        yield bytes.slice(from);
        return bytes.length;
      }
      from = end + 1;
    }
    return from;
  }

  private readHeader(bytes: Uint8Array): void {
    const names = Buffer.from(bytes)
      .toString()
      .replace(/^\uFEFF/, '')
      .replace(/\r$/, '')
      .split(',');
    this.order = names.map((name) => this.columns.indexOf(name));
    this.isPlain = names.length === this.columns.length && this.columns.every((name) => names.includes(name));
  }

  private takes(bytes: Uint8Array, from: number, newline: number): boolean {
    const { order } = this;
    const { starts, ends } = this.line;
    const end = newline > from && bytes[newline - 1] === RETURN ? newline - 1 : newline;
    let field = 0;
    let start = from;
    for (let at = from; at <= end; at++) {
      const byte = at === end ? COMMA : (bytes[at] ?? COMMA);
      if (byte > COMMA) continue;
      // A return within a line ends it, for some.
      if (byte === QUOTE || byte === RETURN) return false;
      if (byte !== COMMA) continue;
      // Spaces around a field are another's business; so are those beyond ASCII, which begin and end above it.
      if (field === order.length || at === start || !isInk(bytes[start]) || !isInk(bytes[at - 1])) return false;
      starts[order[field] ?? 0] = start;
      ends[order[field++] ?? 0] = at;
      start = at + 1;
    }
    if (field !== order.length) return false;
    this.line.bytes = bytes;
    this.line.line = this.taken + 2;
    return this.take(this.line);
  }
}

function isInk(byte = 0): boolean {
  return byte > SPACE && byte < 0x7f;
}
