import { applyDecorators, HttpCode, Header, SerializeOptions, SetMetadata } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { Permission } from '@waymark/contracts';
import type { ZodType } from 'zod';

/** What a route lets in. A route that states nothing is refused, and the test that walks every route fails. */
export type Access = { kind: 'can'; permission: Permission } | { kind: 'public' };
export const ACCESS = 'waymark:access';
export const ANSWER = 'waymark:answer';

/** Those whose roles hold this permission. */
export const Can = (permission: Permission) => SetMetadata(ACCESS, { kind: 'can', permission } satisfies Access);
/** Anybody, also before sign-in. */
export const Public = () => SetMetadata(ACCESS, { kind: 'public' } satisfies Access);

export interface Answer {
  status: number;
  schema: ZodType | null;
  contentType: string;
}

/** Status and shape of a route's answer, for serialiser and document alike; fields not declared are left out. */
export const Answers = (status: number, schema: ZodType) =>
  applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiResponse({ status, standardSchema: schema, description: 'The answer' }),
    SetMetadata(ANSWER, { status, schema, contentType: 'application/json' } satisfies Answer),
  );

/**
 * The same for a hot list whose JSON text PostgreSQL builds: the query names each field, so nothing is left to strip,
 * and the tests parse the answers with the schema.
 */
export const AnswersJsonText = (status: number, schema: ZodType) =>
  applyDecorators(
    HttpCode(status),
    Header('content-type', 'application/json; charset=utf-8'),
    ApiResponse({ status, standardSchema: schema, description: 'The answer' }),
    SetMetadata(ANSWER, { status, schema, contentType: 'application/json' } satisfies Answer),
  );

export const AnswersNothing = () =>
  applyDecorators(
    HttpCode(204),
    ApiResponse({ status: 204, description: 'Done' }),
    SetMetadata(ANSWER, { status: 204, schema: null, contentType: 'none' } satisfies Answer),
  );

export const AnswersCsv = () =>
  applyDecorators(
    HttpCode(200),
    ApiResponse({ status: 200, description: 'A CSV file', content: { 'text/csv': { schema: { type: 'string' } } } }),
    SetMetadata(ANSWER, { status: 200, schema: null, contentType: 'text/csv' } satisfies Answer),
  );
