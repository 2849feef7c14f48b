import { describe, expect, it } from '@jest/globals';
import { databaseFromEnvironment } from './database-address.ts';

const app = 'postgresql://waymark_app:secret@db.example/waymark';
const owner = 'postgresql://waymark_owner:secret@db.example/waymark';

describe('the database named in the environment', () => {
  it('is the local one when nothing is set', () => {
    expect(databaseFromEnvironment({})).toBeUndefined();
    expect(databaseFromEnvironment({ DATABASE_URL: '', DATABASE_OWNER_URL: '' })).toBeUndefined();
  });

  it('is taken when both addresses are there', () => {
    expect(databaseFromEnvironment({ DATABASE_URL: app, DATABASE_OWNER_URL: owner })).toEqual({
      appUrl: app,
      ownerUrl: owner,
    });
  });

  it('is refused with one address without the other', () => {
    expect(() => databaseFromEnvironment({ DATABASE_URL: app })).toThrow(/DATABASE_OWNER_URL/);
    expect(() => databaseFromEnvironment({ DATABASE_OWNER_URL: owner })).toThrow(/without DATABASE_URL/);
  });

  it('is refused when the application would sign in as the owner', () => {
    expect(() => databaseFromEnvironment({ DATABASE_URL: owner, DATABASE_OWNER_URL: owner })).toThrow(
      /role of its own/,
    );
  });

  it('is refused, without repeating the password, when an address cannot be read', () => {
    expect(() => databaseFromEnvironment({ DATABASE_URL: 'mysql://u:secret@h/d', DATABASE_OWNER_URL: owner })).toThrow(
      /^DATABASE_URL is not an address of the form postgresql:\/\/user:password@host\/database$/,
    );
  });
});
