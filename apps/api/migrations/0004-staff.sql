-- What every part of people at full strength stands on: contracts, skills, delegates, closure days.

alter table person
  -- The last day of the contract, where it has one; null: permanent, or not known.
  add column contract_until date,
  -- Paid by somebody else, often not in the staff list: never taken for a leaver because a file lacks them.
  add column externally_funded boolean not null default false,
  -- The personal fields were emptied; the row stays so that records and the audit keep a pseudonym.
  add column erased_at timestamptz;

create table skill (
  institution_id uuid not null,
  id uuid not null,
  name text not null,
  constraint skill_pk primary key (institution_id, id),
  constraint skill_institution foreign key (institution_id) references institution (id),
  constraint skill_name_length check (char_length(name) between 1 and 80)
);
create unique index skill_name_unique on skill (institution_id, lower(name));
select protect_tenant_table('skill');

create table person_skill (
  institution_id uuid not null,
  person_id uuid not null,
  skill_id uuid not null,
  constraint person_skill_pk primary key (institution_id, person_id, skill_id),
  constraint person_skill_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint person_skill_skill foreign key (institution_id, skill_id) references skill (institution_id, id)
);
create index person_skill_of_skill on person_skill (institution_id, skill_id);
select protect_tenant_table('person_skill');

-- Who decides for somebody between two days, both included: a holiday, or out of office.
create table delegation (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  delegate_id uuid not null,
  reason text not null,
  starts_on date not null,
  ends_on date not null,
  created_by uuid not null,
  created_at timestamptz not null,
  constraint delegation_pk primary key (institution_id, id),
  constraint delegation_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint delegation_delegate foreign key (institution_id, delegate_id) references person (institution_id, id),
  constraint delegation_created_by foreign key (institution_id, created_by) references person (institution_id, id),
  constraint delegation_reason check (reason in ('holiday', 'out-of-office', 'other')),
  constraint delegation_two_people check (person_id <> delegate_id),
  constraint delegation_dates check (ends_on >= starts_on)
);
create index delegation_of_person on delegation (institution_id, person_id, ends_on);
create index delegation_of_delegate on delegation (institution_id, delegate_id, ends_on);
select protect_tenant_table('delegation');

-- Days on which the institution is closed beyond weekends and its nation's bank holidays.
create table closure_day (
  institution_id uuid not null,
  day date not null,
  name text not null,
  constraint closure_day_pk primary key (institution_id, day),
  constraint closure_day_institution foreign key (institution_id) references institution (id),
  constraint closure_day_name_length check (char_length(name) between 1 and 80)
);
select protect_tenant_table('closure_day');

alter table role_held drop constraint role_held_role;
alter table role_held add constraint role_held_role
  check (role in ('coordinator', 'programme-lead', 'institution-administrator', 'auditor', 'award-verifier'));

-- Awards: who verified or rejected one, and when.
alter table award_held
  add column decided_by uuid,
  add column decided_at timestamptz,
  add constraint award_held_decided_by foreign key (institution_id, decided_by) references person (institution_id, id),
  add constraint award_held_not_own check (decided_by <> person_id),
  add constraint award_held_dates check (valid_to >= awarded_on);
create unique index award_held_once on award_held (institution_id, person_id, lower(body), lower(award), awarded_on);

-- The scheduler goes through all institutions, one transaction each.
create function institutions_of_this_installation() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select id from institution order by id $$;
revoke execute on function institutions_of_this_installation() from public;
grant execute on function institutions_of_this_installation() to waymark_app;

-- Whether a demonstration was loaded to its end: one that a killed process left half-done is thrown away and made anew.
create table demonstration_load (
  started_at timestamptz not null,
  finished_at timestamptz,
  constraint demonstration_load_pk primary key (started_at)
);
grant select, insert, update on demonstration_load to waymark_app;
