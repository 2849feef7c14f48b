import { named } from '@waymark/api-people';
import { type ImpersonalTables, mentions, type PersonalTable } from '@waymark/api-platform';

const untilErased =
  'For as long as you are here; after your last day until your record is erased, which is suggested after {days}.';
const leaver = { until: untilErased, setting: 'leavers_kept_days' } as const;
const ids = ['institution_id', 'id'];
const word = 'a word of ours';
const own = (table: string): string =>
  `(select x.id from ${table} x where x.institution_id = :institution and x.person_id = :person)`;
const roundName = (round: string): string =>
  `(select o.name from round o where o.institution_id = t.institution_id and o.id = ${round})`;
const runOf = (column: string): string =>
  `(select r.${column} from run r where r.institution_id = t.institution_id and r.id = t.run_id)`;
/** The run that was released: what the others found was never acted upon. */
const released = `t.run_id in (select o.released_run_id from round o where o.institution_id = :institution and o.released_run_id is not null)`;

const unreleased =
  'Results that were never released: nobody acted upon them, and they would show other people. Whom the rules kept apart is shown to nobody.';

/** Rows of a pending file that are about them: their address or number in a cell, or both names where no cell has an address. */
const inCells = `exists (select from unnest(t.cells) c where lower(trim(c)) = any(:addresses) or (:staff is not null and trim(c) = :staff))
  or (exists (select from unnest(t.cells) c where lower(trim(c)) = lower(:given))
    and exists (select from unnest(t.cells) c where lower(trim(c)) = lower(:family))
    and not exists (select from unnest(t.cells) c where c like '%@%'))
  or ${mentions(`array_to_string(t.cells, ' | ')`, 't.reading::text')}`;

