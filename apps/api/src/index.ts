/* The applications as the end-to-end tests and the benchmarks start them. */
export { impersonalTables, personalTables } from './personal-tables';
export { ApiModule, entities } from './api-module';
export { type Config, ConfigError, readConfig } from './config';
export { accountsOfDemonstration, demonstrationPassword } from './demonstration/cast';
export { createHttpApplication } from './http-application';
export { loadDemonstration } from './demonstration/load-demonstration';
export { migrate } from './migrations';
export { openApiDocument } from './openapi';
export { WorkerModule } from './worker-module';
