import type { NewInstitution } from '@waymark/api-people';
import { nations, requiredText } from '@waymark/contracts';
import { parseArgs } from 'node:util';
import { z } from 'zod';

export const institutionUsage = `Adds an institution to this installation with its first administrator, and prints the link with which they choose a password.

  npm run institution:add -- --name "Dales University" --nation england-and-wales \\
    --given-name Nora --family-name Beck --email n.beck@dales.example

  --nation       ${nations.join(', ')}
  --time-zone    an IANA name; Europe/London where nothing is said
  --coordinator  the administrator coordinates too

DATABASE_URL and PUBLIC_URL are read from the environment, as for the API (docs/operating.md).`;

const given = z.object({
  name: requiredText(120),
  nation: z.enum(nations),
  'time-zone': requiredText(60).default('Europe/London'),
  'given-name': requiredText(80),
  'family-name': requiredText(80),
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  coordinator: z.boolean().default(false),
});

/** What is wrong with the arguments, a line each. */
export class WrongArguments extends Error {}

/** Reads the command line; throws WrongArguments. Null where help was asked for. */
export const readInstitutionArguments = (args: readonly string[]): NewInstitution | null => {
  let values: Record<string, string | boolean | undefined>;
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    values = parseArgs({
      args: [...args],
      options: {
        name: text,
        nation: text,
        'time-zone': text,
        'given-name': text,
        'family-name': text,
        email: text,
        coordinator: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new WrongArguments((error as Error).message);
  }
  if (values['help']) return null;
  const read = given.safeParse(values);
  if (!read.success) {
    throw new WrongArguments(
      read.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  return {
    name: read.data.name,
    nation: read.data.nation,
    timeZone: read.data['time-zone'],
    givenName: read.data['given-name'],
    familyName: read.data['family-name'],
    email: read.data.email,
    alsoCoordinator: read.data.coordinator,
  };
};
