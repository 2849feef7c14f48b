import 'reflect-metadata';
import { SetUp, SetUpCode } from '@waymark/api-people';
import { SystemClock } from '@waymark/api-platform';
import { ConfigError, readConfig } from './config';
import { createHttpApplication } from './http-application';

try {
  const config = readConfig(process.env);
  const application = await createHttpApplication(config, new SystemClock());
  application.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await application.listen(config.port, config.host);
  if (!config.demonstration && (await application.get(SetUp).needed())) {
    console.log(`Set up Waymark here: ${config.publicUrl}/set-up?code=${application.get(SetUpCode).secret}`);
  }
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(error instanceof ConfigError ? 2 : 1);
}
