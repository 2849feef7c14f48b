import { type ImpersonalTables, mentions, type PersonalTable } from './personal-data';

const ids = ['institution_id', 'id'];
/** SHA-256 of an address as the counters of attempts have it: see `limitKey` in people. */
const hashOf = (address: string): string =>
  `rtrim(translate(encode(sha256(convert_to(${address}, 'UTF8')), 'base64'), '+/', '-_'), '=')`;

/** An event that sends a letter to them: without the letter it would fail. */
const mailOf = (payload: string): string =>
  `${payload}->>'mailId' in (select m.id::text from mail_message m where m.institution_id = :institution and m.person_id = :person)`;

/** pg-boss's own, besides the few that say something. */
const queueColumns = [
  ...['id', 'priority', 'data', 'retry_limit', 'retry_count', 'retry_delay', 'retry_backoff', 'retry_delay_max'],
  ...['expire_seconds', 'deletion_seconds', 'singleton_key', 'singleton_on', 'group_id', 'group_tier', 'start_after'],
  ...['started_on', 'keep_until', 'output', 'dead_letter', 'policy', 'heartbeat_on', 'heartbeat_seconds', 'blocked'],
  ...['blocking', 'pending_dependencies', 'source_name', 'source_id', 'source_created_on', 'source_retry_count'],
  ...['source_output', 'source_root_id'],
];

const sealed = 'Pseudonymous, and sealed: without it nobody could show that nothing was changed.';
const wordsOfAudit = {
  act: 'a word of ours',
  subject_kind: 'a word of ours',
  details: 'words of ours, numbers and pseudonyms',
  correlation_id: 'a number of ours',
};

