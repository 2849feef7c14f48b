import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { InputFault } from './input-fault.ts';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
/** UTF-16 tells its own encoding; the reader of the format takes it from there. */
const UTF_16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/**
 * A text file piece by piece, always in the same memory. Throws InputFault (`not-utf8`, with line and column) at bytes
 * that are no UTF-8: read as replacement characters, two people of other names would become one.
 */
export async function* textChunks(file: string, separator: ',' | ';'): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    const memory = new Uint8Array(1 << 16);
    let check: Utf8Check | undefined;
    for (let isFirst = true; ; isFirst = false) {
      const { bytesRead } = await handle.read(memory, 0, memory.length, null);
      const chunk = memory.subarray(0, bytesRead);
      if (isFirst && !UTF_16_MARKS.some((mark) => mark.every((byte, at) => chunk[at] === byte))) {
        check = new Utf8Check(file, separator.charCodeAt(0));
      }
      if (bytesRead === 0) {
        check?.end();
        return;
      }
      check?.take(chunk);
      yield chunk;
    }
  } finally {
    await handle.close();
  }
}

class Utf8Check {
  private readonly file: string;
  private readonly separator: number;
  private line = 1;
  private column = 1;
  private isQuoted = false;
  /** The beginning of a character that the next chunk ends. */
  private rest: Uint8Array = new Uint8Array(0);

  constructor(file: string, separator: number) {
    this.file = file;
    this.separator = separator;
  }

  take(chunk: Uint8Array): void {
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const whole = wholeCharacters(bytes);
    const characters = bytes.subarray(0, whole);
    if (!isUtf8(characters)) this.refuse(bytes);
    this.passOver(characters);
    this.rest = bytes.slice(whole);
  }

  end(): void {
    if (this.rest.length > 0) this.refuse(this.rest);
  }

  private passOver(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte > this.separator) continue;
      if (byte === QUOTE) this.isQuoted = !this.isQuoted;
      else if (byte === this.separator) this.column += this.isQuoted ? 0 : 1;
      else if (byte === NEWLINE) {
        this.line++;
        if (!this.isQuoted) this.column = 1;
      }
    }
  }

  private refuse(bytes: Uint8Array): never {
    let good = 0;
    for (let length = 1; good < bytes.length; length = 1) {
      while (length < 4 && !isUtf8(bytes.subarray(good, good + length))) length++;
      if (good + length > bytes.length || !isUtf8(bytes.subarray(good, good + length))) break;
      good += length;
    }
    this.passOver(bytes.subarray(0, good));
    const byte = bytes[good]?.toString(16).toUpperCase();
    const what = `the byte ${byte} here is no UTF-8; save the file with UTF-8 encoding`;
    throw new InputFault('not-utf8', what, { file: this.file, line: this.line, column: this.column });
  }
}

/** Up to where `bytes` end in a whole character, as far as the last bytes tell. */
function wholeCharacters(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) return length;
    if (byte < 0xc0) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needs > back ? length - back : length;
  }
  return length;
}
