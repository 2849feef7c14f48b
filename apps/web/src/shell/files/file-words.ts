import type { FileType } from '@waymark/contracts';

const kib = 1024;

/** "340 kB", "1.2 MB": as file managers write it. */
export const sizeWords = (bytes: number): string =>
  bytes < kib * kib
    ? $localize`${Math.max(1, Math.round(bytes / kib))}:size: kB`
    : $localize`${(bytes / kib / kib).toFixed(1)}:size: MB`;

export const kindWords: Readonly<Record<FileType, string>> = {
  'application/pdf': $localize`PDF`,
  'image/png': $localize`Picture`,
  'image/jpeg': $localize`Picture`,
  'image/webp': $localize`Picture`,
};

/** A browser shows these by itself; a PDF is downloaded. */
export const isPicture = (type: FileType): boolean => type !== 'application/pdf';
