import { describe, expect, it } from '@jest/globals';
import { pageOf, subjectInWords, whoInWords } from './entry-words';

const id = '01900000-0000-7000-8000-000000000001';
const olive = { id, name: 'Olive Solder' };
const jim = { id, name: 'Jim Lathe' };
const gone = { id, name: null };

describe('a line of the audit in words', () => {
  it.each([
    [{ actor: olive, onBehalfOf: null }, 'Olive Solder'],
    [{ actor: olive, onBehalfOf: jim }, 'Jim Lathe, by Olive Solder'],
    [{ actor: olive, onBehalfOf: gone }, 'Erased person, by Olive Solder'],
    [{ actor: null, onBehalfOf: null }, 'Waymark itself'],
  ])('names who did it, and for whom', (entry, words) => expect(whoInWords(entry)).toBe(words));

  it('names a person as its subject, and the kind of any other record', () => {
    expect(subjectInWords({ kind: 'person', id, person: jim })).toBe('Jim Lathe');
    expect(subjectInWords({ kind: 'person', id, person: gone })).toBe('Erased person');
    expect(subjectInWords({ kind: 'proposal', id, person: null })).toBe('Proposal');
    expect(subjectInWords({ kind: 'something-new', id, person: null })).toBe('something-new');
  });

  it('leads to the record where the reader may open it', () => {
    const everything = () => true;
    const nothing = () => false;
    const person = { subject: { kind: 'person', id, person: jim }, details: {} };
    expect(pageOf(person, everything)).toBe(`/people/${id}`);
    expect(pageOf(person, nothing)).toBeNull();
    expect(pageOf({ ...person, subject: { kind: 'person', id, person: gone } }, everything)).toBeNull();
    expect(pageOf({ subject: { kind: 'round', id, person: null }, details: {} }, everything)).toBe(
      `/mentoring/rounds/${id}`,
    );
    expect(pageOf({ subject: { kind: 'run', id, person: null }, details: { roundId: 'r' } }, everything)).toBe(
      '/mentoring/rounds/r',
    );
    expect(pageOf({ subject: { kind: 'proposal', id, person: null }, details: {} }, everything)).toBeNull();
  });
});
