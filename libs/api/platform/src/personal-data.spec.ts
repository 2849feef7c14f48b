import { describe, expect, it } from '@jest/globals';
import { bindSubject, declarationFaults, patternsOf, type PersonalTable, type Subject } from './personal-data';

const subject: Subject = {
  institution: 'i',
  person: 'p',
  accounts: ['a'],
  addresses: ['ann@college.example'],
  staff: null,
  given: 'Ann',
  family: 'Flask',
  mention: 'm',
  naming: 'n',
};

describe('a declaration of personal data', () => {
  it('names the person by words, which become numbered parameters of their types; casts stay casts', () => {
    expect(bindSubject(`t.a = :person or t.b = :person or t.c::text = any(:addresses)`, subject)).toEqual({
      text: `t.a = $1::uuid or t.b = $1::uuid or t.c::text = any($2::text[])`,
      values: ['p', ['ann@college.example']],
    });
  });

  it('that names a word which is none is found at once', () => {
    expect(() => bindSubject('t.a = :somebody', subject)).toThrow(/:somebody/);
  });

  it('of a column that is text and stays after an erasure says what it holds', () => {
    const table: PersonalTable = {
      table: 'note',
      title: 'Notes',
      kept: { for: 'x', until: 'y' },
      plumbing: ['id'],
      parts: [
        { as: 'Writer', whose: 't.by = :person', shows: { words: 'Words' }, erasure: { does: 'keep', why: 'z' } },
      ],
    };
    const column = (name: string, type: string, refersToPerson = false) => ({
      table: 'note',
      column: name,
      type,
      refersToPerson,
    });
    const columns = [column('id', 'uuid'), column('by', 'uuid', true), column('words', 'text')];
    expect(declarationFaults(columns, [table], {})).toEqual([
      'note (Writer): say in shows or hides whether the person gets by',
      'note (Writer): words is text and stays after an erasure: empty it, or say in stays what it holds',
    ]);
    expect(declarationFaults(columns, [], { note: 'nothing of anybody' })).toEqual([
      'note: listed as impersonal, but by refers to a person',
    ]);
  });
});

describe('who a text is about', () => {
  const { mention, naming } = patternsOf('0190-id', ['ann@college.example'], { given: 'Ann', family: 'O"Flask' });
  // PostgreSQL's patterns are these too, for what is used of them.
  const found = (text: string, pattern = mention) => new RegExp(pattern, 'i').test(text);

  it.each([
    ['Hello Ann O"Flask,', true],
    ['{"name": "ann o\\"flask"}', true],
    ['O"Flask, Ann', true],
    ['write to ANN@college.example.', true],
    ['joann@college.example', false],
    ['ann@college.example-other', false],
    ['Ann', false],
    ['Joann O"Flask', false],
    ['by 0190-id', true],
  ])('%s: %s', (text, about) => {
    expect(found(text)).toBe(about);
  });

  it('is told without the identifier where that stays as a pseudonym, and by both names alone', () => {
    expect(found('by 0190-id', naming ?? '')).toBe(false);
    expect(patternsOf('0190-id', [], { given: '', family: 'Flask' }).naming).toBeNull();
  });
});
