import { type ImpersonalTables, mentions, type PersonalTable, unnamed } from '@waymark/api-platform';
import { named } from './personal-data/named';

const untilErased =
  'For as long as you are here; after your last day until your record is erased, which is suggested after {days}.';
const leaver = { until: untilErased, setting: 'leavers_kept_days' } as const;
const ids = ['institution_id', 'id'];
const word = 'a word of ours';
/** No other institution has them under this account. */
const onlyHere = `not exists (
  select from account_person o where o.account_id = t.id and (o.institution_id, o.person_id) is distinct from (:institution, :person))`;
const secretOfSignIn = 'a secret, of which only a hash is stored';

/** Cells of a waiting file that name them: an address, the staff number, both names, or the whole name within a cell. */
const namedInCells = (line: string): string => `exists (
    select from json_array_elements_text(${line}.cells) c where lower(trim(c)) = any(:addresses) or trim(c) = :staff)
  or (exists (select from json_array_elements_text(${line}.cells) c where lower(trim(c)) = lower(:given))
    and exists (select from json_array_elements_text(${line}.cells) c where lower(trim(c)) = lower(:family)))
  or ${mentions(`${line}.cells::text`)}`;
/** Files that are not applied yet and name them. */
const waitingFiles = `(
  select l.import_id from staff_import_line l
  join staff_import i on i.institution_id = l.institution_id and i.id = l.import_id
    and i.status in ('reading', 'unreadable', 'uploaded', 'previewing', 'previewed', 'discarded')
  where l.institution_id = :institution and (${namedInCells('l')}))`;
const rowAboutThem = `t.person_id = :person or lower(t.email) = any(:addresses) or (:staff is not null and t.staff_number = :staff)
  or (t.person_id is null and lower(t.name) = lower(trim(:given || ' ' || :family)))`;
const staffImportOfOthers = Object.fromEntries(
  ['kind', 'file_name', 'row_count', 'status', 'uploaded_at', 'uploaded_by', 'applied_at', 'undone_at'].map(
    (column) => [column, 'somebody else’s file'],
  ),
);
const staysOfStaffImport = {
  kind: word,
  status: word,
  encoding: word,
  separator: word,
  sheet: 'name of a sheet',
  headings: 'headings of the file',
  mapping: 'headings of the file',
  settings: 'words of ours and names of units',
  grade_order: 'names of grades',
  summary: 'counts, names of units, grades and skills',
  made: 'keys of units, grades and skills',
  undo: 'counts',
};

