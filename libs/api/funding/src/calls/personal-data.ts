import { type ImpersonalTables, mentions, type PersonalTable } from '@waymark/api-platform';

const books = { until: 'For as long as the institution keeps its books.' };
const word = 'a word of ours';
const byPseudonym = 'The call is the institution’s; only the pseudonym stands there.';
const callName = `(select c.name from call c where c.institution_id = t.institution_id and c.id = t.call_id)`;

/** See PersonalTable. */
export const callsPersonalTables: readonly PersonalTable[] = [
  {
    table: 'call',
    title: 'Calls made',
    kept: { for: 'So that it can be seen later by which rules money was given.', ...books },
    plumbing: [
      ...['institution_id', 'id', 'version', 'pot_id', 'budget_pence', 'opens_at', 'closes_at', 'return_grace_days'],
      ...['endorse_by', 'decide_by', 'reserve_until', 'claim_by', 'next_opens_on', 'next_closes_on', 'terms_number'],
      ...['letters', 'series_id', 'copied_from', 'rolls_until', 'cancelled_because'],
    ],
    parts: [
      {
        as: 'You made it',
        whose: 't.created_by = :person',
        shows: { name: 'Call', kind: 'Kind', status: 'Status', created_at: 'Made at' },
        hides: { created_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: byPseudonym,
          stays: {
            name: 'the call’s name',
            kind: word,
            status: word,
            letters: 'paragraphs of letters to all; names do not belong there',
            cancelled_because: 'why the call was cancelled, read by all who applied',
          },
        },
      },
    ],
  },
  {
    table: 'call_terms',
    title: 'Terms of calls written',
    kept: { for: 'So that what was handed in is judged by what it was handed in under.', ...books },
    plumbing: ['institution_id', 'call_id', 'terms'],
    parts: [
      {
        as: 'You wrote them',
        whose: 't.created_by = :person',
        shows: { number: 'Number', created_at: 'Written at' },
        hides: { created_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: byPseudonym,
          stays: { terms: 'rules, criteria and questions; names do not belong there' },
        },
      },
    ],
  },
  {
    table: 'call_panelist',
    title: 'Panels',
    kept: { for: 'So that it can be seen later who decided.', ...books },
    plumbing: ['institution_id', 'call_id'],
    parts: [
      {
        as: 'You read and score',
        whose: 't.person_id = :person',
        shows: {
          person_id: ['Call', callName],
          chair: 'In the chair',
          most_reviews: 'At most so many',
          added_at: 'Since',
        },
        hides: { added_by: 'who asked you' },
        erasure: { does: 'keep', why: 'Who decided on money stays known by pseudonym.' },
      },
      {
        as: 'You asked them',
        whose: 't.added_by = :person',
        shows: { added_at: 'Since', chair: 'In the chair' },
        hides: { added_by: 'yourself', person_id: 'somebody else', most_reviews: 'theirs' },
        erasure: { does: 'keep', why: 'Only the pseudonym stands there.' },
      },
    ],
  },
  {
    table: 'call_extension',
    title: 'More time for a call',
    kept: { for: 'So that a late application can be seen to be rightly so.', ...books },
    plumbing: ['institution_id', 'id', 'call_id'],
    parts: [
      {
        as: 'You have more time',
        whose: 't.person_id = :person',
        shows: { person_id: ['Call', callName], until: 'Until', reason: 'Reason', granted_at: 'Granted at' },
        hides: { granted_by: 'who granted it' },
        erasure: {
          does: 'empty',
          set: { reason: `'erased'` },
          why: 'That there was more time explains a late application; why is theirs.',
        },
      },
      {
        as: 'You granted it',
        whose: 't.granted_by = :person',
        shows: { until: 'Until', granted_at: 'Granted at' },
        hides: { granted_by: 'yourself', person_id: 'somebody else', reason: 'theirs' },
        erasure: { does: 'keep', why: 'Only the pseudonym stands there.', stays: { reason: 'somebody else’s reason' } },
      },
    ],
  },
  {
    table: 'call_message',
    title: 'Letters to applicants',
    kept: { for: 'So that it can be seen what applicants were told.', ...books },
    plumbing: ['institution_id', 'id', 'call_id', 'filter'],
    parts: [
      {
        as: 'You sent it',
        whose: 't.sent_by = :person',
        shows: { subject: 'Subject', body: 'Text', recipients: 'To so many', sent_at: 'Sent at' },
        hides: { sent_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'What many were told stays; only the pseudonym stands there.',
          stays: { subject: 'what many were told', body: 'what many were told', filter: word },
        },
      },
      {
        as: 'It names you',
        whose: mentions('t.subject', 't.body'),
        shows: { subject: 'Subject', body: 'Text', sent_at: 'Sent at' },
        hides: { sent_by: 'who sent it', recipients: 'how many got it' },
        erasure: {
          does: 'empty',
          set: { body: `'A letter that named somebody who has been erased.'`, subject: `'Erased'` },
          why: 'It names this person.',
          stays: { filter: word },
        },
      },
    ],
  },
];

export const callsImpersonalTables: ImpersonalTables = {};
