-- The audit as a chain, and acting on behalf.

-- Who it was done for, where somebody acted for a person without an e-mail address: `actor_person_id` did it.
alter table audit_entry
  add column on_behalf_of uuid,
  add constraint audit_entry_two_people check (
    on_behalf_of is null or (actor_person_id is not null and on_behalf_of <> actor_person_id));

-- The audit's page reads backwards from any moment under any one filter.
drop index audit_entry_of_subject;
create index audit_entry_of_subject on audit_entry (institution_id, subject_id, at, id);
create index audit_entry_by_time on audit_entry (institution_id, at, id);
create index audit_entry_of_actor on audit_entry (institution_id, actor_person_id, at, id);
create index audit_entry_of_act on audit_entry (institution_id, act, at, id);
create index audit_entry_of_kind on audit_entry (institution_id, subject_kind, at, id);
create index audit_entry_on_behalf_of on audit_entry (institution_id, on_behalf_of, at, id) where on_behalf_of is not null;
create index audit_entry_of_correlation on audit_entry (institution_id, correlation_id, at, id) where correlation_id is not null;

-- Rows that wait for their seal: written with them, so that those committed and not yet sealed are a short list, whatever
-- the order in which they became visible. Verification does not trust this list; it takes the difference itself.
create table audit_unsealed (
  institution_id uuid not null,
  entry_id uuid not null,
  constraint audit_unsealed_pk primary key (institution_id, entry_id),
  constraint audit_unsealed_institution foreign key (institution_id) references institution (id)
);
select protect_tenant_table('audit_unsealed');
revoke update on audit_unsealed from waymark_app;

create function note_unsealed_entries() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
begin
  insert into audit_unsealed (institution_id, entry_id) select institution_id, id from added;
  return null;
end $$;
create trigger audit_entry_unsealed after insert on audit_entry
  referencing new table as added for each statement execute function note_unsealed_entries();
insert into audit_unsealed (institution_id, entry_id) select institution_id, id from audit_entry;

-- The chain: one number after the other for each institution, in the order of sealing. What is hashed, and how, is said
-- in libs/api/platform/src/audit/seal-hash.ts. The application may append, nothing else.
create table audit_seal (
  institution_id uuid not null,
  number bigint not null,
  entry_id uuid not null,
  hash bytea not null,
  constraint audit_seal_pk primary key (institution_id, number),
  constraint audit_seal_entry_unique unique (institution_id, entry_id),
  constraint audit_seal_entry foreign key (institution_id, entry_id) references audit_entry (institution_id, id),
  constraint audit_seal_number check (number >= 1),
  constraint audit_seal_hash_length check (octet_length(hash) = 32)
);
select protect_tenant_table('audit_seal');
revoke update, delete on audit_seal from waymark_app;

create function refuse_gaps_in_seals() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
begin
  if exists (
    select from (
      select institution_id, min(number) as first, max(number) as last, count(*) as seals from added group by institution_id
    ) a
    where a.last - a.first + 1 <> a.seals
      or (a.first > 1 and not exists (
        select from audit_seal s where s.institution_id = a.institution_id and s.number = a.first - 1))
  ) then
    raise exception 'a gap in the seals' using errcode = 'check_violation', constraint = 'audit_seal_no_gap';
  end if;
  return null;
end $$;
create trigger audit_seal_no_gap after insert on audit_seal
  referencing new table as added for each statement execute function refuse_gaps_in_seals();

-- The newest seal of each institution, locked by the sealer alone: whoever writes an audit line never waits for it.
-- `kept_*` is the newest head that was written outside the database.
create table audit_head (
  institution_id uuid not null,
  number bigint not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  kept_number bigint not null,
  kept_at timestamptz,
  constraint audit_head_pk primary key (institution_id),
  constraint audit_head_institution foreign key (institution_id) references institution (id),
  constraint audit_head_kept check (kept_number <= number)
);
create index audit_head_to_keep on audit_head (institution_id) where kept_number < number;
select protect_tenant_table('audit_head');
revoke delete on audit_head from waymark_app;

-- Institutions with rows to seal, or with a head to be kept outside that is older than a minute's pause allows: of a
-- thousand institutions the worker opens a transaction for these alone.
create function institutions_owing_seals(at timestamptz) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$
    with recursive owing (id) as (
      (select u.institution_id from audit_unsealed u order by u.institution_id limit 1)
      union all
      select (select u.institution_id from audit_unsealed u where u.institution_id > o.id order by u.institution_id limit 1)
      from owing o where o.id is not null
    )
    select o.id from owing o where o.id is not null
    union
    select h.institution_id from audit_head h
    where h.kept_number < h.number and (h.kept_at is null or h.kept_at <= at - interval '1 minute')
  $$;
