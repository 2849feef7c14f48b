import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { SystemClock } from '@waymark/api-platform';
import { ApiModule } from './api-module';
import { ConfigError, readConfig } from './config';
import { jsonLogger } from './request-log';
import { loadDemonstration } from './load-demonstration';

/** Loads the demonstration into an empty installation; leaves any other alone. */
try {
  const config = readConfig({ PUBLIC_URL: 'http://localhost', ...process.env });
  const application = await NestFactory.createApplicationContext(ApiModule.with(config, new SystemClock()), {
    logger: jsonLogger('demonstration'),
    abortOnError: false,
  });
  const loaded = await loadDemonstration(application);
  console.log(loaded ? 'The demonstration is loaded.' : 'This installation holds an institution already.');
  await application.close();
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
