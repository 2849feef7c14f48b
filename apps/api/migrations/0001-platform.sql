-- The platform: tenancy, sign-in, audit, outbox, jobs, mail. See docs/decisions/0003-tenancy-in-the-key.md.

-- The institution of the running transaction. After a commit the setting reads as an empty string, hence nullif.
create function current_institution() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('app.institution_id', true), '')::uuid $$;

-- Called once for every tenant table: rows of another institution can be neither read nor written by the application.
create function protect_tenant_table(table_name regclass) returns void
  language plpgsql set search_path = public, pg_temp
  as $$
begin
  execute format('alter table %s enable row level security', table_name);
  execute format('create policy of_institution on %s using (institution_id = current_institution()) with check (institution_id = current_institution())', table_name);
  execute format('grant select, insert, update, delete on %s to waymark_app', table_name);
end $$;
revoke execute on function protect_tenant_table(regclass) from public;

-- The tenant itself: an institution sees its own row.
create table institution (
  id uuid not null,
  name text not null,
  nation text not null,
  time_zone text not null,
  demonstration boolean not null default false,
  created_at timestamptz not null,
  constraint institution_pk primary key (id),
  constraint institution_name_length check (char_length(name) between 1 and 120),
  constraint institution_nation check (nation in ('england-and-wales', 'scotland', 'northern-ireland'))
);
alter table institution enable row level security;
create policy of_institution on institution using (id = current_institution()) with check (id = current_institution());
grant select, insert, update on institution to waymark_app;

-- Institutions that share. Global: who belongs to a network is known before any institution is set.
create table network (
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  constraint network_pk primary key (id)
);
create table membership (
  network_id uuid not null,
  institution_id uuid not null,
  joined_at timestamptz not null,
  constraint membership_pk primary key (network_id, institution_id),
  constraint membership_network foreign key (network_id) references network (id),
  constraint membership_institution foreign key (institution_id) references institution (id)
);
grant select, insert, update, delete on network, membership to waymark_app;

-- Sign-in. One account an e-mail address; which person it is, in which institution, stands in account_person (people).
create table account (
  id uuid not null,
  email text not null,
  password_hash text,
  created_at timestamptz not null,
  constraint account_pk primary key (id),
  constraint account_email_unique unique (email),
  constraint account_email_lower check (email = lower(email))
);
create table session (
  id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  institution_id uuid not null,
  person_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint session_pk primary key (id),
  constraint session_token_unique unique (token_hash),
  constraint session_account foreign key (account_id) references account (id) on delete cascade
);
create index session_of_account on session (account_id);
-- Single-use links in mail: an invitation or a reset of the password.
create table token (
  id uuid not null,
  token_hash bytea not null,
  purpose text not null,
  account_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint token_pk primary key (id),
  constraint token_hash_unique unique (token_hash),
  constraint token_account foreign key (account_id) references account (id) on delete cascade,
  constraint token_purpose check (purpose in ('invitation', 'reset'))
);
create index token_of_account on token (account_id);
-- Attempts counted over all processes; a window that has passed is counted anew.
create table rate_limit (
  key text not null,
  window_start timestamptz not null,
  attempts integer not null,
  constraint rate_limit_pk primary key (key)
);
grant select, insert, update, delete on account, session, token, rate_limit to waymark_app;

-- What happened, written in the transaction that did it. A worker seals the rows into a hash chain in a later slice;
-- personal fields never enter `details`. The application may append and read, nothing else.
create table audit_entry (
  institution_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_person_id uuid,
  act text not null,
  subject_kind text not null,
  subject_id uuid not null,
  details jsonb not null,
  correlation_id text,
  constraint audit_entry_pk primary key (institution_id, id),
  constraint audit_entry_institution foreign key (institution_id) references institution (id)
);
create index audit_entry_of_subject on audit_entry (institution_id, subject_kind, subject_id, at);
select protect_tenant_table('audit_entry');
revoke update, delete on audit_entry from waymark_app;

-- Events and mail to be handled later, written in the transaction that caused them. A relay moves them to the queue.
create table outbox (
  id uuid not null,
  institution_id uuid not null,
  topic text not null,
  payload jsonb not null,
  at timestamptz not null,
  constraint outbox_pk primary key (id)
);
-- Locking a row to take it needs the right to update it.
grant select, insert, update, delete on outbox to waymark_app;

-- Commands that people may repeat: same key and body, same answer; same key, other body: refused.
create table command (
  institution_id uuid not null,
  account_id uuid not null,
  key uuid not null,
  body_hash bytea not null,
  answer jsonb,
  at timestamptz not null,
  constraint command_pk primary key (institution_id, account_id, key),
  constraint command_institution foreign key (institution_id) references institution (id)
);
create index command_by_age on command (institution_id, at);
select protect_tenant_table('command');

-- Long work that people watch: its stage, progress and end.
create table job (
  institution_id uuid not null,
  id uuid not null,
  kind text not null,
  status text not null,
  stage text not null,
  percent integer not null,
  subject_id uuid not null,
  requested_by uuid not null,
  cancel_asked boolean not null,
  failure text,
  correlation_id text,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  constraint job_pk primary key (institution_id, id),
  constraint job_institution foreign key (institution_id) references institution (id),
  constraint job_status check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
  constraint job_percent check (percent between 0 and 100)
);
create index job_of_subject on job (institution_id, subject_id);
select protect_tenant_table('job');

create table mail_message (
  institution_id uuid not null,
  id uuid not null,
  recipient text not null,
  subject text not null,
  body text not null,
  status text not null,
  attempts integer not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint mail_message_pk primary key (institution_id, id),
  constraint mail_message_institution foreign key (institution_id) references institution (id),
  constraint mail_message_status check (status in ('queued', 'sent', 'kept', 'failed'))
);
create index mail_message_by_time on mail_message (institution_id, created_at);
select protect_tenant_table('mail_message');