revoke execute on function institutions_owing_seals(timestamptz) from public;
grant execute on function institutions_owing_seals(timestamptz) to waymark_app;

-- Each time somebody had the chain verified: how far, and the first fault if there was one.
create table audit_verification (
  institution_id uuid not null,
  id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  status text not null,
  -- No key: jobs are cleared away in time, and what was found stays.
  job_id uuid not null,
  entries bigint,
  heads integer,
  fault text,
  fault_number bigint,
  fault_entry_id uuid,
  finished_at timestamptz,
  constraint audit_verification_pk primary key (institution_id, id),
  constraint audit_verification_asked_by foreign key (institution_id, asked_by) references person (institution_id, id),
  constraint audit_verification_status check (status in ('running', 'valid', 'faulty', 'failed', 'cancelled')),
  constraint audit_verification_fault check ((status = 'faulty') = (fault is not null))
);
create index audit_verification_by_time on audit_verification (institution_id, asked_at);
-- One at a time: two would read the same million rows side by side.
create unique index audit_verification_running on audit_verification (institution_id) where status = 'running';
select protect_tenant_table('audit_verification');
revoke delete on audit_verification from waymark_app;

-- Acting on behalf: the session stays its owner's, and for a while everything in it is done as somebody else.
alter table session
  add column acting_for_id uuid,
  add column acting_until timestamptz,
  add constraint session_acting check ((acting_for_id is null) = (acting_until is null)),
  add constraint session_acting_for_another check (acting_for_id <> person_id);

-- Who asked for a job on behalf of `requested_by`.
alter table job add column by_person_id uuid;

-- Who a session belongs to and what they may do. While its owner acts for somebody, that is the somebody, with what is theirs by
-- what they are and none of the roles that were granted to them; whether the owner still may is asked at each request.
drop function actors_of_sessions(bytea[], timestamptz);
create function actors_of_sessions(token_hashes bytea[], at timestamptz)
  returns table (
    token_hash bytea, session_id uuid, account_id uuid, institution_id uuid, person_id uuid,
    given_name text, family_name text, institution_name text, time_zone text, roles text[],
    by_person_id uuid, by_name text, acting_until timestamptz, acting_ended boolean
  )
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select s.token_hash, s.id, s.account_id, s.institution_id, q.id,
      q.given_name, q.family_name, i.name, i.time_zone,
      array_remove(
        array_cat(
          array[
            case when q.technician then 'technician' end,
            -- Whoever has reports, or stands in today for somebody: the second, which is dear, is asked of stand-ins alone.
            case when exists (
              select from person r
              where r.institution_id = s.institution_id and r.line_manager_id = q.id
                and (r.left_on is null or r.left_on >= (at at time zone i.time_zone)::date)
            ) or (exists (
              select from delegation d
              where d.institution_id = s.institution_id and d.delegate_id = q.id
                and (at at time zone i.time_zone)::date between d.starts_on and d.ends_on
            ) and manages_on(s.institution_id, q.id, (at at time zone i.time_zone)::date)) then 'line-manager' end
          ],
          array(
            select distinct h.role from role_held h
            where served.id is null and h.institution_id = s.institution_id and h.person_id = s.person_id
              and h.held_from <= (at at time zone i.time_zone)::date
              and (h.held_until is null or h.held_until >= (at at time zone i.time_zone)::date)
          )
        ), null),
      case when served.id is not null then p.id end,
      case when served.id is not null then trim(p.given_name || ' ' || p.family_name) end,
      case when served.id is not null then s.acting_until end,
      s.acting_for_id is not null and served.id is null
    from session s
    join institution i on i.id = s.institution_id
    join person p on p.institution_id = s.institution_id and p.id = s.person_id
    -- Whose address is another now is another account's.
    join account_person a on a.account_id = s.account_id and a.institution_id = s.institution_id and a.person_id = s.person_id
    left join person served on served.institution_id = s.institution_id and served.id = s.acting_for_id
      and s.acting_until > at and served.email is null and served.erased_at is null
      and (served.left_on is null or served.left_on >= (at at time zone i.time_zone)::date)
      and exists (
        select from role_held c
        where c.institution_id = s.institution_id and c.person_id = s.person_id and c.role = 'coordinator'
          and c.held_from <= (at at time zone i.time_zone)::date
          and (c.held_until is null or c.held_until >= (at at time zone i.time_zone)::date)
      )
    join person q on q.institution_id = s.institution_id and q.id = coalesce(served.id, p.id)
    where s.token_hash = any (token_hashes) and s.expires_at > at
      and (p.left_on is null or p.left_on >= (at at time zone i.time_zone)::date)
  $$;
revoke execute on function actors_of_sessions(bytea[], timestamptz) from public;
grant execute on function actors_of_sessions(bytea[], timestamptz) to waymark_app;
