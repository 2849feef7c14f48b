import 'reflect-metadata';
import { ConfigError, readConfig } from './config';
import { loadDemonstration } from './demonstration/load-demonstration';

/** Loads the demonstration into an empty installation; leaves any other alone. */
try {
  const config = readConfig({ PUBLIC_URL: 'http://localhost', ...process.env });
  const ownerUrl = process.env['DATABASE_OWNER_URL'];
  if (!ownerUrl)
    throw new ConfigError('DATABASE_OWNER_URL is not set: the demonstration is loaded as the owner of the tables.');
  const loaded = await loadDemonstration(config, ownerUrl, new Date());
  console.log(loaded ? 'The demonstration is loaded.' : 'This installation holds an institution already.');
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
