import 'reflect-metadata';
import { AddInstitution } from '@waymark/api-people';
import { Refused, SystemClock } from '@waymark/api-platform';
import { NestFactory } from '@nestjs/core';
import { ApiModule } from './api-module';
import { ConfigError, readConfig } from './config';
import { institutionUsage, readInstitutionArguments, WrongArguments } from './institution-arguments';

const why = (error: unknown): string => {
  if (error instanceof WrongArguments) return `${error.message}\n\n${institutionUsage}`;
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Refused)) return String(error);
  if (error.refusal === 'email-taken') {
    return 'Somebody in this installation signs in with this address already. An address opens one institution: use another.';
  }
  return error.about.fields?.some(({ path }) => path === 'timeZone')
    ? '--time-zone: not an IANA time zone, as Europe/London'
    : error.refusal;
};

try {
  const input = readInstitutionArguments(process.argv.slice(2));
  if (input === null) console.log(institutionUsage);
  else {
    const config = readConfig(process.env);
    const application = await NestFactory.createApplicationContext(ApiModule.with(config, new SystemClock()), {
      logger: ['fatal'],
      abortOnError: false,
    });
    const { link } = await application.get(AddInstitution).run(input);
    await application.close();
    console.log(`${input.name} is there. ${input.givenName} chooses a password here, within 14 days:\n${link}`);
  }
} catch (error) {
  console.error(why(error));
  process.exit(error instanceof WrongArguments || error instanceof ConfigError ? 2 : 1);
}
