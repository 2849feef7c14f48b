import 'reflect-metadata';
import { SystemClock } from '@waymark/api-platform';
import { writeFile } from 'node:fs/promises';
import { readConfig } from './config';
import { createHttpApplication } from './http-application';
import { openApiDocument } from './openapi';

/** Writes the committed document anew: `npm run openapi`. Needs a database to connect to, but reads nothing from it. */
const application = await createHttpApplication(
  readConfig({ PUBLIC_URL: 'http://localhost', LOG_LEVEL: 'silent', ...process.env }),
  new SystemClock(),
);
await application.init();
await writeFile(
  process.argv[2] ?? 'apps/api/openapi.json',
  `${JSON.stringify(openApiDocument(application), null, 2)}\n`,
);
await application.close();
