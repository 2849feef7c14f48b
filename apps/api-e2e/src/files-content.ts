import { deflateSync } from 'node:zlib';

/* Files as people hand them in, and as people should not, made byte by byte. */

const chunk = (kind: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(kind, 4, 'latin1');
  return Buffer.concat([head, data, Buffer.alloc(4)]);
};

/** A PNG that says it is so large; its pixels are not there, as in a bomb. */
export const png = (width = 40, height = 30, extra: Buffer[] = []): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...extra,
    chunk('IDAT', deflateSync(Buffer.alloc(Math.min(10_000, height * (width * 3 + 1))))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
export const pngChunk = chunk;

const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};

export const jpeg = (width = 40, height = 30): Buffer => {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xc0, frame),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([1, 2, 3, 0xff, 0xd9]),
  ]);
};

export const webp = (width = 40, height = 30): Buffer => {
  const frame = Buffer.alloc(10);
  frame.set([0, 0, 0, 0x9d, 0x01, 0x2a]);
  frame.writeUInt16LE(width, 6);
  frame.writeUInt16LE(height, 8);
  const head = Buffer.from('RIFF\0\0\0\0WEBPVP8 \0\0\0\0', 'latin1');
  head.writeUInt32LE(frame.length, 16);
  head.writeUInt32LE(head.length - 8 + frame.length, 4);
  return Buffer.concat([head, frame]);
};

/** A PDF of one empty page, with more in its catalogue or more objects. */
export const pdf = (catalogue = '', objects: (string | Buffer)[] = []): Buffer =>
  Buffer.concat([
    Buffer.from(
      `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${catalogue} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n` +
        `3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n`,
    ),
    ...objects.map((each) => Buffer.from(each)),
    Buffer.from(`\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`),
  ]);

/** Objects within a packed object stream, as newer programs write them. */
export const packed = (text: string | Buffer, kind = '/Type /ObjStm /N 1 /First 4'): Buffer => {
  const data = deflateSync(text);
  return Buffer.concat([
    Buffer.from(`9 0 obj\n<< ${kind} /Filter /FlateDecode /Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
};
