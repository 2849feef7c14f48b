import { inflateSync } from 'node:zlib';

export interface PdfRead {
  text: string;
  pages: number;
  title: string | null;
  /** Bookmarks. */
  outline: string[];
  language: string | null;
}

/**
 * What a PDF of pdfkit says, read back from its bytes without the library that wrote it: objects, page fonts, their tables from
 * glyph to character, and the text that the pages show. Lines of a page are joined by spaces.
 */
export const readPdf = async (file: Buffer): Promise<PdfRead> => {
  const objects = objectsOf(file);
  const charactersOf = new Map<number, Map<string, string>>();
  for (const [id, { head }] of objects) {
    const table = reference(head, 'ToUnicode');
    if (table !== null) charactersOf.set(id, charactersIn(streamOf(objects, table)));
  }
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head));
  const text = pages.map(({ head }) => pageText(objects, head, charactersOf)).join('\n');
  const all = [...objects.values()].map(({ head }) => head).join('\n');
  return {
    text: text.replaceAll(/\s+/g, ' '),
    pages: pages.length,
    title: titleOf(objects, file),
    outline: [...objects.values()]
      .filter(({ head }) => /\/Parent \d+ 0 R/.test(head) && /\/Title /.test(head))
      .map(({ head }) => textAt(objects, head, 'Title') ?? ''),
    language: stringAfter(all, 'Lang'),
  };
};

interface PdfObject {
  head: string;
  stream: Buffer | null;
}

const objectsOf = (file: Buffer): Map<number, PdfObject> => {
  const bytes = file.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const found of bytes.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id = '', body = ''] = found;
    const at = body.indexOf('stream\n');
    const head = at < 0 ? body : body.slice(0, at);
    const packed = at < 0 ? null : Buffer.from(body.slice(at + 7, body.lastIndexOf('\nendstream')), 'latin1');
    objects.set(Number(id), { head, stream: packed && /FlateDecode/.test(head) ? inflateSync(packed) : packed });
  }
  return objects;
};

const reference = (head: string, name: string): number | null => {
  const found = new RegExp(`/${name} (\\d+) 0 R`).exec(head);
  return found ? Number(found[1]) : null;
};
const streamOf = (objects: Map<number, PdfObject>, id: number): string =>
  objects.get(id)?.stream?.toString('latin1') ?? '';

/** A text in place, or by reference. */
const textAt = (objects: Map<number, PdfObject>, head: string, name: string): string | null => {
  const at = reference(head, name);
  return at === null ? stringAfter(head, name) : stringAfter(`/${name} ${objects.get(at)?.head ?? ''}`, name);
};

const titleOf = (objects: Map<number, PdfObject>, file: Buffer): string | null => {
  const info = reference(file.subarray(file.lastIndexOf('trailer')).toString('latin1'), 'Info');
  return info === null ? null : textAt(objects, objects.get(info)?.head ?? '', 'Title');
};

const stringAfter = (head: string, name: string): string | null => {
  const plain = new RegExp(`/${name} \\(((?:\\\\.|[^\\\\)])*)\\)`).exec(head)?.[1];
  if (plain === undefined) return null;
  const bytes = Buffer.from(plain.replaceAll(/\\(.)/g, '$1'), 'latin1');
  return bytes[0] === 0xfe && bytes[1] === 0xff
    ? bytes.subarray(2).swap16().toString('utf16le')
    : bytes.toString('latin1');
};

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** From a glyph's four hexadecimal digits to what it stands for. */
const charactersIn = (table: string): Map<string, string> => {
  const characters = new Map<string, string>();
  for (const [, block = ''] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', , list] of block.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
      const first = parseInt(from, 16);
      [...(list ?? '').matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], at) => {
        characters.set((first + at).toString(16).padStart(4, '0'), utf16(hex.replaceAll(' ', '')));
      });
    }
  }
  return characters;
};

const pageText = (
  objects: Map<number, PdfObject>,
  page: string,
  charactersOf: Map<number, Map<string, string>>,
): string => {
  const resources = reference(page, 'Resources');
  const held = resources === null ? page : (objects.get(resources)?.head ?? '');
  const fonts = new Map([...held.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id]) => [name, Number(id)]));
  const contents = reference(page, 'Contents');
  const content = contents === null ? '' : streamOf(objects, contents);
  let characters = new Map<string, string>();
  let text = '';
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d.\s])*)\] TJ/gi)) {
    if (font) characters = charactersOf.get(fonts.get(font) ?? -1) ?? new Map<string, string>();
    else {
      for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]*)>/gi)) {
        for (const glyph of hex.match(/.{4}/g) ?? []) text += characters.get(glyph.toLowerCase()) ?? '';
      }
      text += ' ';
    }
  }
  return text;
};
