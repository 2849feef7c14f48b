import { type ImpersonalTables, mentions, type PersonalTable } from '@waymark/api-platform';

const decisions = { until: 'For as long as the institution keeps its books.' };
const word = 'a word of ours';
const call = `(select c.name from call c where c.institution_id = t.institution_id and c.id = t.call_id)`;
const reference = `(select a.reference from application a where a.institution_id = t.institution_id and a.id = t.application_id)`;
/** What the applicant reads on their page: of reviews that counted, and not before the decisions are out. */
const published = `case when t.status = 'locked' and exists (select from call c where c.institution_id = t.institution_id and c.id = t.call_id
  and c.status in ('decided', 'archived')) then t.comment_to_applicant end`;
const ofTheirs = `exists (select from application a where a.institution_id = t.institution_id and a.id = t.application_id
  and a.person_id = :person)`;

/** See PersonalTable. */
export const panelPersonalTables: readonly PersonalTable[] = [
  {
    table: 'declaration_of_interest',
    title: 'Interests declared',
    kept: { for: 'So that nobody reads of whom they are close to, and it can be seen later.', ...decisions },
    plumbing: ['institution_id', 'id'],
    leftOut: 'That somebody on a panel declared an interest in you is theirs, and was told in confidence.',
    parts: [
      {
        as: 'You declared it',
        whose: 't.panelist_id = :person',
        shows: { call_id: ['Call', call], because: 'Why', declared_at: 'Declared at', withdrawn_at: 'Taken back at' },
        hides: { panelist_id: 'yourself', applicant_id: 'somebody else' },
        erasure: {
          does: 'empty',
          set: { because: `'Erased'` },
          why: 'That there was an interest says why somebody did not read; why is theirs.',
        },
      },
      {
        as: 'In you',
        whose: 't.applicant_id = :person',
        secret: true,
        shows: {},
        hides: {
          call_id: 'told in confidence',
          panelist_id: 'somebody else',
          applicant_id: 'yourself',
          because: 'somebody else’s words, in confidence',
          declared_at: 'told in confidence',
          withdrawn_at: 'told in confidence',
        },
        erasure: {
          does: 'empty',
          set: { because: `'Erased'` },
          why: 'It may say how somebody knows this person.',
        },
      },
    ],
  },
  {
    table: 'review',
    title: 'Reviews',
    kept: { for: 'So that a decision on money can be explained and reviewed.', ...decisions },
    plumbing: ['institution_id', 'id', 'version', 'call_id', 'replaces', 'reminded_at'],
    leftOut: 'Who read your application, and what readers wrote that is not for you, stays with the panel.',
    parts: [
      {
        as: 'You wrote it',
        whose: 't.panelist_id = :person',
        shows: {
          application_id: ['Application', reference],
          status: 'Status',
          scores: ['Scores', 't.scores::text'],
          score: 'Weighted, in tenths',
          comment_to_applicant: 'For the applicant',
          private_comment: 'Private comment',
          recused_because: 'Why you gave it back',
          assigned_at: 'Given to you at',
          opened_at: 'First opened at',
          submitted_at: 'Submitted at',
        },
        hides: { panelist_id: 'yourself', assigned_by: 'who gave it to you' },
        erasure: {
          does: 'empty',
          set: {
            private_comment: `''`,
            recused_because: `case when t.recused_because is not null then 'Erased' end`,
          },
          why: 'The scores decided on money and stay under the pseudonym; what was said in private goes.',
          stays: { status: word, scores: 'figures', comment_to_applicant: 'what the applicant was told' },
        },
      },
      {
        as: 'Of your application',
        whose: ofTheirs,
        shows: { application_id: ['Application', reference], comment_to_applicant: ['For you', published] },
        hides: {
          status: 'how far the reader is',
          scores: 'one reader’s; the mean is in your letter',
          score: 'one reader’s; the mean is in your letter',
          private_comment: 'for the panel alone',
          recused_because: 'the reader’s own affairs',
          panelist_id: 'who read it stays with the panel',
          assigned_by: 'who gave it to the reader',
          assigned_at: 'the panel’s work',
          opened_at: 'the panel’s work',
          submitted_at: 'the panel’s work',
        },
        erasure: {
          does: 'empty',
          set: {
            comment_to_applicant: `''`,
            private_comment: `''`,
            recused_because: `case when t.recused_because is not null then 'Erased' end`,
          },
          why: 'The scores decided on money and stay under the pseudonym; words about this person go.',
          stays: { status: word, scores: 'figures' },
        },
      },
      {
        as: 'You gave it to its reader',
        whose: 't.assigned_by = :person',
        shows: { application_id: ['Application', reference], assigned_at: 'Given at' },
        hides: {
          assigned_by: 'yourself',
          panelist_id: 'somebody else',
          status: 'theirs',
          scores: 'theirs',
          score: 'theirs',
          comment_to_applicant: 'theirs',
          private_comment: 'theirs',
          recused_because: 'theirs',
          opened_at: 'theirs',
          submitted_at: 'theirs',
        },
        erasure: {
          does: 'keep',
          why: 'Only the pseudonym stands there.',
          stays: {
            status: word,
            scores: 'figures',
            comment_to_applicant: 'somebody else’s words',
            private_comment: 'somebody else’s words',
            recused_because: 'somebody else’s words',
          },
        },
      },
    ],
  },
  {
    table: 'moderation_note',
    title: 'Notes of moderation',
    kept: { for: 'So that a decision on money can be explained and reviewed.', ...decisions },
    plumbing: ['institution_id', 'version'],
    leftOut: 'What a chair noted of your application for the panel stays with the panel.',
    parts: [
      {
        as: 'You wrote it',
        whose: 't.written_by = :person',
        shows: { application_id: ['Application', reference], words: 'Note', written_at: 'Written at' },
        hides: { written_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'It explains a decision on somebody else; only the pseudonym stands there.',
          stays: { words: 'why a decision was made' },
        },
      },
      {
        as: 'Of your application',
        whose: ofTheirs,
        secret: true,
        shows: {},
        hides: {
          application_id: 'the panel’s work',
          words: 'the panel’s work',
          written_by: 'somebody else',
          written_at: 'the panel’s work',
        },
        erasure: { does: 'empty', set: { words: `'Erased'` }, why: 'It is about this person.' },
      },
      {
        as: 'It names you',
        whose: mentions('t.words'),
        secret: true,
        shows: {},
        hides: {
          application_id: 'the panel’s work',
          words: 'the panel’s work',
          written_by: 'somebody else',
          written_at: 'the panel’s work',
        },
        erasure: { does: 'empty', set: { words: `'Erased'` }, why: 'It names this person.' },
      },
    ],
  },
];

export const panelImpersonalTables: ImpersonalTables = {};
