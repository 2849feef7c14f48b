import { describe, expect, it } from '@jest/globals';
import { readInstitutionArguments, WrongArguments } from './institution-arguments';

const whole = [
  ...['--name', 'Dales University', '--nation', 'scotland', '--given-name', 'Nora'],
  ...['--family-name', 'Beck', '--email', 'N.Beck@Dales.example'],
];

describe('the command that adds an institution', () => {
  it('reads who and where; the time zone is London where nothing is said', () => {
    expect(readInstitutionArguments(whole)).toEqual({
      name: 'Dales University',
      nation: 'scotland',
      timeZone: 'Europe/London',
      givenName: 'Nora',
      familyName: 'Beck',
      email: 'n.beck@dales.example',
      alsoCoordinator: false,
    });
    expect(readInstitutionArguments([...whole, '--coordinator', '--time-zone', 'Europe/Dublin'])).toMatchObject({
      alsoCoordinator: true,
      timeZone: 'Europe/Dublin',
    });
  });

  it.each([
    ['what is missing', whole.slice(2), /--name/],
    ['a nation that is none of the three', whole.map((each) => (each === 'scotland' ? 'wales' : each)), /--nation/],
    ['an address that is none', whole.map((each) => (each.includes('@') ? 'nora' : each)), /--email/],
    ['an option that there is not', [...whole, '--campus', 'North'], /campus/],
  ])('names %s', (_, args, named) => {
    expect(() => readInstitutionArguments(args)).toThrow(WrongArguments);
    expect(() => readInstitutionArguments(args)).toThrow(named);
  });

  it('is asked for help', () => {
    expect(readInstitutionArguments(['--help'])).toBeNull();
  });
});