/** What the tables of people hold of a person. The record itself comes last: the others are found through it. */
export const peoplePersonalTables: readonly PersonalTable[] = [
  {
    table: 'person_skill',
    title: 'Skills',
    kept: { for: 'To find who can do what, and to match mentors and mentees.', ...leaver },
    plumbing: ['institution_id', 'person_id'],
    parts: [
      {
        as: 'Your skills',
        whose: 't.person_id = :person',
        shows: {
          skill_id: [
            'Skill',
            '(select s.name from skill s where s.institution_id = t.institution_id and s.id = t.skill_id)',
          ],
        },
        erasure: { does: 'delete', why: 'They are about this person alone.' },
      },
    ],
  },
  {
    table: 'award_held',
    title: 'Awards',
    kept: { for: 'To show professional registration, and to count it.', ...leaver },
    plumbing: [...ids, 'person_id', 'version'],
    parts: [
      {
        as: 'Your awards',
        whose: 't.person_id = :person',
        shows: {
          body: 'Body',
          award: 'Award',
          number: 'Number',
          awarded_on: 'Awarded on',
          valid_to: 'Valid to',
          status: 'Status',
          rejected_for: 'Why it was not confirmed',
          decided_by: ['Checked by', named('t.decided_by')],
          decided_at: 'Checked at',
        },
        erasure: { does: 'delete', why: 'They are about this person alone.' },
      },
      {
        as: 'Awards you checked',
        whose: 't.decided_by = :person and t.person_id <> :person',
        shows: { award: 'Award', decided_at: 'Checked at', status: 'Outcome', rejected_for: 'Why not' },
        hides: {
          body: 'somebody else’s',
          number: 'somebody else’s',
          awarded_on: 'somebody else’s',
          valid_to: 'somebody else’s',
          decided_by: 'yourself',
        },
        erasure: {
          does: 'keep',
          why: 'That it was checked is the other person’s proof; only the pseudonym stands there.',
          stays: {
            body: 'of the other person’s award',
            award: 'of the other person’s award',
            number: 'of the other person’s award',
            status: word,
            rejected_for: word,
          },
        },
      },
    ],
  },
  {
    table: 'delegation',
    title: 'Out of office and delegates',
    kept: { for: 'So that decisions do not wait while somebody is away.', ...leaver },
    plumbing: ids,
    parts: [
      {
        as: 'While you were away',
        whose: 't.person_id = :person',
        shows: {
          delegate_id: ['Delegate', named('t.delegate_id')],
          reason: 'Reason',
          starts_on: 'From',
          ends_on: 'To',
          created_by: ['Set by', named('t.created_by')],
          created_at: 'Set at',
        },
        hides: { person_id: 'yourself' },
        erasure: { does: 'delete', why: 'When and why somebody was away is about them alone.' },
      },
      {
        as: 'You stood in, or set it',
        whose: '(t.delegate_id = :person or t.created_by = :person) and t.person_id <> :person',
        shows: {
          person_id: ['For', named('t.person_id')],
          starts_on: 'From',
          ends_on: 'To',
          created_at: 'Set at',
        },
        hides: {
          reason: 'why somebody else was away is theirs',
          delegate_id: 'yourself, or somebody else',
          created_by: 'yourself, or somebody else',
        },
        erasure: {
          does: 'keep',
          why: 'It shows by pseudonym who decided in the other person’s place.',
          stays: { reason: word },
        },
      },
    ],
  },
  {
    table: 'published_profile',
    title: 'Published awards',
    kept: {
      for: 'Where you chose it: to show your verified awards to anybody who has the address.',
      until: 'Until you take it back, leave or are erased.',
    },
    plumbing: ['institution_id', 'person_id'],
    parts: [
      {
        as: 'You published',
        whose: 't.person_id = :person',
        shows: { code: 'Address', published_at: 'Since' },
        erasure: { does: 'delete', why: 'Nobody is shown there any more.' },
      },
    ],
  },
  {
    table: 'staff_import',
    title: 'Staff files loaded',
    kept: { for: 'To show who loaded what.', ...leaver },
    plumbing: [
      ...[...ids, 'version', 'job_id', 'bytes', 'encoding', 'separator', 'sheet', 'headings', 'mapping', 'settings'],
      ...['mapping_remembered', 'grade_order', 'summary', 'leavers_confirmed', 'made', 'undo'],
    ],
    parts: [
      {
        as: 'A waiting file that names you',
        secret: true,
        whose: `t.status <> 'discarded' and t.id in ${waitingFiles}`,
        shows: {},
        hides: staffImportOfOthers,
        erasure: {
          does: 'empty',
          set: { status: `'discarded'`, version: 't.version + 1' },
          why: 'Else the file would bring them back: it is put away and can be loaded again without them.',
          stays: { ...staysOfStaffImport, file_name: 'emptied below where it names them' },
        },
      },
      {
        as: 'You loaded it',
        whose: 't.uploaded_by = :person',
        shows: {
          kind: 'Of',
          file_name: 'File',
          row_count: 'Rows',
          status: 'Status',
          uploaded_at: 'Loaded at',
          applied_at: 'Applied at',
          undone_at: 'Undone at',
        },
        hides: { uploaded_by: 'yourself' },
        erasure: {
          does: 'empty',
          set: { file_name: `'file'` },
          why: 'What was loaded is the institution’s; the name of the file goes.',
          stays: staysOfStaffImport,
        },
      },
      {
        as: 'A file whose name names you',
        secret: true,
        whose: `t.uploaded_by <> :person and ${mentions('t.file_name')}`,
        shows: {},
        hides: staffImportOfOthers,
        erasure: {
          does: 'empty',
          set: { file_name: `'file'` },
          why: 'What was loaded is the institution’s; the name of the file goes.',
          stays: staysOfStaffImport,
        },
      },
    ],
  },
  {
    table: 'staff_import_line',
    title: 'Lines of waiting staff files',
    kept: {
      for: 'To check a list of staff before it is applied.',
      until: 'Until the file is applied or put away, and at most {days}.',
      setting: 'import_files_kept_days',
    },
    plumbing: ['institution_id', 'import_id'],
    parts: [
      {
        as: 'Lines of a file that names you',
        secret: true,
        whose: `t.import_id in ${waitingFiles}`,
        shows: {},
        hides: { line: 'other people’s', cells: 'other people’s' },
        erasure: { does: 'delete', why: 'Else the file would bring them back.' },
      },
      {
        as: 'A line that names you',
        whose: namedInCells('t'),
        shows: { line: 'Line', cells: 'Cells' },
        erasure: { does: 'delete', why: 'Else the file would bring them back.' },
      },
    ],
  },
  {
    table: 'staff_import_chunk',
    title: 'Staff files on their way in',
    kept: {
      for: 'To take in a file piece by piece.',
      until: 'Until it is read, within minutes; one that was broken off goes within days.',
    },
    plumbing: ['institution_id', 'import_id', 'n', 'data'],
    parts: [
      {
        as: 'A piece that names you',
        whose: `exists (select from unnest(:addresses) a where position(convert_to(a, 'UTF8') in t.data) > 0)`,
        shows: { at: 'Since' },
        erasure: { does: 'delete', why: 'Else the file would bring them back.' },
      },
    ],
  },
  {
    table: 'staff_import_row',
    title: 'Rows of staff files',
    kept: {
      for: 'To show what a staff file would change, and what it changed.',
      until: 'Deleted {days} after the file was loaded.',
      setting: 'import_files_kept_days',
    },
    plumbing: ['institution_id', 'import_id', 'n', 'person_id', 'fields', 'problems'],
    parts: [
      {
        as: 'A row about you',
        whose: rowAboutThem,
        shows: {
          line: 'Line',
          outcome: 'Outcome',
          name: 'Name',
          email: 'E-mail address',
          staff_number: 'Staff number',
          detail: 'What it says',
        },
        erasure: { does: 'delete', why: 'It is about this person alone.' },
      },
      {
        as: 'A row about somebody else that names you',
        secret: true,
        whose: `(${rowAboutThem}) is not true and (${mentions('t.detail::text')} or t.detail::text like '%"' || :staff || '"%')`,
        shows: {},
        hides: Object.fromEntries(
          ['line', 'outcome', 'name', 'email', 'staff_number', 'detail'].map((column) => [column, 'somebody else’s']),
        ),
        erasure: {
          does: 'empty',
          set: { detail: `(${unnamed('t.detail::text')})::json` },
          why: 'The row is about the other person; the name in it goes.',
          stays: {
            outcome: word,
            name: 'the other person’s',
            email: 'the other person’s',
            staff_number: 'the other person’s',
            fields: 'names of fields',
            problems: word,
          },
        },
      },
    ],
  },
  {
    table: 'staff_import_effect',
    title: 'Changes by staff files',
    kept: {
      for: 'So that a staff file can be undone: your record as it was and as it became.',
      until: 'Deleted {days} after the file was loaded.',
      setting: 'import_files_kept_days',
    },
    plumbing: ['institution_id', 'import_id', 'person_id', 'skill_ids', 'award_ids'],
    parts: [
      {
        as: 'Your record',
        whose: 't.person_id = :person',
        shows: { kind: 'What', before: 'As it was', after: 'As it became' },
        erasure: { does: 'delete', why: 'Undoing the file would bring them back.' },
      },
      {
        as: 'Somebody else’s that names you',
        secret: true,
        whose: `t.person_id <> :person and ${mentions('t.before::text', 't.after::text')}`,
        shows: {},
        hides: { kind: 'somebody else’s', before: 'somebody else’s', after: 'somebody else’s' },
        erasure: {
          does: 'empty',
          set: { before: `(${unnamed('t.before::text')})::jsonb`, after: `(${unnamed('t.after::text')})::jsonb` },
          why: 'It is about the other person; the name in it goes.',
          stays: { kind: word },
        },
      },
    ],
  },
  {
    table: 'transfer',
    title: 'Moves to another institution',
    kept: { for: 'To hand over what you take with you when you move.', ...leaver },
    global: true,
    plumbing: [...ids, 'person_id', 'to_person_id', 'version', 'marked_at'],
    parts: [
      {
        as: 'You left for another',
        whose: 't.institution_id = :institution and t.person_id = :person',
        shows: {
          status: 'Status',
          last_day: 'Last day',
          first_day: 'First day there',
          card: 'What was handed on',
          to_card: 'What they answered',
          started_at: 'Begun at',
          decided_at: 'Answered at',
        },
        hides: {
          to_institution_id: 'stands on the card',
          started_by: 'a pseudonym of another person',
          decided_by: 'a pseudonym of another person',
        },
        erasure: {
          does: 'empty',
          set: {
            card: `'{}'`,
            to_card: `case when t.to_card is null then null else '{}'::jsonb end`,
            version: 't.version + 1',
          },
          why: 'That somebody moved stays by pseudonym; the cards go.',
          stays: { status: word },
        },
      },
      {
        as: 'You came from another',
        whose: 't.to_institution_id = :institution and t.to_person_id = :person',
        shows: {
          status: 'Status',
          last_day: 'Last day there',
          first_day: 'First day',
          card: 'What was handed on',
          to_card: 'What was answered',
          started_at: 'Begun at',
          decided_at: 'Answered at',
        },
        hides: {
          to_institution_id: 'this institution',
          started_by: 'a pseudonym of another person',
          decided_by: 'a pseudonym of another person',
        },
        erasure: {
          does: 'empty',
          set: { card: `'{}'`, to_card: `'{}'`, version: 't.version + 1' },
          why: 'That somebody came stays by pseudonym; the cards go.',
          stays: { status: word },
        },
      },
      {
        as: 'You began or answered it',
        whose: `(t.institution_id = :institution and t.started_by = :person) or (t.to_institution_id = :institution and t.decided_by = :person)`,
        shows: { status: 'Status', started_at: 'Begun at', decided_at: 'Answered at' },
        hides: {
          to_institution_id: 'another institution, or this one',
          started_by: 'yourself, or a pseudonym',
          decided_by: 'yourself, or a pseudonym',
          last_day: 'somebody else’s',
          first_day: 'somebody else’s',
          card: 'somebody else’s',
          to_card: 'somebody else’s',
        },
        erasure: {
          does: 'keep',
          why: 'It is about the other person; only the pseudonym stands there.',
          stays: { status: word, card: 'the other person’s', to_card: 'the other person’s' },
        },
      },
    ],
  },
  {
    table: 'relationship',
    title: 'Facts between two people',
    kept: {
      for: 'So that nobody decides about somebody they are close to, and no earlier pair is made again.',
      ...leaver,
    },
    plumbing: [...ids, 'source_id'],
    parts: [
      {
        as: 'Between you and somebody',
        whose: 't.subject_id = :person or t.object_id = :person',
        shows: {
          kind: 'Kind',
          subject_id: ['Who', named('t.subject_id')],
          object_id: ['To whom', named('t.object_id')],
          since: 'Since',
          until: 'Until',
        },
        erasure: { does: 'delete', why: 'They keep two people apart, and one of them is gone.' },
      },
    ],
  },
  {
    table: 'role_held',
    title: 'Roles',
    kept: { for: 'To know who may do what, and who might then.', ...leaver },
    plumbing: ids,
    parts: [
      {
        as: 'Roles you held',
        whose: 't.person_id = :person',
        shows: {
          role: 'Role',
          held_from: 'From',
          held_until: 'Until',
          granted_by: ['Given by', named('t.granted_by')],
        },
        hides: { person_id: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'The audit says by pseudonym what was done; this says that whoever did it was allowed to.',
          stays: { role: word },
        },
      },
      {
        as: 'Roles you gave',
        whose: 't.granted_by = :person',
        shows: {
          person_id: ['To', named('t.person_id')],
          role: 'Role',
          held_from: 'From',
          held_until: 'Until',
        },
        hides: { granted_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'Other people hold them; only the pseudonym stands there.',
          stays: { role: word },
        },
      },
    ],
  },
  {
    table: 'correction',
    title: 'Corrections asked for',
    kept: { for: 'To put right what is wrong about you.', ...leaver },
    plumbing: [...ids, 'version'],
    parts: [
      {
        as: 'You asked',
        whose: 't.person_id = :person',
        shows: {
          field: 'What',
          should_be: 'Should be',
          why: 'Why',
          status: 'Status',
          asked_at: 'Asked at',
          answered_by: ['Answered by', named('t.answered_by')],
          answered_at: 'Answered at',
          answer: 'Answer',
        },
        hides: { person_id: 'yourself' },
        erasure: { does: 'delete', why: 'They are about this person alone.' },
      },
      {
        as: 'You answered',
        whose: 't.answered_by = :person',
        shows: { field: 'What', status: 'Outcome', answered_at: 'Answered at', answer: 'Your answer' },
        hides: {
          person_id: 'somebody else',
          should_be: 'somebody else’s words',
          why: 'somebody else’s words',
          asked_at: 'somebody else’s',
          answered_by: 'yourself',
        },
        erasure: {
          does: 'keep',
          why: 'The answer belongs to the one who asked; only the pseudonym stands there.',
          stays: {
            field: word,
            status: word,
            should_be: 'words of the one who asked',
            why: 'words of the one who asked',
            answer: 'the answer, which is the other person’s record',
          },
        },
      },
    ],
  },
  {
    table: 'data_export_file',
    title: 'Files of own data',
    kept: { for: 'To give you your own data.', until: 'Deleted 7 days after it is ready.' },
    plumbing: ['institution_id', 'export_id', 'content'],
    parts: [
      {
        as: 'Your files',
        whose: `t.export_id in (select e.id from data_export e where e.institution_id = :institution and e.person_id = :person)`,
        shows: { format: 'Format' },
        erasure: { does: 'delete', why: 'They hold everything about the person.' },
      },
    ],
  },
  {
    table: 'data_export',
    title: 'Requests for own data',
    kept: { for: 'To give you your own data, and to show that it was given.', ...leaver },
    plumbing: [...ids, 'job_id', 'version'],
    parts: [
      {
        as: 'Of your data',
        whose: 't.person_id = :person',
        shows: {
          status: 'Status',
          asked_at: 'Asked at',
          requested_by: ['Asked by', named('t.requested_by')],
          ready_at: 'Ready at',
          kept_until: 'Kept until',
          fetched_at: 'Fetched at',
        },
        hides: { person_id: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'That the request was met can be shown, by pseudonym; the files are gone.',
          stays: { status: word },
        },
      },
      {
        as: 'Asked for somebody else',
        whose: 't.requested_by = :person and t.person_id <> :person',
        shows: { status: 'Status', asked_at: 'Asked at', ready_at: 'Ready at', fetched_at: 'Fetched at' },
        hides: { person_id: 'somebody else', requested_by: 'yourself', kept_until: 'somebody else’s' },
        erasure: {
          does: 'keep',
          why: 'It is the other person’s; only the pseudonym stands there.',
          stays: { status: word },
        },
      },
    ],
  },
  {
    table: 'erasure',
    title: 'Erasures',
    kept: {
      for: 'To show that somebody was erased, when and why.',
      until: 'For as long as the institution keeps its audit.',
    },
    plumbing: [...ids, 'job_id', 'version', 'summary'],
    parts: [
      {
        as: 'Of your record, or asked by you',
        whose: 't.person_id = :person or t.asked_by = :person',
        shows: { reason: 'Reason', status: 'Status', asked_at: 'Asked at', erased_at: 'Done at' },
        hides: { person_id: 'a pseudonym', asked_by: 'a pseudonym' },
        erasure: {
          does: 'keep',
          why: 'It holds pseudonyms and counts, and shows that the erasure was done.',
          stays: { reason: word, status: word, summary: 'counts by table' },
        },
      },
    ],
  },
  {
    table: 'session',
    title: 'Sessions',
    kept: {
      for: 'To know that it is you, from one page to the next.',
      until: 'Ends after 14 days, or when you sign out; deleted {days} later.',
      setting: 'sessions_kept_days',
    },
    global: true,
    plumbing: ['id', 'institution_id', 'account_id', 'token_hash'],
    parts: [
      {
        as: 'Your sessions',
        whose: 't.institution_id = :institution and t.person_id = :person',
        shows: { created_at: 'Opened', expires_at: 'Ends', acting_until: 'Acted for somebody until' },
        hides: { person_id: 'yourself', acting_for_id: 'somebody else' },
        erasure: { does: 'delete', why: 'They would open a door.' },
      },
      {
        as: 'Somebody acts for you',
        whose: 't.institution_id = :institution and t.acting_for_id = :person',
        shows: { acting_until: 'Until' },
        hides: {
          person_id: 'somebody else',
          acting_for_id: 'yourself',
          created_at: 'somebody else’s',
          expires_at: 'somebody else’s',
        },
        erasure: {
          does: 'empty',
          set: { acting_for_id: 'null', acting_until: 'null' },
          why: 'Nobody can act for somebody who is gone; the session is the other person’s.',
          stays: { token_hash: 'of the other person’s session' },
        },
      },
    ],
  },
  {
    table: 'account_person',
    title: 'Sign-in here',
    kept: { for: 'To know who you are, in which institution, when you sign in.', ...leaver },
    plumbing: ['account_id', 'institution_id', 'person_id'],
    parts: [
      {
        as: 'You in this institution',
        whose: 't.person_id = :person',
        shows: {
          account_id: ['Signs in as', '(select a.email from account a where a.id = t.account_id)'],
          linked_at: 'Since',
        },
        erasure: {
          does: 'delete',
          why: 'Nobody signs in as them any more. With the last of them the account ends, its password and its links.',
        },
      },
    ],
  },
  {
    table: 'token',
    title: 'Links to set a password',
    kept: {
      for: 'So that only you can set your password.',
      until: 'Works for an hour, or 14 days for an invitation; deleted {days} later.',
      setting: 'sessions_kept_days',
    },
    global: true,
    plumbing: ['id', 'token_hash', 'account_id'],
    parts: [
      {
        as: 'Sent to you',
        whose: 't.account_id = any(:accounts)',
        shows: { purpose: 'For', created_at: 'Sent', expires_at: 'Ends', used_at: 'Used' },
        // With the account, where that ends: see the trigger of account_person. Else they are of the other institution too.
        erasure: {
          does: 'keep',
          why: 'They end with the account.',
          stays: { token_hash: secretOfSignIn, purpose: word },
        },
      },
    ],
  },
  {
    table: 'account',
    title: 'Account',
    kept: { for: 'To let you in, and nobody else.', ...leaver },
    global: true,
    plumbing: ['id'],
    parts: [
      {
        as: 'Of this institution alone',
        whose: `t.id = any(:accounts) and ${onlyHere}`,
        shows: { email: 'E-mail address', created_at: 'Since' },
        hides: { password_hash: secretOfSignIn },
        erasure: { does: 'delete', why: 'It is nobody’s any more.' },
      },
      {
        as: 'Of another institution too',
        whose: `t.id = any(:accounts) and not (${onlyHere})`,
        shows: { email: 'E-mail address', created_at: 'Since' },
        hides: { password_hash: secretOfSignIn },
        erasure: {
          does: 'keep',
          why: 'It opens another institution too, which keeps it.',
          stays: { email: 'what the other institution has too', password_hash: secretOfSignIn },
        },
      },
    ],
  },
  {
    table: 'person_search',
    title: 'Found by search',
    kept: { for: 'So that you are found by name, address or number, also with a slip of the finger.', ...leaver },
    plumbing: ['institution_id', 'person_id', 'left_on', 'keys'],
    parts: [
      {
        as: 'You',
        whose: 't.person_id = :person',
        shows: { name: 'Name as it is compared', listed_as: 'Name as it is listed' },
        erasure: {
          does: 'keep',
          why: 'It follows the record by itself: whoever is erased is found as “erased person” alone.',
          stays: { name: 'follows the record', listed_as: 'follows the record' },
        },
      },
    ],
  },
  {
    table: 'person',
    title: 'Record',
    kept: { for: 'To know who works where, and for whom.', ...leaver },
    plumbing: ['institution_id', 'version', 'left_told', 'erased_at'],
    parts: [
      {
        as: 'Yourself',
        whose: 't.id = :person',
        shows: {
          id: 'Identifier',
          given_name: 'First name',
          family_name: 'Last name',
          email: 'E-mail address',
          staff_number: 'Staff number',
          job_title: 'Job title',
          unit_id: [
            'Unit',
            '(select u.name from unit u where u.institution_id = t.institution_id and u.id = t.unit_id)',
          ],
          grade_id: [
            'Grade',
            '(select g.name from grade g where g.institution_id = t.institution_id and g.id = t.grade_id)',
          ],
          line_manager_id: ['Line manager', named('t.line_manager_id')],
          technician: 'Technician',
          contract_until: 'Contract until',
          externally_funded: 'Paid by somebody else',
          left_on: 'Last day',
          created_at: 'Added',
        },
        erasure: {
          does: 'empty',
          set: {
            given_name: `'Erased'`,
            family_name: `'person'`,
            email: 'null',
            staff_number: 'null',
            job_title: 'null',
            unit_id: 'null',
            grade_id: 'null',
            line_manager_id: 'null',
            technician: 'false',
            contract_until: 'null',
            externally_funded: 'false',
            version: 't.version + 1',
          },
          why: 'The row stays as “Erased person”, a pseudonym for what other records and the audit say.',
        },
      },
      {
        as: 'Line manager of others',
        whose: 't.line_manager_id = :person',
        shows: { given_name: 'First name', family_name: 'Last name', job_title: 'Job title' },
        hides: Object.fromEntries(
          [
            ...[
              'id',
              'email',
              'staff_number',
              'unit_id',
              'grade_id',
              'line_manager_id',
              'technician',
              'contract_until',
            ],
            ...['externally_funded', 'left_on', 'created_at'],
          ].map((column) => [column, 'somebody else’s']),
        ),
        erasure: {
          does: 'empty',
          set: { line_manager_id: 'null', version: 't.version + 1' },
          why: 'Nobody reports to somebody who is gone.',
          stays: {
            given_name: 'the other person’s',
            family_name: 'the other person’s',
            email: 'the other person’s',
            staff_number: 'the other person’s',
            job_title: 'the other person’s',
          },
        },
      },
    ],
  },
];

/** Tables of people that hold nothing of a person. */
export const peopleImpersonalTables: ImpersonalTables = {
  unit: 'names of units',
  grade: 'names of grades',
  skill: 'names of skills, the institution’s own list',
  closure_day: 'names of holidays',
  search_word: 'words of names without whose they are; one that was somebody’s alone goes with them',
  staff_import_mapping: 'headings of files and what they were taken for',
};
