-- Mentoring: enrolments, requests, rounds, runs, proposals, pairs.

create table enrolment (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  status text not null,
  capacity integer not null,
  attributes jsonb not null,
  created_at timestamptz not null,
  version integer not null,
  constraint enrolment_pk primary key (institution_id, id),
  constraint enrolment_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint enrolment_person_unique unique (institution_id, person_id),
  constraint enrolment_status check (status in ('draft', 'active', 'paused', 'retired')),
  constraint enrolment_capacity check (capacity between 0 and 10)
);
select protect_tenant_table('enrolment');

create table request (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  status text not null,
  attributes jsonb not null,
  rounds_waited integer not null,
  asked_at timestamptz not null,
  version integer not null,
  constraint request_pk primary key (institution_id, id),
  constraint request_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint request_status check (status in ('open', 'matched', 'closed', 'withdrawn')),
  constraint request_waited check (rounds_waited >= 0)
);
create index request_of_person on request (institution_id, person_id);
select protect_tenant_table('request');

-- What a person says of their identity to be matched on it: opt-in, read by the matching job alone, in no view.
create table identity_answer (
  institution_id uuid not null,
  person_id uuid not null,
  side text not null,
  answers text[] not null,
  constraint identity_answer_pk primary key (institution_id, person_id, side),
  constraint identity_answer_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint identity_answer_side check (side in ('mentor', 'mentee'))
);
select protect_tenant_table('identity_answer');

-- Somebody a person never wants to be put together with; private, without a reason.
create table exclusion (
  institution_id uuid not null,
  person_id uuid not null,
  excluded_person_id uuid not null,
  constraint exclusion_pk primary key (institution_id, person_id, excluded_person_id),
  constraint exclusion_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint exclusion_excluded foreign key (institution_id, excluded_person_id) references person (institution_id, id)
);
create index exclusion_of_excluded on exclusion (institution_id, excluded_person_id);
select protect_tenant_table('exclusion');

create table round (
  institution_id uuid not null,
  id uuid not null,
  name text not null,
  status text not null,
  rules jsonb not null,
  released_run_id uuid,
  released_at timestamptz,
  created_at timestamptz not null,
  created_by uuid not null,
  version integer not null,
  constraint round_pk primary key (institution_id, id),
  constraint round_created_by foreign key (institution_id, created_by) references person (institution_id, id),
  constraint round_status check (status in ('draft', 'open', 'matching', 'review', 'released', 'closed', 'cancelled'))
);
create index round_by_time on round (institution_id, created_at);
select protect_tenant_table('round');

create table round_mentee (
  institution_id uuid not null,
  round_id uuid not null,
  request_id uuid not null,
  constraint round_mentee_pk primary key (institution_id, round_id, request_id),
  constraint round_mentee_round foreign key (institution_id, round_id) references round (institution_id, id),
  constraint round_mentee_request foreign key (institution_id, request_id) references request (institution_id, id)
);
create index round_mentee_of_request on round_mentee (institution_id, request_id);
select protect_tenant_table('round_mentee');

create table round_mentor (
  institution_id uuid not null,
  round_id uuid not null,
  enrolment_id uuid not null,
  constraint round_mentor_pk primary key (institution_id, round_id, enrolment_id),
  constraint round_mentor_round foreign key (institution_id, round_id) references round (institution_id, id),
  constraint round_mentor_enrolment foreign key (institution_id, enrolment_id) references enrolment (institution_id, id)
);
create index round_mentor_of_enrolment on round_mentor (institution_id, enrolment_id);
select protect_tenant_table('round_mentor');

create table run (
  institution_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  number integer not null,
  status text not null,
  rules jsonb not null,
  job_id uuid not null,
  summary jsonb,
  started_at timestamptz not null,
  started_by uuid not null,
  constraint run_pk primary key (institution_id, id),
  constraint run_round foreign key (institution_id, round_id) references round (institution_id, id),
  constraint run_job foreign key (institution_id, job_id) references job (institution_id, id),
  constraint run_started_by foreign key (institution_id, started_by) references person (institution_id, id),
  constraint run_number_unique unique (institution_id, round_id, number),
  constraint run_status check (status in ('queued', 'matching', 'done', 'failed', 'cancelled'))
);
select protect_tenant_table('run');
alter table round add constraint round_released_run foreign key (institution_id, released_run_id) references run (institution_id, id);

