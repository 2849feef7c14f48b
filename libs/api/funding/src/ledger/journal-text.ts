import type { EntryKind, LedgerAccount } from '@waymark/contracts';
import { financialYearWords } from '../pots/financial-year';

export interface JournalEntry {
  id: string;
  day: string;
  kind: EntryKind;
  reason: string;
  corrects: string | null;
  lines: JournalLine[];
}

export interface JournalLine {
  potId: string;
  pot: string;
  financialYear: number;
  account: LedgerAccount;
  costCode: string;
  amountPence: number;
}

/**
 * The journal format that hledger and ledger-cli read: an entry begins with its day and ends at the empty line; accounts
 * are parted by colons, and two spaces stand before an amount. Every account is declared with the pot it is of, so that
 * `hledger check --strict` holds. Amounts are written digit by digit from whole pence.
 */
export const journalText = (institution: string, entries: readonly JournalEntry[]): string => {
  const names = namesOf(entries.flatMap(({ lines }) => lines));
  const declared = new Map(
    entries.flatMap(({ lines }) => lines.map((line) => [accountOf(line, names), line.potId] as const)),
  );
  return [
    `; The fund of ${oneLine(institution)}`,
    'commodity £1000.00',
    'decimal-mark .',
    ...[...declared]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, id]) => `account ${name}  ; pot:${id}`),
    '',
    ...entries.flatMap(({ id, day, kind, reason, corrects, lines }) => [
      // The kind stands where a code does: whatever the reason begins with is its text then.
      `${day} (${kind}) ${oneLine(reason)}  ; id:${id}${corrects === null ? '' : `, corrects:${corrects}`}`,
      ...lines.map((line) => `    ${accountOf(line, names)}  ${amountOf(line.amountPence)}`),
      '',
    ]),
  ].join('\n');
};

/** What each pot is called in the journal: its name and year; numbered where two would be written alike. */
const namesOf = (lines: readonly JournalLine[]): Map<string, string> => {
  const names = new Map<string, string>();
  const taken = new Map<string, number>();
  for (const { potId, pot, financialYear } of lines) {
    if (names.has(potId)) continue;
    const name = `${part(pot)} ${financialYearWords(financialYear)}`;
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    names.set(potId, before === 0 ? name : `${name} - ${before + 1}`);
  }
  return names;
};

/** As `assets:Conference fund 2026/27:available` or `expenses:TS-1042:Conference fund 2026/27`. */
const accountOf = ({ potId, account, costCode }: JournalLine, names: ReadonlyMap<string, string>): string => {
  const name = names.get(potId) ?? potId;
  switch (account) {
    case 'source':
      return `income:${name}`;
    case 'available':
    case 'committed':
      return `assets:${name}:${account}`;
    case 'spent':
      return `expenses:${part(costCode)}:${name}`;
  }
};

/** A name that is one part of an account: without the colons and runs of spaces that would end it, or begin a comment. */
const part = (name: string): string => oneLine(name).replaceAll(/[:*]/g, '-');

/** On one line, without what would begin a comment in it. */
const oneLine = (text: string): string => text.replaceAll(/[\s;|]+/g, ' ').trim();

const amountOf = (pence: number): string => {
  const all = Math.abs(pence);
  return `${pence < 0 ? '-' : ''}£${Math.floor(all / 100)}.${String(all % 100).padStart(2, '0')}`;
};
