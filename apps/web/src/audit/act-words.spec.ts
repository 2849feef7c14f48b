import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actWords, kindWords } from './act-words';

const root = join(__dirname, '../../../..');
const sources = ['libs/api', 'apps/api/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.endsWith('platform/src/tx.ts'))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') })),
);
const literal = /'([a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z0-9-]+)'/g;
const literalsIn = (text: string) => [...text.matchAll(literal)].map((found) => found[1] ?? '');

/** Acts whose name is put together; who adds one says here what it can be. */
const composed: Readonly<Record<string, string[]>> = { '`round.${kind}`': ['round.pin', 'round.forbid'] };

/** The acts that a first argument of `tx.audit(` can be: a literal, a choice of two, a table or a field in the same file. */
const actsOf = (argument: string, text: string): string[] => {
  const found = composed[argument.trim()] ?? literalsIn(argument);
  // Handed over by whoever calls, as `{ act: 'person.change', … }`.
  if (argument.trim() === 'act')
    return sources.flatMap((source) =>
      [...source.text.matchAll(/\bact: ([^\n]+)/g)].flatMap(([line]) => literalsIn(line)),
    );
  const field = /^\s*this\.(\w+)$/.exec(argument)?.[1];
  if (field) return literalsIn([...text.matchAll(new RegExp(`\\b${field} = ([^;]*);`, 'g'))].join(' '));
  const table = /^\s*(\w+)\[/.exec(argument)?.[1];
  if (!table) return found;
  return literalsIn(new RegExp(`const ${table}\\b[^=]*= \\{([^}]*)\\}`).exec(text)?.[1] ?? '');
};

describe('the audit in words', () => {
  const calls = sources.flatMap(({ name, text }) =>
    [...text.matchAll(/\.audit(?:Each)?\(\s*([^,]+),/g)].map(([, argument = '']) => ({
      name,
      argument,
      acts: actsOf(argument, text),
    })),
  );

  it('is found in the libraries, whatever way an act is named', () => {
    expect(calls.length).toBeGreaterThan(40);
    expect(calls.filter(({ acts }) => acts.length === 0)).toEqual([]);
  });

  it('is written through tx.audit alone, which puts both names into each line', () => {
    expect(sources.filter(({ text }) => /insert into audit_entry/i.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('has words for every act', () => {
    const acts = [...new Set(calls.flatMap((call) => call.acts))].sort();
    expect(acts.filter((act) => !(act in actWords))).toEqual([]);
  });

  it('has words for no act that nobody writes', () => {
    const written = new Set(calls.flatMap((call) => call.acts));
    expect(Object.keys(actWords).filter((act) => !written.has(act))).toEqual([]);
  });

  it('has words for every kind of record', () => {
    const kinds = sources.flatMap(({ text }) =>
      [...text.matchAll(/\.audit(?:Each)?\(([^;]*)/g)].flatMap(([, rest = '']) =>
        [...rest.matchAll(/kind: '([a-z-]+)', id\b/g)].map(([, kind = '']) => kind),
      ),
    );
    expect(kinds.length).toBeGreaterThan(40);
    expect([...new Set(kinds)].filter((kind) => !(kind in kindWords)).sort()).toEqual([]);
  });
});
