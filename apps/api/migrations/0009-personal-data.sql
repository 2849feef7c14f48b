-- Exports of personal data, corrections and erasures.

-- Whose letter it is, by the address as it was when the letter was posted: addresses change, and go to somebody else.
alter table mail_message
  add column person_id uuid,
  add constraint mail_message_person foreign key (institution_id, person_id) references person (institution_id, id);
create index mail_message_of_person on mail_message (institution_id, person_id) where person_id is not null;
create function name_recipient() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
begin
  new.person_id := (select p.id from person p where p.institution_id = new.institution_id and p.email = lower(new.recipient));
  return new;
end $$;
create trigger mail_message_recipient before insert on mail_message for each row execute function name_recipient();

-- An account that is nobody's any more ends with its last link: an address, a password and open links of somebody who has none.
-- The lock makes two institutions that let go of it at once come one after the other.
create function end_nobodys_account() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
begin
  perform from account where id = old.account_id for update;
  delete from account a
    where a.id = old.account_id and not exists (select from account_person p where p.account_id = a.id);
  return null;
end $$;
create trigger account_person_last after delete on account_person for each row execute function end_nobodys_account();

-- A person's own data as files, made by a job and kept for some days. One is collected at a time.
create table data_export (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  requested_by uuid not null,
  status text not null,
  -- No key: jobs are cleared away in time, and this stays.
  job_id uuid not null,
  asked_at timestamptz not null,
  ready_at timestamptz,
  kept_until timestamptz,
  fetched_at timestamptz,
  version integer not null,
  constraint data_export_pk primary key (institution_id, id),
  constraint data_export_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint data_export_requested_by foreign key (institution_id, requested_by) references person (institution_id, id),
  constraint data_export_status check (status in ('collecting', 'ready', 'replaced', 'expired', 'failed', 'cancelled')),
  constraint data_export_ready check ((status = 'ready') <= (ready_at is not null and kept_until is not null))
);
create unique index data_export_one_collecting on data_export (institution_id, person_id) where status = 'collecting';
create index data_export_of_person on data_export (institution_id, person_id, asked_at);
create index data_export_by_end on data_export (institution_id, kept_until) where status = 'ready';
select protect_tenant_table('data_export');

create table data_export_file (
  institution_id uuid not null,
  export_id uuid not null,
  format text not null,
  content bytea not null,
  constraint data_export_file_pk primary key (institution_id, export_id, format),
  constraint data_export_file_export foreign key (institution_id, export_id) references data_export (institution_id, id) on delete cascade,
  constraint data_export_file_format check (format in ('json', 'xlsx'))
);
select protect_tenant_table('data_export_file');

-- What a person says is wrong about them, where HR's list or somebody else keeps it.
create table correction (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  field text not null,
  should_be text not null,
  why text not null,
  status text not null,
  asked_at timestamptz not null,
  answered_by uuid,
  answered_at timestamptz,
  answer text,
  version integer not null,
  constraint correction_pk primary key (institution_id, id),
  constraint correction_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint correction_answered_by foreign key (institution_id, answered_by) references person (institution_id, id),
  constraint correction_status check (status in ('open', 'done', 'declined', 'withdrawn')),
  constraint correction_answered check ((status in ('done', 'declined')) = (answered_by is not null and answered_at is not null)),
  constraint correction_declined_with_words check (status <> 'declined' or answer <> ''),
  constraint correction_not_own check (answered_by <> person_id)
);
create index correction_of_person on correction (institution_id, person_id, asked_at);
create index correction_open on correction (institution_id, asked_at) where status = 'open';
select protect_tenant_table('correction');

-- That somebody was erased, when, by whom and why; `summary` counts by table what went and what stayed.
create table erasure (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  reason text not null,
  status text not null,
  -- No key: jobs are cleared away in time, and this stays.
  job_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  erased_at timestamptz,
  summary jsonb,
  version integer not null,
  constraint erasure_pk primary key (institution_id, id),
  constraint erasure_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint erasure_asked_by foreign key (institution_id, asked_by) references person (institution_id, id),
  constraint erasure_reason check (reason in ('asked', 'time-run-out', 'added-by-mistake')),
  constraint erasure_status check (status in ('erasing', 'done', 'failed', 'cancelled')),
  constraint erasure_done check ((status = 'done') = (erased_at is not null)),
  constraint erasure_not_own check (asked_by <> person_id)
);
create unique index erasure_once on erasure (institution_id, person_id) where status in ('erasing', 'done');
create index erasure_by_time on erasure (institution_id, asked_at);
select protect_tenant_table('erasure');
