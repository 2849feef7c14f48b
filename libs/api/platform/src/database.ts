import type { DataSourceOptions } from 'typeorm';
import { platformEntities } from './entities';
import { SnakeCaseNames } from './naming';
import type { PlatformConfig } from './platform-config';

export type EntityClass = new () => object;

/** The application's connection: never migrates, never synchronises, owns nothing. */
export const dataSourceOptions = (
  config: Pick<PlatformConfig, 'databaseUrl' | 'databaseConnections'>,
  entities: EntityClass[],
): DataSourceOptions => ({
  type: 'postgres',
  url: config.databaseUrl,
  applicationName: 'waymark',
  entities: [...platformEntities, ...entities],
  namingStrategy: new SnakeCaseNames(),
  poolSize: config.databaseConnections,
  synchronize: false,
  migrationsRun: false,
  logging: false,
  installExtensions: false,
  extra: { connectionTimeoutMillis: 10_000 },
});