-- `score` is what the engine used; `shown_score` and `parts` leave the identity points out, and only they are shown.
create table run_pair (
  institution_id uuid not null,
  run_id uuid not null,
  request_id uuid not null,
  enrolment_id uuid not null,
  score integer not null,
  shown_score integer not null,
  parts jsonb not null,
  constraint run_pair_pk primary key (institution_id, run_id, request_id, enrolment_id),
  constraint run_pair_run foreign key (institution_id, run_id) references run (institution_id, id),
  constraint run_pair_request foreign key (institution_id, request_id) references request (institution_id, id),
  constraint run_pair_enrolment foreign key (institution_id, enrolment_id) references enrolment (institution_id, id)
);
create index run_pair_by_score on run_pair (institution_id, run_id, shown_score);
select protect_tenant_table('run_pair');

create table run_left_out (
  institution_id uuid not null,
  run_id uuid not null,
  request_id uuid not null,
  reason jsonb not null,
  blocked jsonb not null,
  constraint run_left_out_pk primary key (institution_id, run_id, request_id),
  constraint run_left_out_run foreign key (institution_id, run_id) references run (institution_id, id),
  constraint run_left_out_request foreign key (institution_id, request_id) references request (institution_id, id)
);
select protect_tenant_table('run_left_out');

-- One more place with this mentor would serve one of these requests.
create table run_unlock (
  institution_id uuid not null,
  run_id uuid not null,
  enrolment_id uuid not null,
  serves_count integer not null,
  serves uuid[] not null,
  constraint run_unlock_pk primary key (institution_id, run_id, enrolment_id),
  constraint run_unlock_run foreign key (institution_id, run_id) references run (institution_id, id),
  constraint run_unlock_enrolment foreign key (institution_id, enrolment_id) references enrolment (institution_id, id)
);
select protect_tenant_table('run_unlock');

create table proposal (
  institution_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  request_id uuid not null,
  enrolment_id uuid not null,
  mentee_id uuid not null,
  mentor_id uuid not null,
  status text not null,
  parts jsonb not null,
  proposed_at timestamptz not null,
  answer_by timestamptz,
  answered_at timestamptz,
  decline_reason text,
  decline_note text,
  agreement jsonb,
  agreement_by uuid,
  agreement_at timestamptz,
  version integer not null,
  constraint proposal_pk primary key (institution_id, id),
  constraint proposal_round foreign key (institution_id, round_id) references round (institution_id, id),
  constraint proposal_request foreign key (institution_id, request_id) references request (institution_id, id),
  constraint proposal_enrolment foreign key (institution_id, enrolment_id) references enrolment (institution_id, id),
  constraint proposal_mentee foreign key (institution_id, mentee_id) references person (institution_id, id),
  constraint proposal_mentor foreign key (institution_id, mentor_id) references person (institution_id, id),
  constraint proposal_agreement_by foreign key (institution_id, agreement_by) references person (institution_id, id),
  constraint proposal_once unique (institution_id, round_id, request_id, enrolment_id),
  constraint proposal_two_people check (mentee_id <> mentor_id),
  constraint proposal_status check (status in ('proposed', 'more-asked', 'accepted', 'agreed', 'declined', 'expired', 'withdrawn', 'superseded')),
  constraint proposal_decline check ((status = 'declined') = (decline_reason is not null))
);
create index proposal_of_mentee on proposal (institution_id, mentee_id, status);
create index proposal_of_mentor on proposal (institution_id, mentor_id, status);
create index proposal_of_request on proposal (institution_id, request_id);
create index proposal_of_enrolment on proposal (institution_id, enrolment_id, status);
-- The first acceptance ends the others: a request is accepted by one mentor at a time.
create unique index proposal_one_acceptance on proposal (institution_id, request_id) where status in ('accepted', 'agreed');
select protect_tenant_table('proposal');

