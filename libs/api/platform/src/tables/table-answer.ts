import type { FastifyReply } from 'fastify';
import { csvText } from '../csv';
import { xlsxBuffer } from './xlsx';

export const tableFormats = ['csv', 'xlsx'] as const;
export type TableFormat = (typeof tableFormats)[number];

const contentTypes: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * A table as a file to keep, CSV or XLSX, for a route that states `@AnswersTable()`: sets the headers and answers the
 * body. `name` is the file's name without its ending.
 */
export const tableAnswer = async (
  reply: FastifyReply,
  format: TableFormat,
  name: string,
  headings: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<string | Buffer> => {
  const body = format === 'csv' ? csvText(headings, rows) : await xlsxBuffer(headings, rows);
  void reply.headers({
    'content-type': contentTypes[format],
    'content-disposition': `attachment; filename="${name}.${format}"`,
  });
  return body;
};
