import type { ImpersonalTables, PersonalTable } from '@waymark/api-platform';

const kept = {
  for: 'So that it can be seen later what was asked for, and by which rules it was decided.',
  until: 'For as long as the institution keeps its books.',
};
const word = 'a word of ours';
/** The rows of somebody's own applications. */
const ofTheirs = `exists (select from application a where a.institution_id = t.institution_id and a.id = t.application_id
  and a.person_id = :person)`;
const callName = `(select c.name from call c where c.institution_id = t.institution_id and c.id = t.call_id)`;
const reference = `(select a.reference from application a where a.institution_id = t.institution_id and a.id = t.application_id)`;

/** As emptyDraft has it: nothing written. */
const emptied = `'{"event": {"name": "", "place": "", "startsOn": "", "endsOn": "", "link": "", "as": null, "onAbstract": false}, "costs": [],
  "otherFunding": [], "least": "", "upFront": {"amount": "", "by": null}, "case": "", "objectives": [],
  "sharing": {"way": null, "how": ""}, "answers": {}}'::jsonb`;

/** The sums, dates and kinds of a document without a word of the person's. */
const unworded = `t.document || jsonb_build_object(
  'event', (t.document->'event') || '{"name": "Erased", "place": "Erased", "link": ""}',
  'costs', (select coalesce(jsonb_agg(line || '{"what": "Erased", "note": ""}'), '[]') from jsonb_path_query(t.document->'costs', '$[*]') line),
  'otherFunding', (select coalesce(jsonb_agg(line || '{"from": "Erased"}'), '[]') from jsonb_path_query(t.document->'otherFunding', '$[*]') line),
  'case', 'Erased', 'objectives', '["Erased"]'::jsonb, 'answers', '{}'::jsonb,
  'sharing', (t.document->'sharing') || '{"how": ""}')`;

/** See PersonalTable. */
export const applicationsPersonalTables: readonly PersonalTable[] = [
  {
    table: 'application',
    title: 'Fund applications',
    kept,
    plumbing: ['institution_id', 'id', 'call_id', 'version', 'only_one', 'draft_version', 'submission_number'],
    parts: [
      {
        as: 'You apply',
        whose: 't.person_id = :person',
        shows: {
          person_id: ['Call', callName],
          reference: 'Reference',
          status: 'Status',
          draft: 'As it is being written',
          draft_saved_at: 'Saved at',
          failed_rules: 'Rules not met',
          decided_reason: 'What the coordinator decided',
          reserve_rank: 'Place on the reserve list',
          created_at: 'Begun at',
        },
        erasure: {
          does: 'empty',
          set: { draft: emptied, decided_reason: 'null' },
          why: 'That somebody applied, and what became of it, belongs to the books; their words do not.',
          stays: { reference: 'a number of ours', status: word, failed_rules: 'names of rules' },
        },
      },
    ],
  },
  {
    table: 'application_submission',
    title: 'Fund applications as sent',
    kept,
    plumbing: ['institution_id', 'application_id', 'terms_number'],
    parts: [
      {
        as: 'You sent it',
        whose: 't.submitted_by = :person',
        shows: {
          submitted_by: ['Application', reference],
          number: 'For the time',
          document: 'What you sent',
          asked_pence: 'Asked, in pence',
          least_pence: 'Least, in pence',
          event_name: 'Event',
          event_starts_on: 'Starts',
          event_ends_on: 'Ends',
          judged: 'The rules, as they stood',
          submitted_at: 'Sent at',
        },
        erasure: {
          does: 'empty',
          set: {
            document: unworded,
            event_name: `'Erased'`,
            judged: `(select coalesce(jsonb_agg(rule || '{"facts": {}}'), '[]') from jsonb_path_query(t.judged, '$[*]') rule)`,
          },
          why: 'The sums and dates on which money was given stay; the words are theirs.',
        },
      },
    ],
  },
  {
    table: 'application_event',
    title: 'What happened to applications',
    kept,
    plumbing: ['institution_id', 'id'],
    parts: [
      {
        as: 'It is your application',
        whose: ofTheirs,
        shows: { application_id: ['Application', reference], kind: 'What', at: 'At', facts: 'More' },
        hides: { by_person: 'who did it' },
        erasure: {
          does: 'empty',
          set: { facts: `t.facts - array['reason', 'subject']` },
          why: 'What happened when stays; the words in it go.',
          stays: { kind: word },
        },
      },
      {
        as: 'You did it',
        whose: 't.by_person = :person',
        shows: { kind: 'What', at: 'At' },
        hides: { by_person: 'yourself', application_id: 'somebody else’s', facts: 'somebody else’s' },
        erasure: {
          does: 'keep',
          why: 'It is of somebody else’s application; only the pseudonym stands there.',
          stays: { kind: word, facts: 'somebody else’s' },
        },
      },
    ],
  },
  {
    table: 'application_appeal',
    title: 'Feedback and reviews asked for',
    kept,
    plumbing: ['institution_id', 'version'],
    parts: [
      {
        as: 'You asked',
        whose: ofTheirs,
        shows: {
          application_id: ['Application', reference],
          kind: 'What',
          asked: 'You asked',
          asked_at: 'Asked at',
          answer: 'Answer',
          answered_at: 'Answered at',
        },
        hides: { answered_by: 'who answered' },
        erasure: {
          does: 'empty',
          set: { asked: `'Erased'`, answer: `case when t.answer is not null then 'Erased' end` },
          why: 'That it was asked and answered stays; the words go.',
          stays: { kind: word },
        },
      },
      {
        as: 'You answered',
        whose: 't.answered_by = :person',
        shows: { kind: 'What', answer: 'Your answer', answered_at: 'Answered at' },
        hides: {
          answered_by: 'yourself',
          application_id: 'somebody else’s',
          asked: 'somebody else’s',
          asked_at: 'somebody else’s',
        },
        erasure: {
          does: 'keep',
          why: 'The answer was given to somebody else; only the pseudonym stands there.',
          stays: { kind: word, asked: 'somebody else’s', answer: 'what somebody was told' },
        },
      },
    ],
  },
];

/** Files, the counter of references and what went with a submission hold nothing of a person themselves. */
export const applicationsImpersonalTables: ImpersonalTables = {};
