-- People: who works where, for whom, and what they may do.

create table unit (
  institution_id uuid not null,
  id uuid not null,
  parent_id uuid,
  name text not null,
  constraint unit_pk primary key (institution_id, id),
  constraint unit_institution foreign key (institution_id) references institution (id),
  constraint unit_parent foreign key (institution_id, parent_id) references unit (institution_id, id),
  constraint unit_name_length check (char_length(name) between 1 and 120)
);
create unique index unit_name_unique on unit (institution_id, lower(name), parent_id) nulls not distinct;
select protect_tenant_table('unit');

-- The ordered grades of an institution: position 0 is the lowest.
create table grade (
  institution_id uuid not null,
  id uuid not null,
  name text not null,
  position integer not null,
  constraint grade_pk primary key (institution_id, id),
  constraint grade_institution foreign key (institution_id) references institution (id),
  constraint grade_position_unique unique (institution_id, position) deferrable initially deferred,
  constraint grade_name_length check (char_length(name) between 1 and 60)
);
create unique index grade_name_unique on grade (institution_id, lower(name));
select protect_tenant_table('grade');

create table person (
  institution_id uuid not null,
  id uuid not null,
  given_name text not null,
  family_name text not null,
  email text,
  staff_number text,
  job_title text,
  unit_id uuid,
  grade_id uuid,
  line_manager_id uuid,
  technician boolean not null,
  left_on date,
  created_at timestamptz not null,
  version integer not null,
  constraint person_pk primary key (institution_id, id),
  constraint person_institution foreign key (institution_id) references institution (id),
  constraint person_unit foreign key (institution_id, unit_id) references unit (institution_id, id),
  constraint person_grade foreign key (institution_id, grade_id) references grade (institution_id, id),
  constraint person_line_manager foreign key (institution_id, line_manager_id) references person (institution_id, id),
  constraint person_email_unique unique (institution_id, email),
  constraint person_staff_number_unique unique (institution_id, staff_number),
  constraint person_email_lower check (email = lower(email)),
  constraint person_not_own_manager check (line_manager_id <> id),
  constraint person_names check (char_length(given_name) <= 80 and char_length(family_name) between 1 and 80)
);
create index person_by_name on person (institution_id, lower(family_name), lower(given_name), id);
create index person_of_manager on person (institution_id, line_manager_id);
create index person_of_unit on person (institution_id, unit_id);
create index person_of_grade on person (institution_id, grade_id);
select protect_tenant_table('person');

-- Which person an account is, in which institution. Global: sign-in by e-mail comes before any institution is known.
create table account_person (
  account_id uuid not null,
  institution_id uuid not null,
  person_id uuid not null,
  constraint account_person_pk primary key (account_id, institution_id),
  constraint account_person_account foreign key (account_id) references account (id) on delete cascade,
  constraint account_person_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint account_person_person_unique unique (institution_id, person_id)
);
grant select, insert, delete on account_person to waymark_app;

-- Roles held, with dates: `held_until` is the last day.
create table role_held (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  held_from date not null,
  held_until date,
  granted_by uuid,
  constraint role_held_pk primary key (institution_id, id),
  constraint role_held_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint role_held_granted_by foreign key (institution_id, granted_by) references person (institution_id, id),
  constraint role_held_role check (role in ('coordinator', 'programme-lead', 'institution-administrator', 'auditor')),
  constraint role_held_not_to_self check (granted_by <> person_id),
  constraint role_held_dates check (held_until >= held_from)
);
create index role_held_of_person on role_held (institution_id, person_id);
select protect_tenant_table('role_held');

