-- What an institution sets, networks and invitations.

alter table institution
  -- How long what is kept, in days. The retention task keeps to it; the audit is kept for ever.
  add column mail_kept_days integer not null default 365,
  add column import_files_kept_days integer not null default 90,
  add column commands_kept_days integer not null default 30,
  add column sessions_kept_days integer not null default 30,
  add column jobs_kept_days integer not null default 180,
  -- So long after somebody left, erasing their personal data is suggested; nothing is erased by itself.
  add column leavers_kept_days integer not null default 730,
  add column version integer not null default 1,
  add constraint institution_mail_kept check (mail_kept_days between 30 and 3650),
  add constraint institution_import_files_kept check (import_files_kept_days between 7 and 3650),
  add constraint institution_commands_kept check (commands_kept_days between 1 and 365),
  add constraint institution_sessions_kept check (sessions_kept_days between 0 and 365),
  add constraint institution_jobs_kept check (jobs_kept_days between 7 and 3650),
  add constraint institution_leavers_kept check (leavers_kept_days between 30 and 7300);

-- What the retention task looks for.
create index job_by_end on job (institution_id, finished_at);
create index session_by_expiry on session (institution_id, expires_at);
create index token_by_expiry on token (expires_at);
create index person_by_last_day on person (institution_id, left_on) where left_on is not null and erased_at is null;

alter table unit add column version integer not null default 1;
create index unit_of_parent on unit (institution_id, parent_id);

create index role_held_by_dates on role_held (institution_id, held_from);

-- An institution asked into a network, by the address of one of its administrators: which institution that is shows when
-- somebody there answers, so that asking tells nobody who else is in this installation. Global: it lies between two.
create table network_invitation (
  id uuid not null,
  network_id uuid not null,
  -- Who asks, with its name as it was: the one asked cannot read it.
  institution_id uuid not null,
  institution_name text not null,
  email text not null,
  status text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  answered_by_institution_id uuid,
  constraint network_invitation_pk primary key (id),
  constraint network_invitation_network foreign key (network_id) references network (id) on delete cascade,
  constraint network_invitation_institution foreign key (institution_id) references institution (id),
  constraint network_invitation_answered_by foreign key (answered_by_institution_id) references institution (id),
  constraint network_invitation_email_lower check (email = lower(email)),
  constraint network_invitation_status check (status in ('open', 'accepted', 'declined', 'withdrawn')),
  constraint network_invitation_answered check ((status in ('accepted', 'declined')) = (answered_by_institution_id is not null))
);
create unique index network_invitation_once on network_invitation (network_id, email) where status = 'open';
create index network_invitation_to on network_invitation (email) where status = 'open';
grant select, insert, update, delete on network_invitation to waymark_app;

alter table network add constraint network_name_length check (char_length(name) between 1 and 120);
create index membership_of_institution on membership (institution_id);

-- The institutions in the networks of the transaction's own, with their names, which their own policy hides.
create function members_of_own_networks()
  returns table (network_id uuid, institution_id uuid, name text, joined_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select m.network_id, m.institution_id, i.name, m.joined_at
    from membership own
    join membership m on m.network_id = own.network_id
    join institution i on i.id = m.institution_id
    where own.institution_id = current_institution()
  $$;
revoke execute on function members_of_own_networks() from public;
grant execute on function members_of_own_networks() to waymark_app;

-- Whether somebody has reports on a day, or stands in that day for somebody who has, or for whoever stands in for them.
create function manages_on(institution uuid, person uuid, on_day date) returns boolean
  language sql stable set search_path = public, pg_temp
  as $$
    with recursive stands_in_for as (
      select person as id
      union
      select d.person_id from stands_in_for f
      join delegation d on d.institution_id = institution and d.delegate_id = f.id and on_day between d.starts_on and d.ends_on
    )
    select exists (
      select from stands_in_for f
      join person r on r.institution_id = institution and r.line_manager_id = f.id and (r.left_on is null or r.left_on >= on_day)
    )
  $$;
revoke execute on function manages_on(uuid, uuid, date) from public;

-- As in 0002, and: whoever stands in today for a line manager is one while it lasts.
create or replace function actors_of_sessions(token_hashes bytea[], at timestamptz)
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
            case when manages_on(s.institution_id, s.person_id, (at at time zone i.time_zone)::date) then 'line-manager' end
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
