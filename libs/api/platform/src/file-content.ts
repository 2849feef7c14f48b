import { type FileType, fileTypes } from '@waymark/contracts';
import { fileTypeFromBuffer } from 'file-type';
import { jpegSize, type PixelSize, pngSize, webpSize } from './image-size';
import { judgePdf } from './judge-pdf';
import { Refused } from './refused';

/** A photograph of a modern phone has up to fifty million pixels; more is nothing that people photograph receipts with. */
export const pixelsMost = 50_000_000;
/** Of one edge: a strip of a million by fifty pixels is no receipt either. */
const edgeMost = 30_000;

/** Names end so; what a name claims to be is compared with what the content is. */
const endingsOf: Readonly<Record<FileType, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/webp': ['webp'],
};
const isImage = (type: FileType): boolean => type !== 'application/pdf';

const sizeOf: Readonly<Partial<Record<FileType, (content: Buffer) => PixelSize | null>>> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
};

/**
 * What a file is by its content, its name at most contradicting it: an image called an image of another kind is taken, as
 * phones and browsers mix them up; a PDF called an image, or anything called a page, a drawing or a program, is not.
 *
 * Refused with `file-empty`; `file-type-refused` (fact `found`: what it seems to be); `file-broken` (it breaks off, or holds
 * no picture); `image-too-large` (facts `megapixels`, `most`); `pdf-locked` (a password); `pdf-active` (fact `found`: what it
 * would do, or carries). Nothing is decoded: sizes are read from headers, so a bomb of pixels is refused by what it claims,
 * and packed text within a PNG is never unpacked.
 */
export const judgeFile = async (name: string, content: Buffer): Promise<FileType> => {
  if (content.length === 0 || content.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d))) {
    throw new Refused('file-empty', { facts: { document: true } });
  }
  const type = await typeOf(content);
  refuseMisnamed(name, type);
  const pixels = sizeOf[type];
  if (!pixels) await judgePdf(content);
  else refuseLarge(pixels(content), type);
  return type;
};

const typeOf = async (content: Buffer): Promise<FileType> => {
  const markup = markupOf(content);
  if (markup) throw new Refused('file-type-refused', { facts: { found: markup } });
  // What may be taken is looked at whole; of anything else a few thousand bytes say what it seems to be.
  const looked = maybeTaken.test(content.toString('latin1', 0, 12)) ? content : content.subarray(0, 4100);
  const found = await fileTypeFromBuffer(looked).catch(() => undefined);
  const type = fileTypes.find((each) => each === found?.mime);
  if (!type) throw new Refused('file-type-refused', found ? { facts: { found: found.ext.toUpperCase() } } : {});
  return type;
};

/** How the four kinds begin. */
const maybeTaken = /^(%PDF|\x89PNG|\xff\xd8\xff|RIFF[^]{4}WEBP)/;

/** A web page or a drawing: both run scripts where a browser shows them. Told before anything else looks at it. */
const markupOf = (content: Buffer): string | null => {
  const start = content
    .subarray(0, 2048)
    .toString('latin1')
    .replace(/^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    // Two bytes a letter.
    .replaceAll('\u0000', '')
    .trimStart()
    .toLowerCase();
  if (!start.startsWith('<')) return null;
  return /<svg[\s>:]/.test(start)
    ? 'SVG'
    : /<(!doctype html|html|head|body|script|iframe)/.test(start)
      ? 'HTML'
      : 'XML';
};

const refuseMisnamed = (name: string, type: FileType): void => {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase();
  if (!ending || endingsOf[type].includes(ending)) return;
  const claimed = fileTypes.find((each) => endingsOf[each].includes(ending));
  if (claimed ? isImage(claimed) && isImage(type) : !deceptive.has(ending)) return;
  throw new Refused('file-type-refused', {
    facts: { found: endingsOf[type][0]?.toUpperCase() ?? '', named: ending.toUpperCase() },
  });
};
/** Endings with which a machine would do something else than show a picture. Others say nothing: `scan.2026`. */
const deceptive = new Set(
  'bat cmd com cpl doc docm docx exe gif hta htm html jar js jse lnk mjs msi ps1 scr sh svg svgz vbs wsf xht xhtml xls xlsm xlsx xml zip'.split(
    ' ',
  ),
);

const refuseLarge = (size: PixelSize | null, type: FileType): void => {
  const found = endingsOf[type][0]?.toUpperCase() ?? '';
  if (!size || size.width === 0 || size.height === 0) throw new Refused('file-broken', { facts: { found } });
  const pixels = size.width * size.height;
  if (pixels > pixelsMost || Math.max(size.width, size.height) > edgeMost) {
    throw new Refused('image-too-large', {
      facts: { megapixels: Math.ceil(pixels / 1e6), most: pixelsMost / 1e6, width: size.width, height: size.height },
    });
  }
};

/** The name with the ending that its content asks for: `receipt.jpg` that is a PNG becomes `receipt.png`. */
export const nameByContent = (name: string, type: FileType): string => {
  const [ending = ''] = endingsOf[type];
  const given = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase();
  if (given && endingsOf[type].includes(given)) return name;
  const known = given !== undefined && Object.values(endingsOf).some((endings) => endings.includes(given));
  return `${known ? name.slice(0, -given.length - 1) : name}.${ending}`;
};
