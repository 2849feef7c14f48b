-- Leaving and moving to another institution. See docs/decisions/0003-tenancy-in-the-key.md for what two institutions share.

-- An address opens the institution that has linked it longest. By the age of the record (as in 0002) another institution
-- could give an old record of its own the address of somebody elsewhere, and have them sign in there from then on.
alter table account_person add column linked_at timestamptz not null default now();
update account_person a set linked_at = p.created_at from person p where p.institution_id = a.institution_id and p.id = a.person_id;
create or replace function people_of_account(account uuid, at timestamptz)
  returns table (institution_id uuid, person_id uuid, institution_name text, given_name text)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select a.institution_id, a.person_id, i.name, p.given_name
    from account_person a
    join institution i on i.id = a.institution_id
    join person p on p.institution_id = a.institution_id and p.id = a.person_id
    where a.account_id = account and (p.left_on is null or p.left_on >= (at at time zone i.time_zone)::date)
    order by a.linked_at, p.created_at, p.id
  $$;

-- The last day for which everybody has been told (`person.left`): while it differs from left_on, the telling is owed, so
-- that it is done once for each leaving, also after nights when nothing ran.
alter table person add column left_told date;
create index person_to_tell on person (institution_id, left_on) where left_on is not null and left_told is distinct from left_on;

-- Whoever sets another last day, or none, owes the telling anew.
create function owe_telling() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
begin
  new.left_told := null;
  return new;
end $$;
create trigger person_owe_telling before update of left_on on person
  for each row when (new.left_on is distinct from old.left_on) execute function owe_telling();

-- When and why a pair ended. The reason is private: no view shows it to anybody but the coordinator.
alter table pair
  add column ended_at timestamptz,
  add column end_reason text,
  add constraint pair_end_reason check (end_reason in ('left', 'chosen'));

-- Called once for every table whose rows belong to one institution and name another: both see a row, the first alone
-- begins one, and neither removes it. A trigger of the table limits what each side may change.
create function share_tenant_table(table_name regclass, other_column text) returns void
  language plpgsql set search_path = public, pg_temp
  as $$
declare
  both_sides text := format('institution_id = current_institution() or %I = current_institution()', other_column);
begin
  execute format('alter table %s enable row level security', table_name);
  execute format('create policy seen_by_both on %s for select using (%s)', table_name, both_sides);
  execute format('create policy begun_by_first on %s for insert with check (institution_id = current_institution())', table_name);
  execute format('create policy changed_by_both on %s for update using (%s) with check (%s)', table_name, both_sides, both_sides);
  execute format('grant select, insert, update on %s to waymark_app', table_name);
end $$;
revoke execute on function share_tenant_table(regclass, text) from public;

-- Somebody moves to another institution of a shared network. The row belongs to the institution they leave; `card` is what
-- that one hands on (names, address, skills, awards), `to_card` what the other one answers (unit, grade). Cards are
-- emptied when the person is erased.
create table transfer (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  to_institution_id uuid not null,
  status text not null,
  last_day date not null,
  first_day date not null,
  card jsonb not null,
  started_by uuid not null,
  started_at timestamptz not null,
  -- When the last day was set here, after the other side had accepted.
  marked_at timestamptz,
  to_person_id uuid,
  to_card jsonb,
  decided_by uuid,
  decided_at timestamptz,
  version integer not null,
  constraint transfer_pk primary key (institution_id, id),
  constraint transfer_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint transfer_started_by foreign key (institution_id, started_by) references person (institution_id, id),
  constraint transfer_to_institution foreign key (to_institution_id) references institution (id),
  constraint transfer_to_person foreign key (to_institution_id, to_person_id) references person (institution_id, id),
  constraint transfer_decided_by foreign key (to_institution_id, decided_by) references person (institution_id, id),
  constraint transfer_status check (status in ('asked', 'accepted', 'declined', 'cancelled')),
  constraint transfer_two_institutions check (institution_id <> to_institution_id),
  constraint transfer_dates check (first_day > last_day),
  constraint transfer_accepted check ((status = 'accepted') = (to_person_id is not null)),
  constraint transfer_decided check ((status in ('accepted', 'declined')) = (decided_by is not null and decided_at is not null))
);
create unique index transfer_one_asked on transfer (institution_id, person_id) where status = 'asked';
create index transfer_of_person on transfer (institution_id, person_id, started_at);
create index transfer_to_us on transfer (to_institution_id, status, started_at);
select share_tenant_table('transfer', 'to_institution_id');

create function keep_transfer_to_its_sides() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
declare
  side uuid := current_institution();