create table pair (
  institution_id uuid not null,
  id uuid not null,
  proposal_id uuid not null,
  request_id uuid not null,
  enrolment_id uuid not null,
  mentee_id uuid not null,
  mentor_id uuid not null,
  status text not null,
  goals text not null,
  rhythm text not null,
  mode text not null,
  agreed_at timestamptz not null,
  ends_on date not null,
  version integer not null,
  constraint pair_pk primary key (institution_id, id),
  constraint pair_proposal foreign key (institution_id, proposal_id) references proposal (institution_id, id),
  constraint pair_request foreign key (institution_id, request_id) references request (institution_id, id),
  constraint pair_enrolment foreign key (institution_id, enrolment_id) references enrolment (institution_id, id),
  constraint pair_mentee foreign key (institution_id, mentee_id) references person (institution_id, id),
  constraint pair_mentor foreign key (institution_id, mentor_id) references person (institution_id, id),
  constraint pair_proposal_unique unique (institution_id, proposal_id),
  constraint pair_status check (status in ('agreed', 'active', 'completed', 'ended'))
);
create index pair_of_enrolment on pair (institution_id, enrolment_id, status);
create index pair_of_mentee on pair (institution_id, mentee_id);
create index pair_of_mentor on pair (institution_id, mentor_id);
select protect_tenant_table('pair');

-- A place taken: a proposal accepted (or agreed into a pair that is not over). The database refuses one too many,
-- whatever the application does: the mentor's row is locked, then the places are counted.
create function refuse_place_too_many() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
declare
  places integer;
  taken integer;
begin
  select capacity into places from enrolment
    where institution_id = new.institution_id and id = new.enrolment_id for update;
  select count(*) into taken from proposal p
    left join pair on pair.institution_id = p.institution_id and pair.proposal_id = p.id
    where p.institution_id = new.institution_id and p.enrolment_id = new.enrolment_id and p.id <> new.id
      and (p.status = 'accepted' or (p.status = 'agreed' and (pair.id is null or pair.status in ('agreed', 'active'))));
  if taken >= places then
    raise exception 'mentor-full' using errcode = 'WM001', constraint = 'mentor_full';
  end if;
  return new;
end $$;
create trigger proposal_place before update of status on proposal
  for each row when (new.status = 'accepted' and old.status <> 'accepted') execute function refuse_place_too_many();

-- Files of mentors or mentees for a round. Rows are kept as read until applied or discarded, then deleted: they hold
-- what people say of themselves.
create table round_import (
  institution_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  side text not null,
  file_name text not null,
  status text not null,
  encoding text not null,
  separator text not null,
  headings text[] not null,
  row_count integer not null,
  mapping jsonb not null,
  places_default integer not null,
  grade_order text[],
  preview jsonb,
  job_id uuid,
  uploaded_at timestamptz not null,
  uploaded_by uuid not null,
  version integer not null,
  constraint round_import_pk primary key (institution_id, id),
  constraint round_import_round foreign key (institution_id, round_id) references round (institution_id, id),
  constraint round_import_job foreign key (institution_id, job_id) references job (institution_id, id),
  constraint round_import_uploaded_by foreign key (institution_id, uploaded_by) references person (institution_id, id),
  constraint round_import_side check (side in ('mentors', 'mentees')),
  constraint round_import_status check (status in ('uploaded', 'previewed', 'applying', 'applied', 'failed', 'discarded'))
);
create index round_import_of_round on round_import (institution_id, round_id, uploaded_at);
select protect_tenant_table('round_import');

create table round_import_row (
  institution_id uuid not null,
  import_id uuid not null,
  line integer not null,
  cells text[] not null,
  outcome text,
  reading jsonb,
  constraint round_import_row_pk primary key (institution_id, import_id, line),
  constraint round_import_row_import foreign key (institution_id, import_id) references round_import (institution_id, id),
  constraint round_import_row_outcome check (outcome in ('new', 'changed', 'unchanged', 'refused'))
);
create index round_import_row_by_outcome on round_import_row (institution_id, import_id, outcome, line);
select protect_tenant_table('round_import_row');
