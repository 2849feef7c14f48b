import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ANSWER, type Answer } from '@waymark/api-platform';
import type { ExportFormat } from '@waymark/contracts';
import type { FastifyReply } from 'fastify';

const contentTypes: Readonly<Record<ExportFormat, string>> = {
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A file of a person's data: an attachment, never shown within a page, never kept by a cache. */
export const AnswersExportFile = () =>
  applyDecorators(
    HttpCode(200),
    ApiResponse({
      status: 200,
      description: 'An XLSX workbook, or the same as a JSON file',
      content: {
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
          schema: { type: 'string', format: 'binary' },
        },
        'application/json': { schema: { type: 'string', format: 'binary' } },
      },
    }),
    SetMetadata(ANSWER, { status: 200, schema: null, contentType: 'application/octet-stream' } satisfies Answer),
  );

export const sendExportFile = (reply: FastifyReply, format: ExportFormat, content: Buffer): Buffer => {
  void reply.headers({
    'content-type': contentTypes[format],
    'content-disposition': `attachment; filename="my-waymark-data.${format}"`,
    'cache-control': 'no-store',
  });
  return content;
};
