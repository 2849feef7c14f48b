/* How large images say they are, read from their headers without decoding. Null: it breaks off, or holds no picture. */

export interface PixelSize {
  width: number;
  height: number;
}

/** PNG (ISO/IEC 15948): the first chunk is IHDR, and the last IEND; chunks lie one after the other. */
export const pngSize = (content: Buffer): PixelSize | null => {
  let at = 8;
  let size: PixelSize | null = null;
  let picture = false;
  while (at + 12 <= content.length) {
    const length = content.readUInt32BE(at);
    const kind = content.toString('latin1', at + 4, at + 8);
    if (at + 12 + length > content.length || length > 0x7fffffff) return null;
    if (at === 8) {
      if (kind !== 'IHDR' || length !== 13) return null;
      size = { width: content.readUInt32BE(at + 8), height: content.readUInt32BE(at + 12) };
    }
    if (kind === 'IDAT') picture = true;
    if (kind === 'IEND') return picture ? size : null;
    at += 12 + length;
  }
  return null;
};

/** Start-of-frame markers, SOF0–SOF15 without the three that mean something else. */
const startsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** JPEG (ITU-T T.81, annex B): segments up to the frame, whose header says the size; then a scan, and its end. */
export const jpegSize = (content: Buffer): PixelSize | null => {
  let at = 2;
  let size: PixelSize | null = null;
  while (at + 4 <= content.length) {
    if (content[at] !== 0xff) return null;
    const marker = content[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) return null;
    const length = content.readUInt16BE(at + 2);
    if (length < 2 || at + 2 + length > content.length) return null;
    if (startsFrame(marker)) {
      if (length < 8) return null;
      size = { height: content.readUInt16BE(at + 5), width: content.readUInt16BE(at + 7) };
    }
    at += 2 + length;
    // Start of scan: what follows is the picture itself.
    if (marker === 0xda) return content.lastIndexOf(Buffer.from([0xff, 0xd9])) >= at ? size : null;
  }
  return null;
};

/** WebP (RFC 9649): a RIFF of chunks; VP8X says the canvas, else the one frame says its own size. */
export const webpSize = (content: Buffer): PixelSize | null => {
  if (content.length < 20 || content.toString('latin1', 8, 12) !== 'WEBP') return null;
  const end = 8 + content.readUInt32LE(4);
  if (end > content.length) return null;
  let canvas: PixelSize | null = null;
  for (let at = 12; at + 8 <= end;) {
    const kind = content.toString('latin1', at, at + 4);
    const length = content.readUInt32LE(at + 4);
    const data = content.subarray(at + 8, at + 8 + length);
    if (data.length < length) return null;
    if (kind === 'VP8X' && length >= 10) {
      canvas = { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
    }
    const frame = frameSize(kind, data);
    if (frame) return larger(canvas, frame);
    if (kind === 'ANMF') {
      if (data.length < 16) return null;
      return larger(canvas, { width: data.readUIntLE(6, 3) + 1, height: data.readUIntLE(9, 3) + 1 });
    }
    at += 8 + length + (length % 2);
  }
  return null;
};

const frameSize = (kind: string, data: Buffer): PixelSize | null => {
  if (kind === 'VP8 ' && data.length >= 10 && data.readUIntBE(3, 3) === 0x9d012a) {
    return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
  }
  if (kind === 'VP8L' && data.length >= 5 && data[0] === 0x2f) {
    const bits = data.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return null;
};

/** Whichever would take more to decode. */
const larger = (canvas: PixelSize | null, frame: PixelSize): PixelSize =>
  canvas && canvas.width * canvas.height > frame.width * frame.height ? canvas : frame;
