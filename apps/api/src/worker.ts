import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Queue, Scheduler, SystemClock } from '@waymark/api-platform';
import { ConfigError, readConfig } from './config';
import { jsonLogger } from './request-log';
import { WorkerModule } from './worker-module';

try {
  const config = readConfig(process.env);
  const application = await NestFactory.createApplicationContext(WorkerModule.with(config, new SystemClock()), {
    logger: jsonLogger('worker'),
    abortOnError: false,
  });
  application.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await application.get(Queue).start();
  application.get(Scheduler).start();
  console.log('{"process":"worker","msg":"working"}');
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(error instanceof ConfigError ? 2 : 1);
}
