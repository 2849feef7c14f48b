import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { genesis, hashOfSeal } from './seal-hash';

const institution = '01900000-0000-7000-8000-000000000001';
const entry = [
  '01900000-0000-7000-8000-000000000002',
  '2026-05-01T16:00:00.000001Z',
  '01900000-0000-7000-8000-000000000003',
  null,
  'proposal.decline',
  'proposal',
  '01900000-0000-7000-8000-000000000004',
  '{"a": 1, "paused": true}',
  null,
];
/** As PostgreSQL writes it; that it does is tested on a database. */
const text = JSON.stringify(entry).slice(1, -1);

describe('the hash of a seal', () => {
  it('is what anybody can work out from the array that its comment gives', () => {
    const array = JSON.stringify(['waymark-audit-1', genesis, institution, 1, ...entry]);
    const expected = createHash('sha256').update(array, 'utf8').digest('hex');
    expect(hashOfSeal(genesis, institution, 1, text)).toBe(expected);
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes with its number, its institution, the row and the seal before it', () => {
    const hashes = [
      hashOfSeal(genesis, institution, 1, text),
      hashOfSeal(genesis, institution, 2, text),
      hashOfSeal(genesis, '01900000-0000-7000-8000-000000000009', 1, text),
      hashOfSeal(genesis, institution, 1, text.replace('true', 'null')),
      hashOfSeal('1'.repeat(64), institution, 1, text),
    ];
    expect(new Set(hashes).size).toBe(5);
  });
});
