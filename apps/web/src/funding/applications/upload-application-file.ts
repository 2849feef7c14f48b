import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { Injectable } from '@angular/core';
import { type FilePurpose, type FileView, fileBytesMost, fileTypes, fileView } from '@waymark/contracts';
import { problemFrom } from '../../shell/problem';

/** Why a file is not even sent: the server would refuse it after all of it had gone up. */
export type FileFault = 'empty' | 'too-large' | 'wrong-type';

const knownTypes: readonly string[] = fileTypes;
const knownEndings = /\.(pdf|png|jpe?g|webp)$/iu;

/** What can be told of a file here. The server reads its content, whatever it is called. */
export const faultOfFile = (file: Pick<File, 'name' | 'size' | 'type'>): FileFault | null => {
  if (file.size === 0) return 'empty';
  if (file.size > fileBytesMost) return 'too-large';
  const known = file.type ? knownTypes.includes(file.type) : knownEndings.test(file.name);
  return known ? null : 'wrong-type';
};

/** Somebody stopped the upload. */
export class UploadStopped extends Error {
  override readonly name = 'UploadStopped';
}

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
