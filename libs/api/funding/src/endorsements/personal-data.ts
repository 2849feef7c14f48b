import type { ImpersonalTables, PersonalTable } from '@waymark/api-platform';

const ours = {
  purpose: 'a word of ours',
  status: 'a word of ours',
  asked_as: 'a word of ours',
  answered_through: 'a word of ours',
};
const words = {
  purpose: 'For',
  status: 'Status',
  asked_as: 'Asked as',
  asked_at: 'Asked at',
  passes_on_at: 'Goes on at',
  answered_at: 'Answered at',
  answered_through: 'Answered through',
};

/** See PersonalTable. */
export const endorsementsPersonalTables: readonly PersonalTable[] = [
  {
    table: 'endorsement_link',
    title: 'Links to answer by mail',
    kept: {
      for: 'So that an application can be answered from the mail about it.',
      until: 'With the application it is about.',
    },
    plumbing: ['token_hash', 'institution_id', 'endorsement_id'],
    parts: [
      {
        as: 'Sent to you',
        whose: 't.institution_id = :institution and t.person_id = :person',
        shows: { created_at: 'Sent at', expires_at: 'Until', used_at: 'Used at' },
        hides: { person_id: 'yourself' },
        erasure: { does: 'delete', why: 'Nobody answers by it any more.' },
      },
    ],
    global: true,
  },
  {
    table: 'endorsement',
    title: 'Endorsements',
    kept: {
      for: 'So that it can be seen who said whether the time could be spared, and why.',
      until: 'With the application it is about.',
    },
    plumbing: ['institution_id', 'id', 'application_id', 'submission_number', 'version'],
    parts: [
      {
        as: 'You were asked, or answered',
        whose: 't.asked_of = :person or t.answered_by = :person or t.in_place_of = :person',
        shows: { ...words, reminded_at: 'Reminded at', reason: 'Your question or reason' },
        hides: {
          asked_of: 'yourself, or a pseudonym of another person',
          answered_by: 'yourself, or a pseudonym of another person',
          in_place_of: 'yourself, or a pseudonym of another person',
        },
        erasure: {
          does: 'empty',
          set: { reason: `case when t.reason is null then null else 'Erased' end` },
          why: 'That it was decided stays with the application; your words go.',
          stays: ours,
        },
      },
      {
        as: 'It was about your application',
        whose: `exists (select from application a where a.institution_id = t.institution_id and a.id = t.application_id
          and a.person_id = :person)`,
        shows: { ...words, reason: 'Question or reason' },
        hides: {
          asked_of: 'a pseudonym of another person',
          answered_by: 'a pseudonym of another person',
          in_place_of: 'a pseudonym of another person',
          reminded_at: 'a reminder to another person',
        },
        erasure: {
          does: 'empty',
          set: { reason: `case when t.reason is null then null else 'Erased' end` },
          why: 'That it was decided stays with the application; the words about you go.',
          stays: ours,
        },
      },
    ],
  },
];

export const endorsementsImpersonalTables: ImpersonalTables = {};
