import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ANSWER, type Answer } from '@waymark/api-platform';

/** A PDF to keep. */
export const AnswersPdf = () =>
  applyDecorators(
    HttpCode(200),
    ApiResponse({
      status: 200,
      description: 'A PDF file',
      content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
    }),
    SetMetadata(ANSWER, { status: 200, schema: null, contentType: 'application/pdf' } satisfies Answer),
  );
