import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { problemFrom } from '../../shell/problem';
import { UploadStaffFile, UploadStopped } from './upload-staff-file';

/** A request as the browser's, answered by the test. */
class Request extends EventTarget {
  static last: Request;
  readonly upload = new EventTarget();
  readonly headers: Record<string, string> = {};
  status = 0;
  responseText = '';
  url = '';
  body: unknown;

  constructor() {
    super();
    Request.last = this;
  }
  open(_method: string, url: string): void {
    this.url = url;
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  send(body: unknown): void {
    this.body = body;
  }
  abort(): void {
    this.dispatchEvent(new Event('abort'));
  }
  answer(status: number, body: string): void {
    this.status = status;
    this.responseText = body;
    this.dispatchEvent(new Event('load'));
  }
}

const real = globalThis.XMLHttpRequest;
const file = new File(['a;b'], 'staff & co.csv');

describe('sending a staff file', () => {
  let uploads: UploadStaffFile;
  let stop: AbortController;
  let percents: number[];

  beforeEach(() => {
    Object.assign(globalThis, { XMLHttpRequest: Request });
    uploads = TestBed.inject(UploadStaffFile);
    stop = new AbortController();
    percents = [];
  });
  afterEach(() => {
    Object.assign(globalThis, { XMLHttpRequest: real });
  });
  const send = () => uploads.run('skills', file, 'key-1', (percent) => percents.push(percent), stop.signal);

  it('sends the bytes themselves, with kind and name in the address, and says how far it is', async () => {
    const sent = send().catch((thrown: unknown) => problemFrom(thrown).refusal);
    const { last } = Request;
    expect(last.url).toBe('/api/people/staff-imports?kind=skills&fileName=staff+%26+co.csv');
    expect(last.body).toBe(file);
    expect(last.headers).toEqual({ 'Content-Type': 'application/octet-stream', 'Idempotency-Key': 'key-1' });
    const progress = new Event('progress');
    last.upload.dispatchEvent(Object.assign(progress, { lengthComputable: true, loaded: 1, total: 3 }));
    expect(percents).toEqual([33]);
    // An answer that is no view of an import is ours to explain, not the person's.
    last.answer(201, '{}');
    expect(await sent).toBe('unexpected');
  });

  it('is refused by name', async () => {
    const sent = send().catch((thrown: unknown) => problemFrom(thrown).refusal);
    const problem = {
      type: 'urn:waymark:refusal:body-too-large',
      title: 'body-too-large',
      status: 413,
      refusal: 'body-too-large',
      correlationId: 'WM-1',
    };
    Request.last.answer(413, JSON.stringify(problem));
    expect(await sent).toBe('body-too-large');
  });

  it('says so where there is no connection', async () => {
    const sent = send().catch((thrown: unknown) => problemFrom(thrown).refusal);
    Request.last.dispatchEvent(new Event('error'));
    expect(await sent).toBe('offline');
  });

  it('ends at once when it is stopped', async () => {
    const sent = send();
    stop.abort();
    await expect(sent).rejects.toBeInstanceOf(UploadStopped);
  });
});