-- Dated facts between two people, written by the domain that makes them, read by every conflict check.
create table relationship (
  institution_id uuid not null,
  id uuid not null,
  kind text not null,
  subject_id uuid not null,
  object_id uuid not null,
  since timestamptz not null,
  until timestamptz,
  source_id uuid not null,
  constraint relationship_pk primary key (institution_id, id),
  constraint relationship_subject foreign key (institution_id, subject_id) references person (institution_id, id),
  constraint relationship_object foreign key (institution_id, object_id) references person (institution_id, id),
  constraint relationship_kind check (kind in ('paired-with', 'buddy-of', 'reviews', 'assesses', 'declared')),
  constraint relationship_two_people check (subject_id <> object_id)
);
create index relationship_of_subject on relationship (institution_id, subject_id, kind);
create index relationship_of_object on relationship (institution_id, object_id, kind);
select protect_tenant_table('relationship');

create table award_held (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  body text not null,
  award text not null,
  number text,
  awarded_on date not null,
  valid_to date,
  status text not null,
  constraint award_held_pk primary key (institution_id, id),
  constraint award_held_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint award_held_status check (status in ('declared', 'verified', 'rejected', 'lapsed'))
);
create index award_held_of_person on award_held (institution_id, person_id);
select protect_tenant_table('award_held');

-- Who a session belongs to and what they may do, for many sessions at once: the guard asks for all requests of one turn
-- of the event loop together. Definer, because it runs before an institution is set.
create function actors_of_sessions(token_hashes bytea[], at timestamptz)
  returns table (
    token_hash bytea, session_id uuid, account_id uuid, institution_id uuid, person_id uuid,
    given_name text, family_name text, institution_name text, time_zone text, roles text[]
  )
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select s.token_hash, s.id, s.account_id, s.institution_id, s.person_id,
      p.given_name, p.family_name, i.name, i.time_zone,
      array_remove(
        array_cat(
          array[
            case when p.technician then 'technician' end,
            case when exists (
              select from person r
              where r.institution_id = s.institution_id and r.line_manager_id = s.person_id and r.left_on is null
            ) then 'line-manager' end
          ],
          array(
            select distinct h.role from role_held h
            where h.institution_id = s.institution_id and h.person_id = s.person_id
              and h.held_from <= (at at time zone i.time_zone)::date
              and (h.held_until is null or h.held_until >= (at at time zone i.time_zone)::date)
          )
        ), null)
    from session s
    join institution i on i.id = s.institution_id
    join person p on p.institution_id = s.institution_id and p.id = s.person_id
    -- Whose address is another now is another account's.
    join account_person a on a.account_id = s.account_id and a.institution_id = s.institution_id and a.person_id = s.person_id
    where s.token_hash = any (token_hashes) and s.expires_at > at
      and (p.left_on is null or p.left_on >= (at at time zone i.time_zone)::date)
  $$;
revoke execute on function actors_of_sessions(bytea[], timestamptz) from public;
grant execute on function actors_of_sessions(bytea[], timestamptz) to waymark_app;

-- An account's active people, the one known longest first: which institution a sign-in opens. So another institution that
-- adds somebody with the same address changes nothing for them.
create function people_of_account(account uuid, at timestamptz)
  returns table (institution_id uuid, person_id uuid, institution_name text, given_name text)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select a.institution_id, a.person_id, i.name, p.given_name
    from account_person a
    join institution i on i.id = a.institution_id
    join person p on p.institution_id = a.institution_id and p.id = a.person_id
    where a.account_id = account and (p.left_on is null or p.left_on >= (at at time zone i.time_zone)::date)
    order by p.created_at, p.id
  $$;
revoke execute on function people_of_account(uuid, timestamptz) from public;
grant execute on function people_of_account(uuid, timestamptz) to waymark_app;

-- True while the installation holds no institution: the set-up guide is open then, and never again.
create function installation_empty() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  as $$ select not exists (select from institution) $$;
revoke execute on function installation_empty() from public;
grant execute on function installation_empty() to waymark_app;

-- The demonstration's institution, if this installation has one. The sign-in page offers its accounts.
create function demonstration_institution() returns uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select id from institution where demonstration order by created_at limit 1 $$;
revoke execute on function demonstration_institution() from public;
grant execute on function demonstration_institution() to waymark_app;
