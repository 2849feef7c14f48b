import { describe, expect, it } from '@jest/globals';
import { refusalOfFile } from './upload-file';

const most = 10 * 1024 * 1024;

describe('a file is refused before it goes up', () => {
  it.each([
    ['programme.pdf', 1, 'application/pdf', null],
    ['photo.JPG', 1, '', null],
    ['photo.webp', most, 'image/webp', null],
    ['empty.pdf', 0, 'application/pdf', 'file-empty'],
    ['huge.pdf', most + 1, 'application/pdf', 'body-too-large'],
    ['page.html', 1, 'text/html', 'file-type-refused'],
    ['drawing.svg', 1, 'image/svg+xml', 'file-type-refused'],
    ['photo.heic', 1, '', 'file-type-refused'],
    ['no-ending', 1, '', 'file-type-refused'],
  ])('%s of %d bytes, %s', (name, size, type, refusal) => {
    expect(refusalOfFile({ name, size, type })?.refusal ?? null).toBe(refusal);
  });
});
