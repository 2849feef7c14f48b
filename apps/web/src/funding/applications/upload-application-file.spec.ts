import { describe, expect, it } from '@jest/globals';
import { faultOfFile } from './upload-application-file';

const most = 10 * 1024 * 1024;

describe('a file is refused before it goes up', () => {
  it.each([
    ['programme.pdf', 1, 'application/pdf', null],
    ['photo.JPG', 1, '', null],
    ['photo.webp', most, 'image/webp', null],
    ['empty.pdf', 0, 'application/pdf', 'empty'],
    ['huge.pdf', most + 1, 'application/pdf', 'too-large'],
    ['page.html', 1, 'text/html', 'wrong-type'],
    ['drawing.svg', 1, 'image/svg+xml', 'wrong-type'],
    ['photo.heic', 1, '', 'wrong-type'],
    ['no-ending', 1, '', 'wrong-type'],
  ])('%s of %d bytes, %s', (name, size, type, fault) => {
    expect(faultOfFile({ name, size, type })).toBe(fault);
  });
});