/** What the tables of mentoring hold of a person. */
export const mentoringPersonalTables: readonly PersonalTable[] = [
  {
    table: 'identity_answer',
    title: 'Answers about identity',
    kept: {
      for: 'Where you chose to say it: to match you on it, for that alone. Nobody sees it but you, here.',
      ...leaver,
    },
    plumbing: ['institution_id', 'person_id'],
    parts: [
      {
        as: 'You said',
        whose: 't.person_id = :person',
        shows: { side: 'As', answers: 'Answers' },
        erasure: { does: 'delete', why: 'It is about this person alone.' },
      },
    ],
  },
  {
    table: 'exclusion',
    title: 'People excluded',
    kept: { for: 'So that you are never put together with them.', ...leaver },
    plumbing: ['institution_id'],
    leftOut: 'Whether anybody else has excluded somebody, and whom, is private to them and shown to nobody.',
    parts: [
      {
        as: 'You excluded',
        whose: 't.person_id = :person',
        shows: { excluded_person_id: ['Whom', named('t.excluded_person_id')] },
        hides: { person_id: 'yourself' },
        erasure: { does: 'delete', why: 'Nobody is put together with them any more.' },
      },
      {
        as: 'Somebody excluded you',
        secret: true,
        whose: 't.excluded_person_id = :person',
        shows: {},
        hides: { person_id: 'private to the one who excluded', excluded_person_id: 'private to the one who excluded' },
        erasure: { does: 'delete', why: 'Nobody is put together with them any more.' },
      },
    ],
  },
  {
    table: 'enrolment',
    title: 'As a mentor',
    kept: { for: 'To find mentees whom you can help.', ...leaver },
    plumbing: [...ids, 'version', 'person_id'],
    parts: [
      {
        as: 'Mentor',
        whose: 't.person_id = :person',
        shows: {
          status: 'Status',
          capacity: 'Places',
          attributes: 'What you said to be matched on',
          created_at: 'Since',
          paused_for_silence: 'Paused because proposals lapsed',
          silences_from: 'Silences counted from',
        },
        erasure: {
          does: 'empty',
          set: { attributes: `'{}'`, status: `'retired'`, version: 't.version + 1' },
          why: 'Rounds and pairs of other people refer to the place; what was said goes.',
        },
      },
    ],
  },
  {
    table: 'request',
    title: 'Requests for a mentor',
    kept: { for: 'To find a mentor who can help you, and to see that nobody waits too long.', ...leaver },
    plumbing: [...ids, 'version', 'person_id'],
    parts: [
      {
        as: 'Mentee',
        whose: 't.person_id = :person',
        shows: {
          status: 'Status',
          attributes: 'What you said to be matched on',
          rounds_waited: 'Rounds waited',
          asked_at: 'Asked at',
        },
        erasure: {
          does: 'empty',
          set: {
            attributes: `'{}'`,
            status: `case when t.status = 'open' then 'withdrawn' else t.status end`,
            version: 't.version + 1',
          },
          why: 'Rounds and pairs of other people refer to it; what was said goes.',
          stays: { status: word },
        },
      },
    ],
  },
  {
    table: 'round_mentee',
    title: 'Rounds as mentee',
    kept: { for: 'To match everybody of a round together.', ...leaver },
    plumbing: ['institution_id', 'request_id'],
    parts: [
      {
        as: 'Mentee',
        whose: `t.request_id in ${own('request')}`,
        shows: { round_id: ['Round', roundName('t.round_id')] },
        erasure: { does: 'keep', why: 'A round’s figures stay true; only the pseudonym stands there.' },
      },
    ],
  },
  {
    table: 'round_mentor',
    title: 'Rounds as mentor',
    kept: { for: 'To match everybody of a round together.', ...leaver },
    plumbing: ['institution_id', 'enrolment_id'],
    parts: [
      {
        as: 'Mentor',
        whose: `t.enrolment_id in ${own('enrolment')}`,
        shows: { round_id: ['Round', roundName('t.round_id')] },
        erasure: { does: 'keep', why: 'A round’s figures stay true; only the pseudonym stands there.' },
      },
    ],
  },
  {
    table: 'round_choice',
    title: 'Choices about pairs',
    kept: {
      for: 'So that a coordinator can put two people together, or keep them apart, before a round is matched.',
      ...leaver,
    },
    plumbing: [...ids, 'request_id', 'enrolment_id'],
    leftOut:
      'Choices that coordinators made about anybody, and why, are private to the coordinators: they are about two people.',
    parts: [
      {
        as: 'You made the choice',
        whose: 't.made_by = :person',
        shows: {
          round_id: ['Round', roundName('t.round_id')],
          kind: 'Choice',
          reason: 'Your reason',
          made_at: 'Made at',
        },
        hides: { made_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'It is the institution’s record about two other people; only the pseudonym stands there.',
          stays: { kind: word, reason: 'about the two others' },
        },
      },
      {
        as: 'A choice about you',
        secret: true,
        whose: `t.request_id in ${own('request')} or t.enrolment_id in ${own('enrolment')}`,
        shows: {},
        hides: {
          round_id: 'private to coordinators',
          kind: 'private to coordinators',
          reason: 'private to coordinators',
          made_at: 'private to coordinators',
          made_by: 'private to coordinators',
        },
        erasure: {
          does: 'delete',
          why: 'Nobody is put together with them any more, and the reason may be about them.',
        },
      },
    ],
  },
  {
    table: 'run_pair',
    title: 'Matching results',
    kept: { for: 'To show how a round came about.', ...leaver },
    plumbing: ['institution_id', 'request_id', 'enrolment_id', 'score', 'pinned'],
    leftOut: unreleased,
    parts: [
      {
        as: 'In a result that was released',
        whose: `(t.request_id in ${own('request')} or t.enrolment_id in ${own('enrolment')}) and ${released}`,
        shows: {
          run_id: ['Round', roundName(runOf('round_id'))],
          shown_score: 'Points',
          parts: 'What they were for',
        },
        erasure: {
          does: 'empty',
          set: { parts: `'[]'` },
          why: 'The round’s figures stay true; what the two had in common goes.',
        },
      },
      {
        as: 'In a result that was not',
        secret: true,
        whose: `(t.request_id in ${own('request')} or t.enrolment_id in ${own('enrolment')}) and not (${released})`,
        shows: {},
        hides: { run_id: unreleased, shown_score: unreleased, parts: unreleased },
        erasure: {
          does: 'empty',
          set: { parts: `'[]'` },
          why: 'The run’s figures stay true; what the two had in common goes.',
        },
      },
    ],
  },
  {
    table: 'run_left_out',
    title: 'Where no mentor was found',
    kept: { for: 'To show why, and to serve you first next time.', ...leaver },
    plumbing: ['institution_id', 'request_id'],
    leftOut: unreleased,
    parts: [
      {
        as: 'In a result that was released',
        whose: `t.request_id in ${own('request')} and ${released}`,
        shows: { run_id: ['Round', roundName(runOf('round_id'))], reason: ['Why', `t.reason->>'kind'`] },
        hides: { blocked: 'counts of mentors by rule, from which it could be worked out who keeps away from whom' },
        erasure: {
          does: 'keep',
          why: 'It holds words of ours, counts and pseudonyms.',
          stays: { reason: 'words of ours, counts and pseudonyms', blocked: 'counts by rule' },
        },
      },
      {
        as: 'In a result that was not',
        secret: true,
        whose: `t.request_id in ${own('request')} and not (${released})`,
        shows: {},
        hides: { run_id: unreleased, reason: unreleased, blocked: unreleased },
        erasure: {
          does: 'keep',
          why: 'It holds words of ours, counts and pseudonyms.',
          stays: { reason: 'words of ours, counts and pseudonyms', blocked: 'counts by rule' },
        },
      },
    ],
  },
  {
    table: 'run_unlock',
    title: 'What one more place would do',
    kept: { for: 'To show the coordinator what one more place would do.', ...leaver },
    plumbing: ['institution_id', 'run_id', 'enrolment_id', 'serves'],
    parts: [
      {
        as: 'Mentor',
        whose: `t.enrolment_id in ${own('enrolment')} and ${released}`,
        shows: { serves_count: 'People it would serve' },
        erasure: { does: 'keep', why: 'It holds counts and pseudonyms.' },
      },
    ],
  },
  {
    table: 'run_new_mentor',
    title: 'What one more mentor would do',
    kept: { for: 'To show the coordinator which mentors are missing.', ...leaver },
    plumbing: ['institution_id', 'run_id', 'position', 'grades', 'serves_count', 'serves'],
    leftOut: unreleased,
    parts: [
      {
        as: 'In a result that was released',
        whose: `t.serves && array${own('request')} and ${released}`,
        shows: { attribute: 'What you would share with them', value: 'Which' },
        erasure: { does: 'delete', why: 'What they would share may be in the person’s own words.' },
      },
      {
        as: 'In a result that was not',
        secret: true,
        whose: `t.serves && array${own('request')} and not (${released})`,
        shows: {},
        hides: { attribute: unreleased, value: unreleased },
        erasure: { does: 'delete', why: 'What they would share may be in the person’s own words.' },
      },
    ],
  },
  {
    table: 'proposal',
    title: 'Proposals',
    kept: { for: 'To bring mentor and mentee together, and to show later what was proposed and answered.', ...leaver },
    plumbing: [...ids, 'request_id', 'enrolment_id', 'version', 'forwarded_from', 'days_left'],
    leftOut: 'Why a mentor said no is private between them and the coordinators.',
    parts: [
      {
        as: 'Mentee',
        whose: 't.mentee_id = :person',
        shows: {
          round_id: ['Round', roundName('t.round_id')],
          mentor_id: ['Mentor', named('t.mentor_id')],
          status: 'Status',
          parts: 'Why you two',
          proposed_at: 'Proposed at',
          answer_by: 'Answer by',
          answered_at: 'Answered at',
          question: 'Question to you',
          question_at: 'Asked at',
          question_answer: 'Your answer',
          question_closed_at: 'Question closed at',
          agreement: 'Agreement',
          agreement_by: ['Agreement written by', named('t.agreement_by')],
          agreement_at: 'Agreement written at',
        },
        hides: {
          mentee_id: 'yourself',
          decline_reason: 'private to the mentor and the coordinators',
          decline_note: 'private to the mentor and the coordinators',
          reminded_at: 'of the mentor',
          unanswered: 'of the mentor',
        },
        erasure: {
          does: 'empty',
          set: {
            parts: `'[]'`,
            decline_note: 'null',
            question: `case when t.question is null then null else '' end`,
            question_answer: `case when t.question_answer is null then null else '' end`,
            agreement: 'null',
            version: 't.version + 1',
          },
          why: 'That it was made and answered is the mentor’s record too; the words go.',
          stays: { status: word, decline_reason: word },
        },
      },
      {
        as: 'Mentor',
        whose: 't.mentor_id = :person',
        shows: {
          round_id: ['Round', roundName('t.round_id')],
          mentee_id: ['Mentee', named('t.mentee_id')],
          status: 'Status',
          parts: 'Why you two',
          proposed_at: 'Proposed at',
          answer_by: 'Answer by',
          answered_at: 'Answered at',
          reminded_at: 'Reminded at',
          unanswered: 'Lapsed without an answer',
          decline_reason: 'Your reason',
          decline_note: 'Your note to the coordinators',
          question: 'Your question',
          question_at: 'Asked at',
          question_answer: 'Answer to you',
          question_closed_at: 'Question closed at',
          agreement: 'Agreement',
          agreement_by: ['Agreement written by', named('t.agreement_by')],
          agreement_at: 'Agreement written at',
        },
        hides: { mentor_id: 'yourself' },
        erasure: {
          does: 'empty',
          set: {
            parts: `'[]'`,
            decline_note: 'null',
            question: `case when t.question is null then null else '' end`,
            question_answer: `case when t.question_answer is null then null else '' end`,
            agreement: 'null',
            version: 't.version + 1',
          },
          why: 'That it was made and answered is the mentee’s record too; the words go.',
          stays: { status: word, decline_reason: word },
        },
      },
    ],
  },
  {
    table: 'pair',
    title: 'Pairs',
    kept: { for: 'To know who works with whom, and for how long.', ...leaver },
    plumbing: [...ids, 'proposal_id', 'request_id', 'enrolment_id', 'version'],
    leftOut: 'Why a pair ended is private to the one who ended it and the coordinators.',
    parts: [
      {
        as: 'Mentor or mentee',
        whose: 't.mentor_id = :person or t.mentee_id = :person',
        shows: {
          mentor_id: ['Mentor', named('t.mentor_id')],
          mentee_id: ['Mentee', named('t.mentee_id')],
          status: 'Status',
          goals: 'Goals',
          rhythm: 'How often',
          mode: 'How',
          agreed_at: 'Agreed at',
          ends_on: 'Until',
          ended_at: 'Ended at',
        },
        hides: { end_reason: 'private to the one who ended it' },
        erasure: {
          does: 'empty',
          set: { goals: `''`, rhythm: `''`, version: 't.version + 1' },
          why: 'That it was is the other person’s record too; what the two wrote goes.',
          stays: { status: word, mode: word, end_reason: word },
        },
      },
    ],
  },
  {
    table: 'pair_going_on',
    title: 'Pairs asked to go on',
    kept: { for: 'Where one of two moves to another institution: whether both wish to go on.', ...leaver },
    plumbing: ['institution_id', 'transfer_id', 'pair_id'],
    leftOut: 'What the other of the two answered is theirs.',
    parts: [
      {
        as: 'Mentor',
        whose: `t.pair_id in (select x.id from pair x where x.institution_id = :institution and x.mentor_id = :person)`,
        shows: { mentor_answer: 'You wish to go on', asked_at: 'Asked at' },
        hides: { mentee_answer: 'the other person’s' },
        erasure: { does: 'keep', why: 'It holds a yes or no and pseudonyms.' },
      },
      {
        as: 'Mentee',
        whose: `t.pair_id in (select x.id from pair x where x.institution_id = :institution and x.mentee_id = :person)`,
        shows: { mentee_answer: 'You wish to go on', asked_at: 'Asked at' },
        hides: { mentor_answer: 'the other person’s' },
        erasure: { does: 'keep', why: 'It holds a yes or no and pseudonyms.' },
      },
    ],
  },
  {
    table: 'shared_pair',
    title: 'Pairs across two institutions',
    kept: { for: 'So that a pair can go on when one of the two moves.', ...leaver },
    global: true,
    plumbing: [...ids, 'transfer_id', 'other_institution_id', 'version', 'moved_side'],
    leftOut: 'The other’s card is theirs, but for the name.',
    parts: [
      {
        as: 'You stayed',
        whose: 't.institution_id = :institution and t.stays_id = :person',
        shows: {
          status: 'Status',
          goals: 'Goals',
          agreed_at: 'Agreed at',
          ends_on: 'Until',
          ended_at: 'Ended at',
          stays_card: 'Your card',
          moved_card: ['With', `t.moved_card->>'name'`],
        },
        hides: { stays_id: 'yourself', moved_id: 'a pseudonym of another person' },
        erasure: {
          does: 'empty',
          set: { goals: `''`, stays_card: `'{}'`, version: 't.version + 1' },
          why: 'That it was is the other person’s record too; the card and what the two wrote go.',
          stays: { status: word, moved_side: word, moved_card: 'the other person’s card' },
        },
      },
      {
        as: 'You moved',
        whose: 't.other_institution_id = :institution and t.moved_id = :person',
        shows: {
          status: 'Status',
          goals: 'Goals',
          agreed_at: 'Agreed at',
          ends_on: 'Until',
          ended_at: 'Ended at',
          moved_card: 'Your card',
          stays_card: ['With', `t.stays_card->>'name'`],
        },
        hides: { moved_id: 'yourself', stays_id: 'a pseudonym of another person' },
        erasure: {
          does: 'empty',
          set: { goals: `''`, moved_card: `'{}'`, version: 't.version + 1' },
          why: 'That it was is the other person’s record too; the card and what the two wrote go.',
          stays: { status: word, moved_side: word, stays_card: 'the other person’s card' },
        },
      },
    ],
  },
  {
    table: 'round_import_row',
    title: 'Rows of files being loaded',
    kept: {
      for: 'To check a list of mentors or mentees before it is loaded.',
      until: 'Until the file is loaded or put away, and at most {days}.',
      setting: 'import_files_kept_days',
    },
    plumbing: ['institution_id', 'import_id', 'reading'],
    parts: [
      {
        as: 'A row about you',
        whose: inCells,
        shows: { line: 'Line', cells: 'Cells', outcome: 'Outcome' },
        erasure: { does: 'delete', why: 'Else the file would bring them back.' },
      },
    ],
  },
  {
    table: 'round_import',
    title: 'Files loaded into rounds',
    kept: { for: 'To show who loaded what.', ...leaver },
    plumbing: [
      ...[...ids, 'round_id', 'version', 'job_id', 'encoding', 'separator', 'headings', 'mapping', 'places_default'],
      ...['grade_order', 'preview'],
    ],
    parts: [
      {
        as: 'You loaded it',
        whose: 't.uploaded_by = :person',
        shows: { file_name: 'File', side: 'Of', row_count: 'Rows', status: 'Status', uploaded_at: 'At' },
        hides: { uploaded_by: 'yourself' },
        erasure: {
          does: 'empty',
          set: { file_name: `'file'` },
          why: 'What was loaded is the institution’s; the name of the file goes.',
          stays: {
            side: word,
            status: word,
            encoding: word,
            separator: word,
            headings: 'headings of the file',
            mapping: 'headings of the file',
            grade_order: 'names of grades',
            preview: 'counts, names of units and grades',
          },
        },
      },
      {
        as: 'A file whose name names you',
        secret: true,
        whose: `t.uploaded_by <> :person and ${mentions('t.file_name')}`,
        shows: {},
        hides: {
          file_name: 'somebody else’s file',
          side: 'somebody else’s file',
          row_count: 'somebody else’s file',
          status: 'somebody else’s file',
          uploaded_at: 'somebody else’s file',
          uploaded_by: 'somebody else',
        },
        erasure: {
          does: 'empty',
          set: { file_name: `'file'` },
          why: 'What was loaded is the institution’s; the name of the file goes.',
          stays: {
            side: word,
            status: word,
            encoding: word,
            separator: word,
            headings: 'headings of the file',
            mapping: 'headings of the file',
            grade_order: 'names of grades',
            preview: 'counts, names of units and grades',
          },
        },
      },
    ],
  },
  {
    table: 'round',
    title: 'Rounds started',
    kept: { for: 'To match people together.', until: 'For as long as the institution keeps its rounds.' },
    plumbing: [...ids, 'version', 'rules', 'released_run_id'],
    parts: [
      {
        as: 'You started it',
        whose: 't.created_by = :person',
        shows: { name: 'Round', status: 'Status', created_at: 'Started at', released_at: 'Released at' },
        hides: { created_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'The round is the institution’s; only the pseudonym stands there.',
          stays: { name: 'the round’s name', status: word, rules: 'rules of the round' },
        },
      },
    ],
  },
  {
    table: 'run',
    title: 'Matchings started',
    kept: { for: 'To show how a round came about.', until: 'For as long as the institution keeps its rounds.' },
    plumbing: [...ids, 'rules', 'method', 'job_id', 'summary', 'choices'],
    parts: [
      {
        as: 'You started it',
        whose: 't.started_by = :person',
        shows: {
          round_id: ['Round', roundName('t.round_id')],
          number: 'Number',
          status: 'Status',
          started_at: 'Started at',
        },
        hides: { started_by: 'yourself' },
        erasure: {
          does: 'keep',
          why: 'The result is the institution’s; only the pseudonym stands there.',
          stays: {
            status: word,
            rules: 'rules of the round',
            method: word,
            summary: 'figures',
            choices: 'words of ours and pseudonyms',
          },
        },
      },
    ],
  },
];

/** Tables of mentoring that hold nothing of a person. */
export const mentoringImpersonalTables: ImpersonalTables = {};
