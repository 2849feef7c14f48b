import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { Injectable } from '@angular/core';
import { type FilePurpose, type FileView, fileBytesMost, fileTypes, fileView } from '@waymark/contracts';
import { Problem, problemFrom } from '../problem';

/** Somebody stopped the upload. */
export class UploadStopped extends Error {
  override readonly name = 'UploadStopped';
}

const knownTypes: readonly string[] = fileTypes;
const knownEndings = /\.(pdf|png|jpe?g|webp)$/iu;

/**
 * What the server would refuse after all of the file had gone up, told before it is sent; the server reads the content, whatever
 * the file is called. Null: it may be sent.
 */
export const refusalOfFile = (file: Pick<File, 'name' | 'size' | 'type'>): Problem | null => {
  if (file.size === 0) return new Problem('file-empty', 422, null, [], { document: true });
  if (file.size > fileBytesMost) return new Problem('body-too-large', 413, null, [], { most: fileBytesMost });
  const known = file.type ? knownTypes.includes(file.type) : knownEndings.test(file.name);
  if (known) return null;
  const ending = /\.([a-z0-9]{1,8})$/iu.exec(file.name)?.[1]?.toUpperCase();
  return new Problem('file-type-refused', 422, null, [], ending ? { found: ending === 'HTM' ? 'HTML' : ending } : {});
};

/**
 * Hands in a file. By XMLHttpRequest, because fetch tells nothing of how much has been sent. The same key hands in the same
 * file again without keeping it twice.
 */
@Injectable({ providedIn: 'root' })
export class UploadFile {
  /** `sent` is called with whole percents; throws `Problem`, or `UploadStopped` where `stop` was asked for. */
  run(
    purpose: FilePurpose,
    file: File,
    key: string,
    sent: (percent: number) => void,
    stop: AbortSignal,
  ): Promise<FileView> {
    const query = new URLSearchParams({ purpose, name: file.name.slice(0, 200).toWellFormed() });
    const url = `/api/funding/files?${query.toString()}`;
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const fail = (status: number) =>
        reject(
          problemFrom(new HttpErrorResponse({ status, url, error: request.responseText, headers: new HttpHeaders() })),
        );
      request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
        if (lengthComputable && total > 0) sent(Math.floor((loaded / total) * 100));
      });
      request.addEventListener('load', () => {
        if (request.status < 200 || request.status > 299) return fail(request.status);
        const parsed = fileView.safeParse(jsonOrNull(request.responseText));
        if (parsed.success) resolve(parsed.data);
        else reject(problemFrom(parsed.error));
      });
      request.addEventListener('error', () => fail(0));
      request.addEventListener('timeout', () => fail(0));
      request.addEventListener('abort', () => reject(new UploadStopped()));
      stop.addEventListener('abort', () => request.abort());
      request.open('POST', url);
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.setRequestHeader('Idempotency-Key', key);
      request.send(file);
    });
  }
}

const jsonOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};
