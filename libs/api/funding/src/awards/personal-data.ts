import type { ImpersonalTables, PersonalTable } from '@waymark/api-platform';

const books = { until: 'For as long as the institution keeps its books.' };
const word = 'a word of ours';
const callName = `(select c.name from call c where c.institution_id = t.institution_id and c.id = t.call_id)`;
const awardOf = `(select a.event_name from award a where a.institution_id = t.institution_id and a.id = t.award_id)`;

/** Amounts, kinds and dates of lines without a word of the person's. */
const unworded = `case when jsonb_typeof(t.lines) = 'array' then (
  select coalesce(jsonb_agg(line || '{"what": "Erased", "noReceiptBecause": ""}'), '[]') from jsonb_array_elements(t.lines) line
) else '[]' end`;

/** See PersonalTable. */
export const awardsPersonalTables: readonly PersonalTable[] = [
  {
    table: 'award',
    title: 'Awards from the fund',
    kept: { for: 'So that it can be seen who was given what, and what became of it.', ...books },
    plumbing: ['institution_id', 'id', 'application_id', 'pot_id', 'version'],
    parts: [
      {
        as: 'It is yours',
        whose: 't.person_id = :person',
        shows: {
          call_id: ['Call', callName],
          status: 'Status',
          amount_pence: 'Amount, in pence',
          abstract: 'Abstract',
          event_name: 'Event',
          event_starts_on: 'Starts',
          event_ends_on: 'Ends',
          offered_at: 'Offered at',
          answer_by: 'Answer by',
          answered_at: 'Answered at',
          answer_reminded_at: 'Reminded of it at',
          claim_by: 'Claim by',
          claim_reminded_on: 'Reminded to claim on',
          change: 'Change asked for',
          cancelled_because: 'Cancelled because',
          closed_at: 'Closed at',
        },
        hides: { person_id: 'yourself' },
        erasure: {
          does: 'empty',
          set: {
            event_name: `'Erased'`,
            change: `case when t.change is not null then jsonb_build_object('eventName', 'Erased', 'why', 'Erased',
              'eventStartsOn', t.event_starts_on, 'eventEndsOn', t.event_ends_on) end`,
          },
          why: 'The sums and dates of money that was given stay; the words are theirs.',
          stays: { status: word, abstract: word, cancelled_because: word },
        },
      },
    ],
  },
  {
    table: 'claim',
    title: 'Claims and advances',
    kept: { for: 'So that it can be seen for what money was paid.', ...books },
    plumbing: ['institution_id', 'id', 'batch_id', 'cost_code_id', 'version'],
    parts: [
      {
        as: 'You claimed',
        whose: `exists (select from award a where a.institution_id = t.institution_id and a.id = t.award_id and a.person_id = :person)`,
        shows: {
          award_id: ['Event', awardOf],
          number: 'Number',
          kind: 'Kind',
          last: 'The last one',
          status: 'Status',
          lines: 'What you claimed',
          claimed_pence: 'Claimed, in pence',
          settles_pence: 'Of it paid in advance, in pence',
          submitted_at: 'Sent at',
          decided_at: 'Decided at',
          reason: 'Why it came back',
          paid_at: 'Paid at',
          created_at: 'Begun at',
        },
        hides: { decided_by: 'who decided', submitted_by: 'yourself, or who sent it for you' },
        erasure: {
          does: 'empty',
          set: { lines: unworded, reason: `case when t.reason is not null then 'Erased' end` },
          why: 'The sums that were paid stay in the books; the words go.',
          stays: { kind: word, status: word },
        },
      },
      {
        as: 'You sent it for somebody',
        whose: `t.submitted_by = :person and not exists (
          select from award a where a.institution_id = t.institution_id and a.id = t.award_id and a.person_id = :person)`,
        shows: { kind: 'Kind', status: 'Status', submitted_at: 'Sent at' },
        hides: {
          submitted_by: 'yourself',
          decided_by: 'who decided',
          award_id: 'somebody else’s',
          number: 'somebody else’s',
          last: 'somebody else’s',
          lines: 'somebody else’s',
          claimed_pence: 'somebody else’s',
          settles_pence: 'somebody else’s',
          decided_at: 'somebody else’s',
          reason: 'somebody else’s',
          paid_at: 'somebody else’s',
          created_at: 'somebody else’s',
        },
        erasure: {
          does: 'keep',
          why: 'It is somebody else’s claim; only the pseudonym stands there.',
          stays: { kind: word, status: word, lines: 'somebody else’s', reason: 'what somebody was told' },
        },
      },
      {
        as: 'You decided',
        whose: 't.decided_by = :person',
        shows: { kind: 'Kind', status: 'Status', decided_at: 'Decided at', reason: 'What you wrote' },
        hides: {
          decided_by: 'yourself',
          submitted_by: 'somebody else’s',
          award_id: 'somebody else’s',
          number: 'somebody else’s',
          last: 'somebody else’s',
          lines: 'somebody else’s',
          claimed_pence: 'somebody else’s',
          settles_pence: 'somebody else’s',
          submitted_at: 'somebody else’s',
          paid_at: 'somebody else’s',
          created_at: 'somebody else’s',
        },
        erasure: {
          does: 'keep',
          why: 'It is somebody else’s claim; only the pseudonym stands there.',
          stays: { kind: word, status: word, lines: 'somebody else’s', reason: 'what somebody was told' },
        },
      },
    ],
  },
  {
    table: 'payment_batch',
    title: 'Payment batches',
    kept: { for: 'So that it can be seen who put payments together.', ...books },
    plumbing: ['institution_id', 'id', 'version'],
    parts: [
      {
        as: 'You made it',
        whose: 't.made_by = :person',
        shows: { number: 'Number', status: 'Status', made_at: 'Made at', paid_at: 'Paid at' },
        hides: { made_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'The books name who made it; only the pseudonym stands there.',
          stays: { status: word },
        },
      },
    ],
  },
];

/** What of a claim was paid, and which files go with it, hold nothing of a person themselves. */
export const awardsImpersonalTables: ImpersonalTables = {};
