import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { Injectable } from '@angular/core';
import { type StaffFileKind, type StaffImportView, staffImportView } from '@waymark/contracts';
import { problemFrom } from '../../shell/problem';

/** Somebody stopped the upload. */
export class UploadStopped extends Error {
  override readonly name = 'UploadStopped';
}

/**
 * Sends a file as it is. By XMLHttpRequest, because fetch tells nothing of how much has been sent. The same key sends
 * the same file again without making a second import.
 */
@Injectable({ providedIn: 'root' })
export class UploadStaffFile {
  /** `sent` is called with whole percents; throws `Problem`, or `UploadStopped` where `stop` was asked for. */
  run(
    kind: StaffFileKind,
    file: File,
    key: string,
    sent: (percent: number) => void,
    stop: AbortSignal,
  ): Promise<StaffImportView> {
    const query = new URLSearchParams({ kind, fileName: file.name.slice(0, 200).toWellFormed() });
    const url = `/api/people/staff-imports?${query.toString()}`;
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
        if (request.status < 200 || request.status > 299) fail(request.status);
        else {
          const parsed = staffImportView.safeParse(jsonOrNull(request.responseText));
          if (parsed.success) resolve(parsed.data);
          else reject(problemFrom(parsed.error));
        }
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
