import { HttpErrorResponse } from '@angular/common/http';
import { problemView, type Refusal } from '@waymark/contracts';

/** Everything that can be refused, and the one thing that never reached the server. */
export type Refused = Refusal | 'offline';
export type Facts = Readonly<Record<string, string | number | boolean>>;
export interface FieldProblem {
  readonly path: string;
  readonly code: string;
}

/** What the server refused by name, or what went wrong on the way to it. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly refusal: Refused,
    readonly status: number,
    readonly correlationId: string | null = null,
    readonly fields: readonly FieldProblem[] = [],
    readonly facts: Facts = {},
  ) {
    super(refusal);
  }
}

/** Statuses that a proxy answers in the server's stead while it restarts. */
const notReadyStatuses: readonly number[] = [502, 503, 504];

/** Reads any thrown value as a problem. What is not a refusal by name is `unexpected`; no answer at all is `offline`. */
export const problemFrom = (thrown: unknown): Problem => {
  if (thrown instanceof Problem) return thrown;
  // httpResource wraps what is not an Error.
  if (thrown instanceof Error && thrown.cause !== undefined) return problemFrom(thrown.cause);
  if (!(thrown instanceof HttpErrorResponse)) return new Problem('unexpected', 0);
  if (thrown.status === 0) return new Problem('offline', 0);
  const body: unknown = typeof thrown.error === 'string' ? jsonOrNull(thrown.error) : thrown.error;
  const parsed = problemView.safeParse(body);
  if (parsed.success) {
    const { refusal, status, correlationId, fields, facts } = parsed.data;
    return new Problem(refusal, status, correlationId, fields, facts);
  }
  return new Problem(notReadyStatuses.includes(thrown.status) ? 'not-ready' : 'unexpected', thrown.status);
};

const jsonOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};
