import iconv from 'iconv-lite';
import { Refused } from '../refused';

export interface DecodedFile {
  text: string;
  /** As shown to people. */
  encoding: 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';
}

/**
 * Stands in text for a NUL character, which PostgreSQL cannot store, and the decoder's own sign for bytes that mean
 * nothing. A cell with either cannot be read as it was meant: see `isDamaged`.
 */
const nulSign = '\u2400';
const lostSign = '\uFFFD';
export const isDamaged = (cell: string): boolean => cell.includes(nulSign) || cell.includes(lostSign);

/** How files of other kinds begin: ZIP (XLSX, ODS), PDF, PNG, JPEG, GIF, gzip, old Office, 7z, RTF. */
const otherKinds = [
  '504b0304',
  '504b0506',
  '25504446',
  '89504e47',
  'ffd8ff',
  '47494638',
  '1f8b',
  'd0cf11e0',
  '377abcaf',
  '7b5c727466',
];

/** Text of the file's bytes. Refused with `file-empty`, or `file-not-csv` where they are not text. */
export const decodeFile = (bytes: Buffer): DecodedFile => {
  if (bytes.length === 0) throw new Refused('file-empty');
  const start = bytes.subarray(0, 8).toString('hex');
  if (otherKinds.some((kind) => start.startsWith(kind))) throw new Refused('file-not-csv');
  const decoded = decode(bytes);
  if (decoded.text.trim() === '') throw new Refused('file-empty');
  if (isBinary(decoded.text) || isMarkup(decoded.text)) throw new Refused('file-not-csv');
  return { ...decoded, text: decoded.text.replaceAll('\u0000', nulSign) };
};

const decode = (bytes: Buffer): DecodedFile => {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { text: textOf('utf-16le', bytes), encoding: 'UTF-16LE' };
  if (first === 0xfe && second === 0xff) return { text: textOf('utf-16be', bytes), encoding: 'UTF-16BE' };
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  const text = textOf('utf-8', bytes);
  // A file that is UTF-8 but for a few broken bytes stays so: the cells with those become problems of their rows.
  const lost = text.split(lostSign).length - 1;
  const kept = text.match(/[^\u0000-\u007f\ufffd]/g)?.length ?? 0;
  if (marked || lost === 0 || kept > 5 * lost) return { text, encoding: 'UTF-8' };
  // iconv, because Node's own decoder took 0x80–0x9F of Windows-1252 as control characters in some versions.
  return { text: iconv.decode(bytes, 'win1252'), encoding: 'Windows-1252' };
};

/** Without the byte-order mark. */
const textOf = (label: string, bytes: Buffer): string => new TextDecoder(label).decode(bytes);

/** A stray control character is a row's problem; many of them are another kind of file. */
const isBinary = (text: string): boolean => {
  const controls = text.match(/[\u0000-\u0008\u000e-\u001f\u007f]/g)?.length ?? 0;
  return controls > Math.max(8, text.length / 100);
};

/** A web page, XML or JSON. */
const isMarkup = (text: string): boolean => /^\s*(<[!?a-z]|\{\s*["}]|\[\s*[[{"\]])/i.test(text.slice(0, 1000));
