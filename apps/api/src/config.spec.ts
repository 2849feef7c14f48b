import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config';

const right = {
  DATABASE_URL: 'postgres://waymark_app:secret@localhost:5432/waymark',
  PUBLIC_URL: 'http://localhost:8700',
};

describe('the configuration', () => {
  it('is read with its defaults', () => {
    expect(readConfig(right)).toMatchObject({
      port: 8700,
      host: '127.0.0.1',
      demonstration: false,
      smtpUrl: null,
      webRoot: null,
    });
  });

  it.each([
    ['no database', { DATABASE_URL: undefined }, 'DATABASE_URL'],
    ['another kind of database', { DATABASE_URL: 'mysql://localhost/x' }, 'DATABASE_URL'],
    ['a port that is none', { PORT: '99999' }, 'PORT'],
    ['an address without TLS on another machine', { PUBLIC_URL: 'http://waymark.example' }, 'PUBLIC_URL'],
    ['a flag that is none', { WAYMARK_DEMONSTRATION: 'yes' }, 'WAYMARK_DEMONSTRATION'],
    ['mail to something else', { SMTP_URL: 'http://mail.example' }, 'SMTP_URL'],
  ])('with %s is refused, naming the variable and not its value', (_, wrong, name) => {
    const read = () => readConfig({ ...right, ...wrong });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(name);
    expect(read).not.toThrow(/secret/);
  });
});
