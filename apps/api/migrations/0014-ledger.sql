-- Funding: cost codes, pots and their ledger. See domain.md, "Funding", and docs/decisions/0030.

alter table role_held drop constraint role_held_role;
alter table role_held add constraint role_held_role check (
  role in ('coordinator', 'programme-lead', 'institution-administrator', 'auditor', 'award-verifier', 'finance-officer')
);

create table cost_code (
  institution_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  -- A code that is not in use any more stays on what it was used for, and can be chosen for nothing new.
  active boolean not null,
  version integer not null,
  constraint cost_code_pk primary key (institution_id, id),
  constraint cost_code_institution foreign key (institution_id) references institution (id),
  constraint cost_code_code check (code ~ '^[A-Za-z0-9][A-Za-z0-9./-]{0,29}$'),
  constraint cost_code_name check (char_length(name) between 1 and 120)
);
create unique index cost_code_code_unique on cost_code (institution_id, upper(code));
select protect_tenant_table('cost_code');

create table pot (
  institution_id uuid not null,
  id uuid not null,
  name text not null,
  -- The calendar year in which the financial year begins: 2026 is 2026/27.
  financial_year integer not null,
  cost_code_id uuid not null,
  status text not null,
  -- The pot of the year before that was rolled over into this one.
  rolled_from uuid,
  -- Kept by the ledger's trigger alone, so that the database can refuse to let any of them fall below zero.
  available_pence bigint not null default 0,
  committed_pence bigint not null default 0,
  spent_pence bigint not null default 0,
  created_at timestamptz not null,
  created_by uuid not null,
  version integer not null,
  constraint pot_pk primary key (institution_id, id),
  constraint pot_cost_code foreign key (institution_id, cost_code_id) references cost_code (institution_id, id),
  constraint pot_rolled_from foreign key (institution_id, rolled_from) references pot (institution_id, id),
  constraint pot_created_by foreign key (institution_id, created_by) references person (institution_id, id),
  constraint pot_name check (char_length(name) between 1 and 120),
  constraint pot_financial_year check (financial_year between 2000 and 2999),
  constraint pot_status check (status in ('open', 'closed')),
  constraint pot_overdrawn check (available_pence >= 0),
  constraint pot_commitments_overdrawn check (committed_pence >= 0),
  constraint pot_spent_below_zero check (spent_pence >= 0)
);
create unique index pot_name_unique on pot (institution_id, lower(name), financial_year);
create unique index pot_rolled_once on pot (institution_id, rolled_from) where rolled_from is not null;
select protect_tenant_table('pot');
-- The application renames a pot and closes it; what it holds follows from the ledger.
revoke insert, update, delete on pot from waymark_app;
grant insert (institution_id, id, name, financial_year, cost_code_id, status, rolled_from, created_at, created_by, version)
  on pot to waymark_app;
grant update (name, cost_code_id, status, version) on pot to waymark_app;

-- One act of money: its lines add up to nothing, and it is never changed.
create table ledger_entry (
  institution_id uuid not null,
  id uuid not null,
  kind text not null,
  at timestamptz not null,
  -- The day in the institution's time zone: what the books go by.
  day date not null,
  reason text not null,
  made_by uuid,
  -- The entry that this one takes back.
  corrects uuid,
  constraint ledger_entry_pk primary key (institution_id, id),
  constraint ledger_entry_made_by foreign key (institution_id, made_by) references person (institution_id, id),
  constraint ledger_entry_corrects foreign key (institution_id, corrects) references ledger_entry (institution_id, id),
  constraint ledger_entry_kind check (kind in ('fund', 'commit', 'spend', 'release', 'transfer', 'correct')),
  constraint ledger_entry_correction check ((kind = 'correct') = (corrects is not null)),
  constraint ledger_entry_reason check (char_length(reason) between 1 and 200)
);
create unique index ledger_entry_corrected_once on ledger_entry (institution_id, corrects) where corrects is not null;
select protect_tenant_table('ledger_entry');
revoke update, delete on ledger_entry from waymark_app;

