import { describe, expect, it } from '@jest/globals';
import { type ApplicationDraft, emptyDraft } from '@waymark/contracts';
import { chosen, cleanText, differences, type DraftFieldId, sameDraft } from './draft-fields';

const first = '0a3f5d7e-95d4-4c57-9a35-5d1f2d6f3c11';
const second = '0a3f5d7e-95d4-4c57-9a35-5d1f2d6f3c12';
const cost = (id: string, amount: string): ApplicationDraft['costs'][number] => ({
  id,
  category: 'travel',
  what: 'Train',
  note: '',
  amount,
  foreign: null,
});
const draft = (given: Partial<ApplicationDraft> = {}): ApplicationDraft => ({ ...emptyDraft(), ...given });

describe('two versions of a draft', () => {
  it('space around words makes no difference', () => {
    expect(sameDraft(draft({ case: 'words ' }), draft({ case: ' words' }))).toBe(true);
  });

  it('an answer that was emptied is as good as none', () => {
    expect(sameDraft(draft({ answers: { [first]: '' } }), draft())).toBe(true);
  });

  it('a line of costs is one field', () => {
    const found = differences(draft(), draft({ costs: [cost(first, '10')] }), draft({ costs: [cost(first, '20')] }));
    expect(found.map(({ field }) => field)).toEqual([`cost.${first}`]);
  });

  it('where the version before is not known, nobody can tell who changed it', () => {
    expect(differences(null, draft({ least: '1' }), draft())).toMatchObject([{ newer: null }]);
  });

  it('a line that was taken out here and changed there is asked about', () => {
    const base = draft({ costs: [cost(first, '10')] });
    expect(differences(base, draft(), draft({ costs: [cost(first, '20')] }))).toMatchObject([
      { field: `cost.${first}`, mine: undefined, newer: null },
    ]);
  });
});

describe('what was chosen', () => {
  const mine = draft({ costs: [cost(first, '10'), cost(second, '5')], least: '1', answers: { [first]: 'yes' } });
  const theirs = draft({ costs: [cost(first, '20')], least: '2', answers: { [first]: 'no', [second]: 'no' } });

  it.each<[string, DraftFieldId[], Partial<ApplicationDraft>]>([
    ['nothing of mine', [], { costs: [cost(first, '20')], least: '2', answers: { [first]: 'no', [second]: 'no' } }],
    ['a line in its place', [`cost.${first}`], { costs: [cost(first, '10')] }],
    ['a line that only mine has', [`cost.${second}`], { costs: [cost(first, '20'), cost(second, '5')] }],
    ['an answer', [`answer.${first}`], { answers: { [first]: 'yes', [second]: 'no' } }],
    ['a field', ['least'], { least: '1' }],
  ])('%s', (_, fields, expected) => {
    expect(chosen(mine, theirs, new Set(fields))).toMatchObject(expected);
  });

  it('a line that was taken out here goes', () => {
    expect(chosen(draft(), theirs, new Set<DraftFieldId>([`cost.${first}`])).costs).toEqual([]);
  });
});

it('what the server cannot keep is left out as it is typed', () => {
  expect(cleanText('a\u0000b\ud800')).toBe('ab\ufffd');
});
