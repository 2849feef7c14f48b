import { ConsoleLogger } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** JSON lines without personal data: of a request only its number, of a reply nothing. */
export const requestLogger = (level: string): Logger =>
  pino({
    level,
    base: { process: 'api' },
    serializers: {
      req: () => undefined,
      res: () => undefined,
      err: (error: Error & { code?: string }) => ({ name: error.name, code: error.code }),
    },
  });

/** What Nest and our own parts say outside requests, as JSON lines too. */
export const jsonLogger = (process: string): ConsoleLogger =>
  new ConsoleLogger({ json: true, colors: false, logLevels: ['fatal', 'error', 'warn'], prefix: process });
