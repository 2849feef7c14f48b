import { provideHttpClient, withInterceptors, type HttpInterceptorFn } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { Commands } from './commands';
import type { Problem } from './problem';

const view = z.object({ done: z.boolean() });
const url = '/api/things';
const noInterceptor: HttpInterceptorFn = (request, next) => next(request);

let commands: Commands;
let http: HttpTestingController;
let madeKeys = 0;

beforeEach(() => {
  jest.useFakeTimers();
  madeKeys = 0;
  Object.defineProperty(globalThis, 'crypto', {
    configurable: true,
    value: { randomUUID: () => `key-${++madeKeys}` },
  });
  TestBed.configureTestingModule({
    providers: [provideHttpClient(withInterceptors([noInterceptor])), provideHttpClientTesting()],
  });
  commands = TestBed.inject(Commands);
  http = TestBed.inject(HttpTestingController);
});
afterEach(() => {
  jest.useRealTimers();
  http.verify();
});

const keySent = (): string => {
  const { request } = http.expectOne(url);
  return request.headers.get('Idempotency-Key') ?? '';
};
/** Ends the open request without an answer; its key. */
const loseAnswer = async (): Promise<string> => {
  const open = http.expectOne(url);
  open.error(new ProgressEvent('error'));
  await jest.advanceTimersByTimeAsync(5000);
  return open.request.headers.get('Idempotency-Key') ?? '';
};
const refuse = (refusal: string, status: number): void =>
  http
    .expectOne(url)
    .flush(
      { type: 'about:blank', title: refusal, status, refusal, correlationId: 'WM-1' },
      { status, statusText: 'No' },
    );

describe('commands', () => {
  test('a try without an answer is repeated with the same key', async () => {
    const answered = commands.post(url, { a: 1 }, view);
    expect(await loseAnswer()).toBe('key-1');
    const open = http.expectOne(url);
    expect(open.request.headers.get('Idempotency-Key')).toBe('key-1');
    open.flush({ done: true });
    await expect(answered).resolves.toEqual({ done: true });
  });

  test('a second click after a lost answer keeps the key of the first', async () => {
    const first = commands.post(url, { a: 1 }, view).catch((problem: Problem) => problem.refusal);
    for (let tries = 0; tries < 3; tries++) await loseAnswer();
    await expect(first).resolves.toBe('offline');

    void commands.post(url, { a: 1 }, view);
    expect(keySent()).toBe('key-1');
  });

  test('another body after a lost answer is another command', async () => {
    const first = commands.post(url, { a: 1 }, view).catch((problem: Problem) => problem.refusal);
    for (let tries = 0; tries < 3; tries++) await loseAnswer();
    await first;

    void commands.post(url, { a: 2 }, view);
    expect(keySent()).toBe('key-2');
  });

  test('a refusal is not repeated, and the next click has its own key', async () => {
    const refused = commands.post(url, { a: 1 }, view).catch((problem: Problem) => problem);
    refuse('email-taken', 409);
    await expect(refused).resolves.toMatchObject({ refusal: 'email-taken', status: 409, correlationId: 'WM-1' });

    void commands.post(url, { a: 1 }, view);
    expect(keySent()).toBe('key-2');
  });
});
