import type { ImpersonalTables, PersonalTable } from '@waymark/api-platform';

/** See PersonalTable. */
export const reportBackPersonalTables: readonly PersonalTable[] = [
  {
    table: 'obligation',
    title: 'Reports owed',
    kept: {
      for: 'So that what was learnt is reported back.',
      until: 'For as long as you work here, and then {days}.',
      setting: 'leavers_kept_days',
    },
    plumbing: ['institution_id', 'id', 'source_kind', 'source_id', 'version'],
    parts: [
      {
        as: 'You owe it',
        whose: 't.person_id = :person',
        shows: {
          subject: 'On',
          event_ends_on: 'Event ended on',
          due_on: 'Due on',
          status: 'Status',
          changes_asked_at: 'Changes asked for at',
          waived_because: 'Waived because',
          created_at: 'Since',
        },
        hides: { person_id: 'yourself' },
        erasure: {
          does: 'empty',
          set: { subject: `'event'`, version: 't.version + 1' },
          why: 'That a report was owed and given is part of the programme’s figures; what it was on goes.',
          stays: { source_kind: 'a word of ours', status: 'a word of ours', waived_because: 'a word of ours' },
        },
      },
    ],
  },
];

export const reportBackImpersonalTables: ImpersonalTables = {};
