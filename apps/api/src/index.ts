/* The applications as the end-to-end tests and the benchmarks start them. */
export { ApiModule, entities } from './api-module';
export { type Config, ConfigError, readConfig } from './config';
export { accountsOfDemonstration, demonstrationPassword } from './demonstration-people';
export { createHttpApplication } from './http-application';
export { loadDemonstration } from './load-demonstration';
export { migrate } from './migrations';
export { openApiDocument } from './openapi';
export { WorkerModule } from './worker-module';
