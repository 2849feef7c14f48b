import type { ImpersonalTables, PersonalTable } from '@waymark/api-platform';
import { allocationImpersonalTables, allocationPersonalTables } from './allocation/personal-data';
import { applicationsImpersonalTables, applicationsPersonalTables } from './applications/personal-data';
import { awardsImpersonalTables, awardsPersonalTables } from './awards/personal-data';
import { callsImpersonalTables, callsPersonalTables } from './calls/personal-data';
import { endorsementsImpersonalTables, endorsementsPersonalTables } from './endorsements/personal-data';
import { filesPersonalTables } from './files/personal-data';
import { panelImpersonalTables, panelPersonalTables } from './panel/personal-data';

const books = { until: 'For as long as the institution keeps its books.' };

/** See PersonalTable. */
export const fundingPersonalTables: readonly PersonalTable[] = [
  ...callsPersonalTables,
  ...applicationsPersonalTables,
  ...endorsementsPersonalTables,
  ...panelPersonalTables,
  ...allocationPersonalTables,
  ...awardsPersonalTables,
  ...filesPersonalTables,
  {
    table: 'ledger_entry',
    title: 'Entries of the ledger',
    kept: { for: 'So that money adds up, and who moved it can be seen.', ...books },
    plumbing: ['institution_id', 'id', 'corrects', 'day', 'award_id', 'claim_id'],
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
  ...callsImpersonalTables,
  ...applicationsImpersonalTables,
  ...endorsementsImpersonalTables,
  ...panelImpersonalTables,
  ...allocationImpersonalTables,
  ...awardsImpersonalTables,
  cost_code: 'codes of the institution’s books, and what they are called',
  ledger_line: 'amounts, accounts and the pots they are of',
};
