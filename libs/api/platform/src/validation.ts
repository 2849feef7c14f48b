import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Refused } from './refused';

/** Checks every body, query and path against the schema its parameter names; tells which fields are wrong, and how. */
export const validationPipe = () =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new Refused('invalid-input', {
        fields: issues.slice(0, 50).map((issue) => ({
          path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
          code: codeOf(issue),
        })),
      }),
  });

/** zod's code (`too_small`), or the name a contract gave (`grade-range-reversed`). */
const codeOf = (issue: { message: string }): string => {
  const { code, keys } = issue as { code?: string; keys?: string[] };
  if (code === 'unrecognized_keys') return `unknown: ${(keys ?? []).slice(0, 5).join(', ')}`.slice(0, 200);
  if (/^[a-z]+(-[a-z]+)+$/.test(issue.message) || issue.message === 'nul') return issue.message;
  return code ?? 'invalid';
};