begin
  -- Outside any institution the application sees no row; migrations and tests arrange what they need.
  if side is null then
    return new;
  end if;
  if tg_op = 'INSERT' then
    if new.status = 'asked' and new.to_card is null and new.marked_at is null then
      return new;
    end if;
  elsif side = old.institution_id then
    if (new.institution_id, new.id, new.person_id, new.to_institution_id, new.last_day, new.first_day, new.started_by,
        new.started_at, new.to_person_id, new.decided_by, new.decided_at)
       is not distinct from
       (old.institution_id, old.id, old.person_id, old.to_institution_id, old.last_day, old.first_day, old.started_by,
        old.started_at, old.to_person_id, old.decided_by, old.decided_at)
      -- An erasure on either side empties both cards.
      and (new.to_card is not distinct from old.to_card or new.to_card = '{}')
      and (new.status = old.status or (old.status = 'asked' and new.status = 'cancelled')) then
      return new;
    end if;
  elsif side = old.to_institution_id then
    if (new.institution_id, new.id, new.person_id, new.to_institution_id, new.last_day, new.first_day, new.started_by,
        new.started_at, new.marked_at)
       is not distinct from
       (old.institution_id, old.id, old.person_id, old.to_institution_id, old.last_day, old.first_day, old.started_by,
        old.started_at, old.marked_at)
      and (new.card is not distinct from old.card or new.card = '{}')
      and (new.status = old.status or (old.status = 'asked' and new.status in ('accepted', 'declined'))) then
      return new;
    end if;
  end if;
  raise exception 'not for this side to write' using errcode = 'WM002', constraint = 'transfer_sides';
end $$;
create trigger transfer_sides before insert or update on transfer
  for each row execute function keep_transfer_to_its_sides();

-- Whether the two of a pair wish to go on when one of them moves: asked of both, answered by each for themselves.
create table pair_going_on (
  institution_id uuid not null,
  transfer_id uuid not null,
  pair_id uuid not null,
  mentor_answer boolean,
  mentee_answer boolean,
  asked_at timestamptz not null,
  constraint pair_going_on_pk primary key (institution_id, transfer_id, pair_id),
  constraint pair_going_on_transfer foreign key (institution_id, transfer_id) references transfer (institution_id, id),
  constraint pair_going_on_pair foreign key (institution_id, pair_id) references pair (institution_id, id)
);
create index pair_going_on_of_pair on pair_going_on (institution_id, pair_id);
select protect_tenant_table('pair_going_on');

-- A pair that goes on across two institutions. The row belongs to the institution where the pair was agreed and where one of
-- the two stays; its pair stands beside it under the same id. Each side sees the other's card, and neither side's records.
create table shared_pair (
  institution_id uuid not null,
  id uuid not null,
  transfer_id uuid not null,
  other_institution_id uuid not null,
  stays_id uuid not null,
  moved_id uuid not null,
  moved_side text not null,
  status text not null,
  goals text not null,
  agreed_at timestamptz not null,
  ends_on date not null,
  stays_card jsonb not null,
  moved_card jsonb not null,
  ended_at timestamptz,
  version integer not null,
  constraint shared_pair_pk primary key (institution_id, id),
  constraint shared_pair_pair foreign key (institution_id, id) references pair (institution_id, id),
  constraint shared_pair_transfer foreign key (institution_id, transfer_id) references transfer (institution_id, id),
  constraint shared_pair_other_institution foreign key (other_institution_id) references institution (id),
  constraint shared_pair_stays foreign key (institution_id, stays_id) references person (institution_id, id),
  constraint shared_pair_moved foreign key (other_institution_id, moved_id) references person (institution_id, id),
  constraint shared_pair_two_institutions check (institution_id <> other_institution_id),
  constraint shared_pair_moved_side check (moved_side in ('mentor', 'mentee')),
  constraint shared_pair_status check (status in ('active', 'ended')),
  constraint shared_pair_ended check ((status = 'ended') = (ended_at is not null))
);
create index shared_pair_of_stays on shared_pair (institution_id, stays_id);
create index shared_pair_of_moved on shared_pair (other_institution_id, moved_id);
select share_tenant_table('shared_pair', 'other_institution_id');

create function keep_shared_pair_to_its_sides() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
declare
  side uuid := current_institution();
begin
  if side is null then
    return new;
  end if;
  -- Either side may end it, and change its own card; nothing else, and nothing that has ended begins again.
  if (new.institution_id, new.id, new.transfer_id, new.other_institution_id, new.stays_id, new.moved_id, new.moved_side,
      new.agreed_at, new.ends_on)
     is not distinct from
     (old.institution_id, old.id, old.transfer_id, old.other_institution_id, old.stays_id, old.moved_id, old.moved_side,
      old.agreed_at, old.ends_on)
    -- An erasure empties what the two wrote.
    and (new.goals = old.goals or new.goals = '')
    and (new.status = old.status or (old.status = 'active' and new.status = 'ended'))
    and (old.status = 'active' or new.ended_at is not distinct from old.ended_at)
    and (side = old.institution_id or new.stays_card = old.stays_card)
    and (side = old.other_institution_id or new.moved_card = old.moved_card) then
    return new;
  end if;
  raise exception 'not for this side to write' using errcode = 'WM002', constraint = 'shared_pair_sides';
end $$;
create trigger shared_pair_sides before update on shared_pair
  for each row execute function keep_shared_pair_to_its_sides();
