import { promisify } from 'node:util';
import { inflate as inflateWithCallback } from 'node:zlib';
import { Refused } from './refused';

const inflate = promisify(inflateWithCallback);

/** Of all packed object streams of one file together: a receipt's hold a few thousand bytes. */
const unpackedMost = 32 * 1024 * 1024;

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
  const plain = text.replaceAll(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  if (locked.test(plain)) throw new Refused('pdf-locked');
  const found = acting.exec(plain)?.[1];
  if (found) throw new Refused('pdf-active', { facts: { found } });
};

/** The file without its streams, and of those the object streams that Flate packed. One pass over the bytes. */
const partsOf = (content: Buffer): { objects: string; packed: Buffer[] } => {
  const objects: string[] = [];
  const packed: Buffer[] = [];
  let at = 0;
  for (;;) {
    const word = content.indexOf('stream', at);
    if (word < 0) break;
    const head = content.toString('latin1', at, word);
    objects.push(head);
    let from = word + 'stream'.length;
    if (content[from] === 0x0d) from += 1;
    if (content[from] === 0x0a) from += 1;
    // Only a dictionary has a stream: the word may stand in a text as well.
    if (!/>>\s*$/.test(head.slice(-200))) {
      at = word + 'stream'.length;
      continue;
    }
    const end = content.indexOf('endstream', from);
    if (end < 0) break;
    const dictionary = head.slice(Math.max(0, head.lastIndexOf(' obj')));
    if (/\/ObjStm\b/.test(dictionary) && /\/FlateDecode\b|\/Fl\b/.test(dictionary))
      packed.push(content.subarray(from, end));
    at = end + 'endstream'.length;
  }
  objects.push(content.toString('latin1', at));
  return { objects: objects.join('\n'), packed };
};
