import { promisify } from 'node:util';
import { inflate as inflateWithCallback } from 'node:zlib';
import { Refused } from './refused';

const inflate = promisify(inflateWithCallback);

/** Of all packed object streams of one file together: a receipt's hold a few thousand bytes. */
const unpackedMost = 32 * 1024 * 1024;
/** So many of them: each holds a hundred objects or so. */
const packedMost = 5000;

/** Names within a PDF that make a reader run, open, send or unpack something. See ISO 32000-2, 12.6.4 and 7.11.4. */
const acting =
  /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|Movie|Rendition)(?=[\s/<>[\](){}%]|$)/;
const locked = /\/Encrypt(?=[\s/<>[\](){}%]|$)/;

/**
 * What can be told of a PDF without a reader: it begins and ends as one, asks for no password, and neither acts nor carries other
 * files. Looked through are the objects as they lie in the file and those within packed object streams (names written with
 * `#xx` included), never pages, pictures or fonts. What is packed by anything but Flate, or within a stream that is no object
 * stream, is not seen: files are served as attachments only, so this keeps what is plainly bad away and promises no more.
 *
 * Refused with `file-broken`, `pdf-locked`, `pdf-active` (fact `found`).
 */
export const judgePdf = async (content: Buffer): Promise<void> => {
  const broken = () => new Refused('file-broken', { facts: { found: 'PDF' } });
  if (!/^%PDF-[12]\.\d/.test(content.toString('latin1', 0, 8))) throw broken();
  if (!content.subarray(-4096).includes('%%EOF')) throw broken();
  const { objects, packed } = partsOf(content);
  if (packed.length > packedMost) throw broken();
  judge(objects);
  let left = unpackedMost;
  for (const stream of packed) {
    const unpacked: Buffer = await inflate(stream, { maxOutputLength: Math.max(1, left) }).catch(() => {
      throw broken();
    });
    left -= unpacked.length;
    judge(unpacked.toString('latin1'));
  }
};

const judge = (text: string): void => {
  const plain = withoutEscapes(text);
  if (locked.test(plain)) throw new Refused('pdf-locked');
  const found = acting.exec(plain)?.[1];
  if (found) throw new Refused('pdf-active', { facts: { found } });
};

const hash = 0x23;
/** The value of a hexadecimal digit by its character; -1 of any other. */
const digitOf = (code: number | undefined): number => {
  const value = code === undefined ? NaN : parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? -1 : value;
};
const digits = Array.from({ length: 256 }, (_, code) => digitOf(code));

/** `/Java#53cript` is `/JavaScript`. A byte at a time: ten mebibytes of nothing but escapes are not to hold up everybody else. */
const withoutEscapes = (text: string): string => {
  if (!text.includes('#')) return text;
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const high = byte === hash ? (digits[bytes[at + 1] ?? 0] ?? -1) : -1;
    const low = high >= 0 ? (digits[bytes[at + 2] ?? 0] ?? -1) : -1;
    bytes[length] = low >= 0 ? high * 16 + low : byte;
    if (low >= 0) at += 2;
    length += 1;
  }
  return bytes.toString('latin1', 0, length);
};

/** Only a dictionary has a stream: the word may stand in a text as well. */
const endsDictionary = (content: Buffer, word: number): boolean => {
  let at = word - 1;
  while (at > word - 200 && (content[at] ?? 0xff) <= 0x20) at -= 1;
  return content[at] === 0x3e && content[at - 1] === 0x3e;
};

/** The file without its streams, and of those the object streams that Flate packed. One pass over the bytes. */
const partsOf = (content: Buffer): { objects: string; packed: Buffer[] } => {
  const objects: string[] = [];
  const packed: Buffer[] = [];
  let start = 0;
  for (let at = 0; ;) {
    const word = content.indexOf('stream', at);
    if (word < 0) break;
    at = word + 'stream'.length;
    if (!endsDictionary(content, word)) continue;
    let from = at;
    if (content[from] === 0x0d) from += 1;
    if (content[from] === 0x0a) from += 1;
    const end = content.indexOf('endstream', from);
    if (end < 0) break;
    const head = content.toString('latin1', start, word);
    objects.push(head);
    const dictionary = withoutEscapes(head);
    if (/\/ObjStm\b/.test(dictionary)) {
      if (/\/FlateDecode\b|\/Fl\b/.test(dictionary)) packed.push(content.subarray(from, end));
      // It may lie there unpacked.
      else objects.push(content.toString('latin1', from, end));
    }
    at = start = end + 'endstream'.length;
  }
  objects.push(content.toString('latin1', start));
  return { objects: objects.join('\n'), packed };
};
