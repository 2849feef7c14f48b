-- Funding: applications from the first word to the decision.

create table application (
  institution_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  person_id uuid not null,
  -- What it is called where names do not stand: in blind reading, letters and lists. `CF26-0042`.
  reference text not null,
  status text not null,
  -- True where the call takes one application a person: the database refuses a second.
  only_one boolean not null,
  -- What is being written, and its own count of revisions: see applicationDraft. Autosaves are not audited.
  draft jsonb not null,
  draft_version integer not null,
  draft_saved_at timestamptz not null,
  -- The submission that counts; null before the first.
  submission_number integer,
  -- Why it is ineligible: rules by name; or what the coordinator decided, with a reason.
  failed_rules text[],
  decided_reason text,
  -- Where it stands on the reserve list, 1 the first; null elsewhere.
  reserve_rank integer,
  created_at timestamptz not null,
  version integer not null,
  constraint application_pk primary key (institution_id, id),
  constraint application_call foreign key (institution_id, call_id) references call (institution_id, id),
  constraint application_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint application_reference unique (institution_id, reference),
  constraint application_status check (status in ('draft', 'submitted', 'endorsed', 'returned', 'declined', 'unendorsed',
    'eligible', 'ineligible', 'scored', 'awarded', 'part-awarded', 'reserve', 'unsuccessful', 'withdrawn', 'call-cancelled')),
  constraint application_reserve check (reserve_rank is null or status = 'reserve'),
  constraint application_draft_version check (draft_version >= 1)
) with (fillfactor = 80);
create unique index application_only_one on application (institution_id, call_id, person_id)
  where only_one and status not in ('withdrawn', 'call-cancelled');
-- One draft at a time, so that beginning twice at once begins one.
create unique index application_one_draft on application (institution_id, call_id, person_id) where status = 'draft';
create index application_of_call on application (institution_id, call_id, status);
create index application_of_person on application (institution_id, person_id, created_at);
select protect_tenant_table('application');

-- The last number given to an application's reference, by institution and year.
create table application_reference_count (
  institution_id uuid not null,
  year smallint not null,
  last integer not null,
  constraint application_reference_count_pk primary key (institution_id, year),
  constraint application_reference_count_institution foreign key (institution_id) references institution (id),
  constraint application_reference_count_last check (last >= 1)
);
select protect_tenant_table('application_reference_count');

-- What was submitted, frozen: it stays readable as it was, judged by the terms it was submitted under.
create table application_submission (
  institution_id uuid not null,
  application_id uuid not null,
  number integer not null,
  document jsonb not null,
  terms_number integer not null,
  asked_pence bigint not null,
  least_pence bigint not null,
  -- Copies of the document's own, for lists and for what depends on dates.
  event_name text not null,
  event_starts_on date not null,
  event_ends_on date not null,
  -- The rules as they were judged when it was sent: see ruleResult.
  judged jsonb not null,
  submitted_at timestamptz not null,
  submitted_by uuid not null,
  constraint application_submission_pk primary key (institution_id, application_id, number),
  constraint application_submission_application foreign key (institution_id, application_id)
    references application (institution_id, id),
  constraint application_submission_submitted_by foreign key (institution_id, submitted_by) references person (institution_id, id),
  constraint application_submission_amounts check (asked_pence >= 1 and least_pence between 1 and asked_pence),
  constraint application_submission_event check (event_ends_on >= event_starts_on)
);
select protect_tenant_table('application_submission');
revoke update on application_submission from waymark_app;
-- Frozen, but for the words of somebody whose personal data are erased: sums, dates and terms stay.
grant update (document, event_name, judged) on application_submission to waymark_app;
create function application_submission_frozen() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
begin
  if new.event_name <> 'Erased' or new.document->>'case' <> 'Erased' then
    raise exception 'what was submitted is not changed' using errcode = 'WM002', constraint = 'application_submission_frozen';
  end if;
  return new;
end $$;
revoke execute on function application_submission_frozen() from public;
create trigger application_submission_frozen before update on application_submission
  for each row execute function application_submission_frozen();
alter table application add constraint application_submitted foreign key (institution_id, id, submission_number)
  references application_submission (institution_id, application_id, number);

create table application_file (
  institution_id uuid not null,
  application_id uuid not null,
  file_id uuid not null,
  added_at timestamptz not null,
  constraint application_file_pk primary key (institution_id, application_id, file_id),
  constraint application_file_application foreign key (institution_id, application_id)
    references application (institution_id, id),
  constraint application_file_file foreign key (institution_id, file_id) references stored_file (institution_id, id)
);
create index application_file_of_file on application_file (institution_id, file_id);
select protect_tenant_table('application_file');

-- The files as they went with a submission, whatever is attached or taken off afterwards.
create table application_submission_file (
  institution_id uuid not null,
  application_id uuid not null,
  number integer not null,
  file_id uuid not null,
  constraint application_submission_file_pk primary key (institution_id, application_id, number, file_id),
  constraint application_submission_file_submission foreign key (institution_id, application_id, number)
    references application_submission (institution_id, application_id, number),
  constraint application_submission_file_file foreign key (institution_id, file_id) references stored_file (institution_id, id)
);
create index application_submission_file_of_file on application_submission_file (institution_id, file_id);
select protect_tenant_table('application_submission_file');
revoke update on application_submission_file from waymark_app;

-- Each application's timeline: what happened, when, by whom; appended in the transaction that did it.
create table application_event (
  institution_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  kind text not null,
  at timestamptz not null,
  by_person uuid,
  -- Figures and words of ours; a reason or question only where its reader may read it: see timeline.ts.
  facts jsonb not null,
  constraint application_event_pk primary key (institution_id, id),
  constraint application_event_application foreign key (institution_id, application_id)
    references application (institution_id, id),
  constraint application_event_by foreign key (institution_id, by_person) references person (institution_id, id)
);
create index application_event_of_application on application_event (institution_id, application_id, id);
select protect_tenant_table('application_event');
revoke update on application_event from waymark_app;
-- A timeline only grows; an erasure takes words out of it and puts none in.
grant update (facts) on application_event to waymark_app;
create function application_event_kept() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
begin
  if not new.facts <@ old.facts then
    raise exception 'a timeline is not rewritten' using errcode = 'WM002', constraint = 'application_event_kept';
  end if;
  return new;
end $$;
revoke execute on function application_event_kept() from public;
create trigger application_event_kept before update on application_event
  for each row execute function application_event_kept();

-- Feedback, or a review of process, asked for once after a decision.
create table application_appeal (
  institution_id uuid not null,
  application_id uuid not null,
  kind text not null,
  asked text not null,
  asked_at timestamptz not null,
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  version integer not null,
  constraint application_appeal_pk primary key (institution_id, application_id),
  constraint application_appeal_application foreign key (institution_id, application_id)
    references application (institution_id, id),
  constraint application_appeal_answered_by foreign key (institution_id, answered_by) references person (institution_id, id),
  constraint application_appeal_kind check (kind in ('feedback', 'review-of-process')),
  constraint application_appeal_asked check (char_length(asked) between 1 and 2000),
  constraint application_appeal_answered check ((answer is null) = (answered_at is null))
);
select protect_tenant_table('application_appeal');
