import { describe, expect, it } from '@jest/globals';
import { journalText } from './journal-text';

describe('the journal', () => {
  const entry = {
    id: 'e1',
    day: '2026-05-01',
    kind: 'fund' as const,
    reason: 'From the faculty; see minute 4\nof May',
    corrects: null,
    lines: [
      {
        potId: 'p1',
        pot: 'Travel: north',
        financialYear: 2026,
        account: 'source' as const,
        costCode: 'TS-1',
        amountPence: -100_005,
      },
      {
        potId: 'p1',
        pot: 'Travel: north',
        financialYear: 2026,
        account: 'available' as const,
        costCode: 'TS-1',
        amountPence: 100_005,
      },
    ],
  };

  it('writes amounts to the penny, and no name can end an account or begin a comment', () => {
    expect(journalText('Harbour; College', [entry])).toBe(
      [
        '; The fund of Harbour College',
        'commodity £1000.00',
        'decimal-mark .',
        'account assets:Travel- north 2026/27:available  ; pot:p1',
        'account income:Travel- north 2026/27  ; pot:p1',
        '',
        '2026-05-01 (fund) From the faculty see minute 4 of May  ; id:e1',
        '    income:Travel- north 2026/27  -£1000.05',
        '    assets:Travel- north 2026/27:available  £1000.05',
        '',
      ].join('\n'),
    );
  });

  it('keeps apart two pots whose names would be written alike', () => {
    const other = entry.lines.map((line) => ({ ...line, potId: 'p2', pot: 'Travel* north' }));
    const text = journalText('Harbour College', [entry, { ...entry, id: 'e2', lines: other }]);
    expect(text).toContain('account income:Travel- north 2026/27  ; pot:p1');
    expect(text).toContain('account income:Travel- north 2026/27 - 2  ; pot:p2');
    expect(text.match(/^ {4}income:Travel- north 2026\/27 - 2 {2}-£1000\.05$/gm)).toHaveLength(1);
  });

  it('is a heading alone where nothing was posted', () => {
    expect(journalText('Harbour College', []).trim().split('\n')).toHaveLength(3);
  });
});
