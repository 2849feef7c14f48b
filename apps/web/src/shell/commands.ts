import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { z } from 'zod';
import { Problem, problemFrom } from './problem';

type Method = 'POST' | 'PUT' | 'DELETE';

/** Waits before the second and third try of a command that got no answer, in milliseconds. */
const pausesMs = [400, 1200] as const;

/**
 * Sends commands. Each click gets an idempotency key; a try that got no answer is repeated with the same key, and so is
 * the person's own second click, so that the effect happens once even if only the answer was lost.
 */
@Injectable({ providedIn: 'root' })
export class Commands {
  private readonly http = inject(HttpClient);
  /** Keys of commands whose answer never came, by what they asked for. */
  private readonly unanswered = new Map<string, string>();

  post<T>(url: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
  post(url: string, body: unknown): Promise<void>;
  post<T>(url: string, body: unknown, schema?: z.ZodType<T>): Promise<T | undefined> {
    return this.send('POST', url, body, schema);
  }

  put<T>(url: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return this.send('PUT', url, body, schema) as Promise<T>;
  }

  delete<T>(url: string, schema: z.ZodType<T>): Promise<T>;
  delete(url: string): Promise<void>;
  delete<T>(url: string, schema?: z.ZodType<T>): Promise<T | undefined> {
    return this.send('DELETE', url, null, schema);
  }

  private async send<T>(method: Method, url: string, body: unknown, schema?: z.ZodType<T>): Promise<T | undefined> {
    const asked = `${method} ${url} ${JSON.stringify(body)}`;
    const key = this.unanswered.get(asked) ?? crypto.randomUUID();
    try {
      const answer = await this.untilAnswered(method, url, body, key);
      this.unanswered.delete(asked);
      return schema?.parse(answer);
    } catch (thrown) {
      const problem = problemFrom(thrown);
      if (isUnanswered(problem)) this.unanswered.set(asked, key);
      else this.unanswered.delete(asked);
      throw problem;
    }
  }

  private async untilAnswered(method: Method, url: string, body: unknown, key: string): Promise<unknown> {
    for (const pauseMs of pausesMs) {
      try {
        return await this.once(method, url, body, key);
      } catch (thrown) {
        if (!isUnanswered(problemFrom(thrown))) throw thrown;
        await new Promise((resume) => setTimeout(resume, pauseMs));
      }
    }
    return this.once(method, url, body, key);
  }

  private once(method: Method, url: string, body: unknown, key: string): Promise<unknown> {
    return firstValueFrom(this.http.request(method, url, { body, headers: { 'Idempotency-Key': key } }));
  }
}

const isUnanswered = ({ refusal }: Problem): boolean => refusal === 'offline' || refusal === 'not-ready';