-- `source` is where money comes from outside the pot; available, committed and spent are what a pot is made of.
create table ledger_line (
  institution_id uuid not null,
  entry_id uuid not null,
  number smallint not null,
  pot_id uuid not null,
  account text not null,
  cost_code_id uuid not null,
  amount_pence bigint not null,
  constraint ledger_line_pk primary key (institution_id, entry_id, number),
  constraint ledger_line_entry foreign key (institution_id, entry_id) references ledger_entry (institution_id, id),
  constraint ledger_line_pot foreign key (institution_id, pot_id) references pot (institution_id, id),
  constraint ledger_line_cost_code foreign key (institution_id, cost_code_id) references cost_code (institution_id, id),
  constraint ledger_line_account check (account in ('source', 'available', 'committed', 'spent')),
  -- Far below 2^53 in sum, so that figures stay exact wherever they are added up.
  constraint ledger_line_amount check (amount_pence <> 0 and abs(amount_pence) <= 100000000000)
);
create index ledger_line_of_pot on ledger_line (institution_id, pot_id, entry_id);
create index ledger_line_of_cost_code on ledger_line (institution_id, cost_code_id) where account = 'spent';
select protect_tenant_table('ledger_line');
revoke update, delete on ledger_line from waymark_app;

-- Moves the pot's balances with the line. The row of the pot is locked by that, so of any number of entries at once each
-- sees what the one before left. Lines belong to an entry of their own transaction: nobody adds to an old one.
create function ledger_line_moves_balance() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  if not exists (
    select from ledger_entry e where e.institution_id = new.institution_id and e.id = new.entry_id
      and e.xmin = pg_current_xact_id()::xid
  ) then
    raise exception 'a line is added to an entry of another transaction' using errcode = 'WM002', constraint = 'ledger_entry_closed';
  end if;
  update pot set
    available_pence = available_pence + case when new.account = 'available' then new.amount_pence else 0 end,
    committed_pence = committed_pence + case when new.account = 'committed' then new.amount_pence else 0 end,
    spent_pence = spent_pence + case when new.account = 'spent' then new.amount_pence else 0 end
  where institution_id = new.institution_id and id = new.pot_id and status = 'open';
  if not found then
    raise exception 'the pot is closed' using errcode = 'WM002', constraint = 'pot_closed';
  end if;
  return new;
end $$;
revoke execute on function ledger_line_moves_balance() from public;
-- After the row: a line that its own policy or a check refuses has moved nothing.
create trigger ledger_line_moves_balance after insert on ledger_line
  for each row execute function ledger_line_moves_balance();

-- Double entry: at the end of the transaction every entry has lines that add up to nothing.
create function ledger_entry_balances() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
declare
  lines integer;
  total numeric;
begin
  select count(*), coalesce(sum(amount_pence), 0) into lines, total from ledger_line
    where institution_id = new.institution_id and entry_id = new.id;
  if lines < 2 or total <> 0 then
    raise exception 'the entry does not balance' using errcode = 'WM002', constraint = 'ledger_entry_unbalanced';
  end if;
  return null;
end $$;
revoke execute on function ledger_entry_balances() from public;
create constraint trigger ledger_entry_balances after insert on ledger_entry
  deferrable initially deferred for each row execute function ledger_entry_balances();

-- Every figure of money on every screen comes from here: the ledger added up, pot by pot. What was put in is what came from
-- outside; what was funded is that with transfers from and to other pots; and funded = available + committed + spent.
create view pot_figures with (security_invoker = true) as
  select p.institution_id, p.id as pot_id,
    coalesce(-sum(l.amount_pence) filter (where l.account = 'source'), 0)::bigint as put_in_pence,
    coalesce(sum(l.amount_pence) filter (where l.account <> 'source'), 0)::bigint as funded_pence,
    coalesce(sum(l.amount_pence) filter (where l.account = 'available'), 0)::bigint as available_pence,
    coalesce(sum(l.amount_pence) filter (where l.account = 'committed'), 0)::bigint as committed_pence,
    coalesce(sum(l.amount_pence) filter (where l.account = 'spent'), 0)::bigint as spent_pence
  from pot p
  left join ledger_line l on l.institution_id = p.institution_id and l.pot_id = p.id
  group by p.institution_id, p.id;
grant select on pot_figures to waymark_app;