/** What the platform's own tables hold of a person. */
export const platformPersonalTables: readonly PersonalTable[] = [
  {
    table: 'outbox',
    title: 'About to be done',
    kept: { for: 'What is still to be done after something you did.', until: 'Gone as soon as it is done.' },
    plumbing: ['institution_id', 'id', 'payload'],
    parts: [
      {
        as: 'It concerns you',
        whose: `${mentions('t.payload::text')} or ${mailOf('t.payload')}`,
        shows: { at: 'Since', topic: 'What' },
        erasure: { does: 'delete', why: 'It would come to nothing.' },
      },
    ],
  },
  {
    table: 'queue.job',
    title: 'In the queue',
    kept: {
      for: 'What is being done after something you did, and what was done lately.',
      until: 'Cleared by the queue itself some days after it was done.',
    },
    global: true,
    plumbing: queueColumns,
    parts: [
      {
        as: 'It concerns you',
        whose: `t.data->>'institutionId' = :institution::text
          and (${mentions('t.data::text', 't.output::text', 't.source_output::text')} or ${mailOf(`t.data->'payload'`)})`,
        shows: { created_on: 'Since', name: 'Queue', state: ['State', 't.state::text'], completed_on: 'Done' },
        erasure: { does: 'delete', why: 'It would come to nothing.' },
      },
    ],
  },
  {
    table: 'mail_message',
    title: 'Messages received',
    kept: {
      for: 'To tell you what happened and what is wanted. Once sent, only the subject is kept.',
      until: 'Deleted {days} after it was written.',
      setting: 'mail_kept_days',
    },
    plumbing: [...ids, 'person_id', 'attempts'],
    leftOut: 'Messages to other people in which you are named belong to them.',
    parts: [
      {
        as: 'Recipient',
        whose: 't.person_id = :person or (t.person_id is null and lower(t.recipient) = any(:addresses))',
        shows: {
          created_at: 'Written',
          recipient: 'To',
          subject: 'Subject',
          // One that could not be sent yet may hold a link that opens an account, elsewhere too: the export shows no secret.
          body: [
            'Text',
            `case when t.status = 'kept' then '' else regexp_replace(t.body, '/password/[A-Za-z0-9_-]+', '/password/…', 'g') end`,
          ],
          status: 'Status',
          sent_at: 'Sent',
        },
        erasure: { does: 'delete', why: 'Nobody needs a message to somebody who is gone.' },
      },
      {
        as: 'Named in a message to somebody else',
        secret: true,
        whose: `t.person_id is distinct from :person and ${mentions('t.subject', 't.body')}`,
        shows: {},
        hides: {
          recipient: 'somebody else’s',
          subject: 'somebody else’s',
          body: 'somebody else’s',
          status: 'somebody else’s',
          created_at: 'somebody else’s',
          sent_at: 'somebody else’s',
        },
        erasure: {
          does: 'empty',
          set: { subject: `''`, body: `''` },
          why: 'That it was sent is the other person’s; the name in it goes.',
          stays: { recipient: 'the other person’s address', status: 'a word of ours' },
        },
      },
    ],
  },
  {
    table: 'command',
    title: 'Commands given',
    kept: {
      for: 'So that pressing a button twice does nothing twice: the answer to each of your commands.',
      until: 'Deleted {days} after you gave the command.',
      setting: 'commands_kept_days',
    },
    plumbing: ['institution_id', 'account_id', 'key', 'body_hash'],
    parts: [
      {
        as: 'You gave the command',
        whose: 't.account_id = any(:accounts)',
        shows: { at: 'At' },
        hides: {
          answer: 'the page as you saw it then, with other people in it; your own part stands in the other sheets',
        },
        erasure: { does: 'delete', why: 'Nobody repeats them.' },
      },
      {
        as: 'Named in the answer to somebody else',
        secret: true,
        whose: `not (t.account_id = any(:accounts)) and ${mentions('t.answer::text')}`,
        shows: {},
        hides: { answer: 'somebody else’s', at: 'somebody else’s' },
        erasure: {
          does: 'empty',
          set: { answer: 'null' },
          why: 'That the command was done is remembered; what it answered goes.',
          stays: { body_hash: 'a hash of somebody else’s command' },
        },
      },
    ],
  },
  {
    table: 'job',
    title: 'Long work asked for',
    kept: {
      for: 'To show how far long work is: an import, a matching, an export.',
      until: 'Deleted {days} after it ended.',
      setting: 'jobs_kept_days',
    },
    plumbing: [
      ...ids,
      'subject_id',
      'requested_by',
      'cancel_asked',
      'correlation_id',
      'stage',
      'percent',
      'by_person_id',
    ],
    parts: [
      {
        as: 'You asked for it',
        whose: 't.requested_by = :person or t.by_person_id = :person',
        shows: {
          kind: 'Kind',
          status: 'Status',
          failure: 'Why it failed',
          created_at: 'Asked for',
          started_at: 'Begun',
          finished_at: 'Ended',
        },
        erasure: {
          does: 'keep',
          why: 'The work was the institution’s; no name is in it, only the pseudonym.',
          stays: {
            kind: 'a word of ours',
            status: 'a word of ours',
            stage: 'a word of ours',
            failure: 'a word of ours',
            correlation_id: 'a number of ours',
          },
        },
      },
    ],
  },
  {
    table: 'audit_entry',
    title: 'Audit',
    kept: {
      for: 'To show later who did what, and that nobody changed the record of it.',
      until: 'For as long as the institution keeps its audit. It holds no names, addresses or words of anybody.',
    },
    plumbing: [...ids, 'correlation_id'],
    leftOut: 'Who else did something that concerns you stands in the audit by pseudonym; ask your administrator.',
    parts: [
      {
        as: 'You did it',
        whose: 't.actor_person_id = :person',
        shows: { at: 'At', act: 'What', subject_kind: 'To a record of', details: 'Facts' },
        hides: {
          actor_person_id: 'yourself',
          on_behalf_of: 'a pseudonym of another person',
          subject_id: 'a pseudonym, which may be another person’s',
        },
        erasure: { does: 'keep', why: sealed, stays: wordsOfAudit },
      },
      {
        as: 'Somebody did it for you',
        whose: 't.on_behalf_of = :person',
        shows: { at: 'At', act: 'What', subject_kind: 'To a record of', details: 'Facts' },
        hides: {
          actor_person_id: 'a pseudonym of another person',
          on_behalf_of: 'yourself',
          subject_id: 'a pseudonym, which may be another person’s',
        },
        erasure: { does: 'keep', why: sealed, stays: wordsOfAudit },
      },
      {
        as: 'It was done to your record',
        whose: `t.subject_kind = 'person' and t.subject_id = :person and t.actor_person_id is distinct from :person
          and t.on_behalf_of is distinct from :person`,
        shows: { at: 'At', act: 'What', subject_kind: 'To a record of' },
        hides: {
          details: 'may concern others',
          actor_person_id: 'a pseudonym of another person',
          on_behalf_of: 'a pseudonym of another person',
          subject_id: 'yourself',
        },
        erasure: { does: 'keep', why: sealed, stays: wordsOfAudit },
      },
    ],
  },
  {
    table: 'audit_verification',
    title: 'Audits verified',
    kept: {
      for: 'To show when the audit was last found unchanged.',
      until: 'For as long as the institution keeps its audit.',
    },
    plumbing: [...ids, 'job_id', 'heads', 'fault', 'fault_number', 'fault_entry_id'],
    parts: [
      {
        as: 'You asked for it',
        whose: 't.asked_by = :person',
        shows: { asked_at: 'Asked at', status: 'Result', entries: 'Lines', finished_at: 'Done at' },
        hides: { asked_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'The result is the institution’s; only the pseudonym stands there.',
          stays: { status: 'a word of ours', fault: 'a word of ours' },
        },
      },
    ],
  },
  {
    table: 'rate_limit',
    title: 'Attempts to sign in',
    kept: {
      for: 'To stop whoever tries one password after the other.',
      until: 'Counted anew after an hour at most; the counter is deleted with old sessions.',
    },
    global: true,
    plumbing: ['key'],
    parts: [
      {
        as: 'At your address',
        whose: `split_part(t.key, ':', 2) in (select ${hashOf('a')} from unnest(:addresses) a)`,
        shows: { window_start: 'Since', attempts: 'Attempts' },
        erasure: { does: 'delete', why: 'Nobody signs in with the address any more.' },
      },
    ],
  },
];

/** Tables of the platform that hold nothing of a person. */
export const platformImpersonalTables: ImpersonalTables = {
  institution: 'the institution’s own name and settings',
  network: 'its name',
  network_invitation: 'an address of an institution’s office, cleared when it is answered or ends',
  audit_head: 'hashes of the audit, which holds nothing of a person but pseudonyms',
  audit_seal: 'hashes of the audit, which holds nothing of a person but pseudonyms',
  'queue.bam': 'the queue’s own statements',
  'queue.job_dependency': 'unused; names of queues',
  'queue.queue': 'names and settings of queues',
  'queue.queue_stats': 'counts',
  'queue.schedule': 'unused',
  'queue.subscription': 'unused',
  'queue.warning': 'the queue’s own warnings: names of queues and counts',
};
