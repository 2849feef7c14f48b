import type { ImpersonalTables, PersonalTable } from '@waymark/api-platform';

const books = { until: 'For as long as the institution keeps its books.' };

/** See PersonalTable. */
export const fundingPersonalTables: readonly PersonalTable[] = [
  {
    table: 'ledger_entry',
    title: 'Entries of the ledger',
    kept: { for: 'So that money adds up, and who moved it can be seen.', ...books },
    plumbing: ['institution_id', 'id', 'corrects', 'day'],
    parts: [
      {
        as: 'You made it',
        whose: 't.made_by = :person',
        shows: { kind: 'Kind', at: 'At', reason: 'Reason' },
        hides: { made_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'Books are kept as they were written; only the pseudonym stands there.',
          stays: { kind: 'a word of ours', reason: 'why money moved; names do not belong there' },
        },
      },
    ],
  },
  {
    table: 'pot',
    title: 'Pots made',
    kept: { for: 'So that money adds up.', ...books },
    plumbing: [
      ...['institution_id', 'id', 'version', 'cost_code_id', 'rolled_from'],
      ...['available_pence', 'committed_pence', 'spent_pence'],
    ],
    parts: [
      {
        as: 'You made it',
        whose: 't.created_by = :person',
        shows: { name: 'Pot', financial_year: 'Financial year', status: 'Status', created_at: 'Made at' },
        hides: { created_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'The pot is the institution’s; only the pseudonym stands there.',
          stays: { name: 'the pot’s name', status: 'a word of ours' },
        },
      },
    ],
  },
];

/** Tables of funding that hold nothing of a person. */
export const fundingImpersonalTables: ImpersonalTables = {
  cost_code: 'codes of the institution’s books, and what they are called',
  ledger_line: 'amounts, accounts and the pots they are of',
};
