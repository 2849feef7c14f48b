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

/**
 * Also while somebody acts for another. Of what is everybody's own account nothing else is open then: who acts for somebody
 * neither reads their private data nor changes how they sign in.
 */
export const WHILE_ACTING = 'waymark:while-acting';
export const AlsoWhileActing = () => SetMetadata(WHILE_ACTING, true);

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

/** CSV, or XLSX where the query's `format` says so; see tableAnswer. */
export const AnswersTable = () =>
  applyDecorators(
    HttpCode(200),
    ApiResponse({
      status: 200,
      description: 'A CSV file or an XLSX workbook',
      content: {
        'text/csv': { schema: { type: 'string' } },
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
          schema: { type: 'string', format: 'binary' },
        },
      },
    }),
    SetMetadata(ANSWER, { status: 200, schema: null, contentType: 'text/csv' } satisfies Answer),
  );

/** A page of its own, outside the web's application. */
export const AnswersHtml = () =>
  applyDecorators(
    HttpCode(200),
    ApiResponse({ status: 200, description: 'A page', content: { 'text/html': { schema: { type: 'string' } } } }),
    SetMetadata(ANSWER, { status: 200, schema: null, contentType: 'text/html' } satisfies Answer),
  );
