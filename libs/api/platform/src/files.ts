import { createHash } from 'node:crypto';
import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { type FilePurpose, type FileType, fileTypes, type FileView } from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { StoredFile } from './entities';
import { nameByContent } from './file-content';
import { Refused } from './refused';
import { ANSWER, type Answer } from './route';
import type { Tx } from './tx';

/** A file as it came in, its type found by its content. */
export interface NewFile {
  purpose: FilePurpose;
  name: string;
  mediaType: FileType;
  content: Buffer;
}

/** Keeps a file in the caller's transaction, as the transaction's person's. */
export const storeFile = async (tx: Tx, file: NewFile): Promise<FileView> => {
  const { personId, institutionId } = tx.scope;
  if (!personId) throw new Error('a file is handed in by a person');
  const id = tx.newId();
  await tx.insert(StoredFile, {
    ...file,
    institutionId,
    id,
    sizeBytes: file.content.length,
    sha256: createHash('sha256').update(file.content).digest(),
    uploadedBy: personId,
    uploadedAt: tx.now,
  });
  return fileViewOf({ ...file, id, sizeBytes: file.content.length, uploadedAt: tx.now });
};

export const fileViewOf = ({
  id,
  name,
  mediaType,
  sizeBytes,
  uploadedAt,
}: Pick<StoredFile, 'id' | 'name' | 'mediaType' | 'sizeBytes' | 'uploadedAt'>): FileView => ({
  id,
  name,
  mediaType,
  sizeBytes,
  uploadedAt: uploadedAt.toISOString(),
});

/** The file with its content; the caller has asked its policy. Refused with `not-found`. */
export const storedFile = async (tx: Tx, id: string): Promise<StoredFile> => {
  const [file] = await tx.find(StoredFile, { id });
  if (!file) throw new Refused('not-found');
  return file;
};

/** A file that somebody handed in. */
export const AnswersFile = () =>
  applyDecorators(
    HttpCode(200),
    ApiResponse({
      status: 200,
      description: 'The file, as an attachment',
      content: Object.fromEntries(fileTypes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
    }),
    SetMetadata(ANSWER, { status: 200, schema: null, contentType: 'application/octet-stream' } satisfies Answer),
  );

/**
 * Answers a file of which the caller has asked its policy: always an attachment, of the type that its content has, kept by no
 * cache, and without any right of our origin should a browser show it all the same.
 */
export const fileAnswer = (
  reply: FastifyReply,
  { name, mediaType, content }: Pick<StoredFile, 'name' | 'mediaType' | 'content'>,
): Buffer => {
  void reply.headers({
    'content-type': mediaType,
    'content-disposition': attachment(nameByContent(name, mediaType)),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  });
  return content;
};

/** RFC 6266: the name as RFC 5987 writes it, and beside it one of plain letters. */
const attachment = (name: string): string => {
  const shown = name
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\]/g, '_')
    .toWellFormed();
  const plain = shown.replaceAll(/[^\x20-\x7e]|["%\\]/g, '_');
  const encoded = encodeURIComponent(shown).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
};
