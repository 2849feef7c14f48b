import { z } from 'zod';
import { id, instant, requiredText } from './fields';

/* Files that people hand in: typed by their content, never by their name. */

export const fileTypes = ['application/pdf', 'image/png', 'image/jpeg', 'image/webp'] as const;
export type FileType = (typeof fileTypes)[number];
/** Ten mebibytes. */
export const fileBytesMost = 10 * 1024 * 1024;
export const filePurposes = ['application', 'receipt'] as const;
export type FilePurpose = (typeof filePurposes)[number];

export const fileView = z.object({
  id,
  name: z.string(),
  mediaType: z.enum(fileTypes),
  sizeBytes: z.int(),
  uploadedAt: instant,
});
export type FileView = z.infer<typeof fileView>;

/** POST /api/funding/files?purpose=&name=: the body is the file itself, as `application/octet-stream`. */
export const handInFile = z.strictObject({ purpose: z.enum(filePurposes), name: requiredText(200) });
export type HandInFile = z.infer<typeof handInFile>;

/** What one person may hand in within a day: more than anybody's claim needs, and too little to fill a disk with. */
export const filesADayMost = 200;
export const fileBytesADayMost = 500 * 1024 * 1024;
/** What is attached to nothing is let go of after so many days. */
export const unattachedFileDays = 7;
