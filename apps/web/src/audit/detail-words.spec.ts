import { describe, expect, it } from '@jest/globals';
import { detailsInWords } from './detail-words';

const words = (details: Parameters<typeof detailsInWords>[0]) => detailsInWords(details, (day) => `the day ${day}`);

describe('what else a line of the audit holds', () => {
  it('is said in words, with days as days and codes without hyphens', () => {
    expect(words({ paused: true, count: 3000 })).toBe('paused with it · how many: 3,000');
    expect(words({ role: 'institution-administrator', from: '2026-05-01' })).toBe(
      'role: institution administrator · from: the day 2026-05-01',
    );
    expect(words({ fields: 'left-on jobTitle email' })).toBe('fields: left on, job title and email');
    expect(words({ timeZone: 'Europe/London' })).toBe('time zone: Europe/London');
    expect(words({ somethingNew: 2 })).toBe('something new: 2');
  });

  it('holds back what says nothing to a reader: identifiers, hashes, and what is not so', () => {
    expect(
      words({ personId: '01900000-0000-7000-8000-000000000001', inputHash: 'ab12', paused: false, none: null }),
    ).toBe('');
    expect(words({})).toBe('');
  });
});
