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
