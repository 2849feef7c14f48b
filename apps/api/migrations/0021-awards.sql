-- Funding: awards and claims. Their money is in the ledger alone: entries name the award or the claim they are of.

create table award (
  institution_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  call_id uuid not null,
  person_id uuid not null,
  pot_id uuid not null,
  status text not null,
  -- What was offered; what is committed, spent and released is in the ledger.
  amount_pence bigint not null,
  -- Whether it hangs on an abstract, and how that stands.
  abstract text not null,
  event_name text not null,
  event_starts_on date not null,
  event_ends_on date not null,
  offered_at timestamptz not null,
  -- Unanswered by then it lapses.
  answer_by timestamptz not null,
  answered_at timestamptz,
  -- When they were reminded of the offer, and on which day last of what can be claimed.
  answer_reminded_at timestamptz,
  claim_reminded_on date,
  claim_by date not null,
  -- Of a change that waits for the manager: the dates asked for; null elsewhere.
  change jsonb,
  -- The event is off, or the abstract declined: what cannot be got back may still be claimed.
  cancelled_because text,
  closed_at timestamptz,
  version integer not null,
  constraint award_pk primary key (institution_id, id),
  constraint award_of_application unique (institution_id, application_id),
  constraint award_application foreign key (institution_id, application_id) references application (institution_id, id),
  constraint award_call foreign key (institution_id, call_id) references call (institution_id, id),
  constraint award_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint award_pot foreign key (institution_id, pot_id) references pot (institution_id, id),
  constraint award_status
    check (status in ('offered', 'accepted', 'changed', 'attended', 'closed', 'lapsed', 'refused', 'cancelled')),
  constraint award_amount check (amount_pence between 1 and 100000000000),
  constraint award_abstract check (abstract in ('none', 'waiting', 'accepted', 'declined')),
  constraint award_event check (event_ends_on >= event_starts_on),
  constraint award_changed check ((status = 'changed') = (change is not null)),
  constraint award_cancelled check ((status = 'cancelled') <= (cancelled_because in ('event-off', 'abstract-declined', 'left'))),
  constraint award_closed check ((status = 'closed') <= (closed_at is not null))
);
create index award_of_call on award (institution_id, call_id, status);
create index award_of_person on award (institution_id, person_id);
create index award_by_answer on award (institution_id, answer_by) where status = 'offered';
create index award_by_claim on award (institution_id, claim_by) where status in ('accepted', 'changed', 'attended', 'cancelled');
select protect_tenant_table('award');

-- Payments made together, as the finance system takes them.
create table payment_batch (
  institution_id uuid not null,
  id uuid not null,
  number integer not null,
  status text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  paid_at timestamptz,
  version integer not null,
  constraint payment_batch_pk primary key (institution_id, id),
  constraint payment_batch_number unique (institution_id, number),
  constraint payment_batch_made_by foreign key (institution_id, made_by) references person (institution_id, id),
  constraint payment_batch_status check (status in ('open', 'paid'))
);
select protect_tenant_table('payment_batch');

-- A claim of money spent; an advance of kind `advance` is money before it is spent, settled against the claims that follow.
create table claim (
  institution_id uuid not null,
  id uuid not null,
  award_id uuid not null,
  number integer not null,
  kind text not null,
  -- The last one: releases what is left, and waits while a report is overdue.
  last boolean not null,
  status text not null,
  -- As they were typed, with what was read of it: see claimLine.
  lines jsonb not null,
  -- What the lines add up to, what of it an advance has paid already, and what is to be paid: the first less the second.
  claimed_pence bigint not null,
  settles_pence bigint not null,
  cost_code_id uuid,
  submitted_at timestamptz,
  -- Who sent it: the award's person, or whoever acted for them.
  submitted_by uuid,
  decided_by uuid,
  decided_at timestamptz,
  -- Why it was returned, or why the payment was rejected.
  reason text,
  batch_id uuid,
  paid_at timestamptz,
  created_at timestamptz not null,
  version integer not null,
  constraint claim_pk primary key (institution_id, id),
  constraint claim_number unique (institution_id, award_id, number),
  constraint claim_award foreign key (institution_id, award_id) references award (institution_id, id),
  constraint claim_cost_code foreign key (institution_id, cost_code_id) references cost_code (institution_id, id),
  constraint claim_submitted_by foreign key (institution_id, submitted_by) references person (institution_id, id),
  constraint claim_decided_by foreign key (institution_id, decided_by) references person (institution_id, id),
  constraint claim_batch foreign key (institution_id, batch_id) references payment_batch (institution_id, id),
  constraint claim_kind check (kind in ('claim', 'advance')),
  constraint claim_last check (not last or kind = 'claim'),
  constraint claim_status check (status in ('draft', 'submitted', 'approved', 'returned', 'paid', 'payment-rejected')),
  constraint claim_amounts check (claimed_pence >= 0 and settles_pence between 0 and claimed_pence),
  constraint claim_decided check ((status in ('approved', 'paid', 'payment-rejected')) <= (decided_by is not null)),
  constraint claim_reason check ((status in ('returned', 'payment-rejected')) <= (reason is not null) and char_length(reason) <= 1000)
);
-- One is written and one is looked at at a time. What finance sends back is in nobody's way, nor is anything in its way.
create unique index claim_open_once on claim (institution_id, award_id, kind, status) where status in ('draft', 'submitted');
-- Nothing comes after the last one.
create unique index claim_last_once on claim (institution_id, award_id) where last and status <> 'draft';
create index claim_by_status on claim (institution_id, status, submitted_at);
create index claim_of_batch on claim (institution_id, batch_id) where batch_id is not null;
select protect_tenant_table('claim');

create table claim_file (
  institution_id uuid not null,
  claim_id uuid not null,
  file_id uuid not null,
  added_at timestamptz not null,
  constraint claim_file_pk primary key (institution_id, claim_id, file_id),
  constraint claim_file_claim foreign key (institution_id, claim_id) references claim (institution_id, id),
  constraint claim_file_file foreign key (institution_id, file_id) references stored_file (institution_id, id)
);
create index claim_file_of_file on claim_file (institution_id, file_id);
select protect_tenant_table('claim_file');

-- What was paid with a batch, as it went to the finance system: it stays as it was, also where the bank sends it back.
create table payment (
  institution_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  claim_id uuid not null,
  cost_code_id uuid not null,
  amount_pence bigint not null,
  paid_at timestamptz not null,
  rejected_at timestamptz,
  constraint payment_pk primary key (institution_id, id),
  constraint payment_batch foreign key (institution_id, batch_id) references payment_batch (institution_id, id),
  constraint payment_claim foreign key (institution_id, claim_id) references claim (institution_id, id),
  constraint payment_cost_code foreign key (institution_id, cost_code_id) references cost_code (institution_id, id),
  constraint payment_amount check (amount_pence between 1 and 100000000000)
);
create index payment_of_batch on payment (institution_id, batch_id);
-- A claim is paid once at a time: not again before the bank has sent it back.
create unique index payment_once on payment (institution_id, claim_id) where rejected_at is null;
select protect_tenant_table('payment');
revoke update, delete on payment from waymark_app;
grant update (rejected_at) on payment to waymark_app;

-- Nobody approves their own claim: the decider is never the award's person, nor who sent it for them.
create function claim_not_decided_by_its_own() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
begin
  if new.decided_by is not null and (new.decided_by = new.submitted_by or exists (
    select from award a where a.institution_id = new.institution_id and a.id = new.award_id and a.person_id = new.decided_by
  )) then
    raise exception 'nobody decides on their own claim' using errcode = 'WM002', constraint = 'own_claim';
  end if;
  return new;
end $$;
revoke execute on function claim_not_decided_by_its_own() from public;
create trigger claim_not_decided_by_its_own before insert or update of decided_by on claim
  for each row execute function claim_not_decided_by_its_own();

-- Two people for money: nobody approves a scenario in which they are awarded something or stand in the list themselves.
create function scenario_not_decided_by_an_applicant() returns trigger
  language plpgsql set search_path = public, pg_temp
  as $$
begin
  if new.status in ('proposed', 'approved', 'published') and exists (
    select from scenario_line l
    join application a on a.institution_id = l.institution_id and a.id = l.application_id
    where l.institution_id = new.institution_id and l.scenario_id = new.id and a.person_id in (new.proposed_by, new.decided_by)
  ) then
    raise exception 'an applicant neither proposes nor approves' using errcode = 'WM002', constraint = 'own_scenario';
  end if;
  return new;
end $$;
revoke execute on function scenario_not_decided_by_an_applicant() from public;
create trigger scenario_not_decided_by_an_applicant before update of status on scenario
  for each row execute function scenario_not_decided_by_an_applicant();

alter table ledger_entry
  add column award_id uuid,
  add column claim_id uuid,
  add constraint ledger_entry_award foreign key (institution_id, award_id) references award (institution_id, id),
  add constraint ledger_entry_claim foreign key (institution_id, claim_id) references claim (institution_id, id),
  add constraint ledger_entry_claim_of_award check ((claim_id is not null) <= (award_id is not null));
create index ledger_entry_of_award on ledger_entry (institution_id, award_id) where award_id is not null;


-- Of a statement each pot moves once, by all its lines together: a row changed thousands of times in one transaction costs more
-- with each change, and thousands of awards are committed at once. What an award has is held above nothing as a pot's is, and a
-- call gives away no more than its budget: the pot's lock makes those who race for it see one another.
drop trigger ledger_line_moves_balance on ledger_line;
create or replace function ledger_line_moves_balance() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  -- Its plans serve two lines and thousands, whichever came first: each row by its index. Scalar subqueries keep it so.
  set enable_seqscan = off
  as $$
declare
  awards uuid[];
begin
  if exists (
    select from (select distinct institution_id, entry_id from added) n
    where (select e.xmin from ledger_entry e where e.institution_id = n.institution_id and e.id = n.entry_id)
      is distinct from pg_current_xact_id()::xid
  ) then
    raise exception 'a line is added to an entry of another transaction' using errcode = 'WM002', constraint = 'ledger_entry_closed';
  end if;
  perform from pot p where (p.institution_id, p.id) in (select institution_id, pot_id from added)
    order by p.institution_id, p.id for no key update;
  if exists (
    select from (select distinct institution_id, pot_id from added) n
    where (select p.status from pot p where p.institution_id = n.institution_id and p.id = n.pot_id) is distinct from 'open'
  ) then
    raise exception 'the pot is closed' using errcode = 'WM002', constraint = 'pot_closed';
  end if;
  update pot p set
    available_pence = p.available_pence + m.available,
    committed_pence = p.committed_pence + m.committed,
    spent_pence = p.spent_pence + m.spent
  from (
    select institution_id, pot_id,
      coalesce(sum(amount_pence) filter (where account = 'available'), 0) as available,
      coalesce(sum(amount_pence) filter (where account = 'committed'), 0) as committed,
      coalesce(sum(amount_pence) filter (where account = 'spent'), 0) as spent
    from added group by institution_id, pot_id
  ) m where p.institution_id = m.institution_id and p.id = m.pot_id;
  awards := array(
    select distinct x.award_id from (
      select (select e.award_id from ledger_entry e where e.institution_id = n.institution_id and e.id = n.entry_id) as award_id
      from (select distinct institution_id, entry_id from added) n
    ) x where x.award_id is not null
  );
  if cardinality(awards) = 0 then
    return null;
  end if;
  -- Lines of one statement are of one institution: their keys say so, and so does the policy.
  if exists (
    select from unnest(awards) as t(award_id)
    where (
      select least(sum(l.amount_pence) filter (where l.account = 'committed'), sum(l.amount_pence) filter (where l.account = 'spent'))
      from ledger_entry e join ledger_line l on l.institution_id = e.institution_id and l.entry_id = e.id
      where e.institution_id = (select institution_id from added limit 1) and e.award_id = t.award_id
    ) < 0
  ) then
    raise exception 'more than the award has' using errcode = 'WM002', constraint = 'award_overdrawn';
  end if;
  if exists (select from added where account = 'committed' and amount_pence > 0) and exists (
    select from (
      select distinct (
        select a.call_id from award a where a.institution_id = (select institution_id from added limit 1) and a.id = t.award_id
      ) as call_id from unnest(awards) as t(award_id)
    ) c
    where (select k.budget_pence from call k where k.institution_id = (select institution_id from added limit 1) and k.id = c.call_id) < (
      select sum(l.amount_pence) from award a
      join ledger_entry e on e.institution_id = a.institution_id and e.award_id = a.id
      join ledger_line l on l.institution_id = e.institution_id and l.entry_id = e.id and l.account in ('committed', 'spent')
      where a.institution_id = (select institution_id from added limit 1) and a.call_id = c.call_id
    )
    -- A rejected payment comes back to its award, whatever has become of the budget.
    and exists (
      select from added n join ledger_entry e on e.institution_id = n.institution_id and e.id = n.entry_id where e.kind = 'commit'
    )
  ) then
    raise exception 'more than the budget of the call' using errcode = 'WM002', constraint = 'call_budget_spent';
  end if;
  return null;
end $$;
create trigger ledger_line_moves_balance after insert on ledger_line
  referencing new table as added for each statement execute function ledger_line_moves_balance();

-- Every figure of an award: the ledger's lines of its entries, added up. awarded = committed + spent + released. What was paid
-- as an advance, less what came back of it, is `advanced`: a part of what is spent.
create view award_figures with (security_invoker = true) as
  select e.institution_id, e.award_id,
    coalesce(sum(l.amount_pence) filter (where l.account = 'committed' and e.kind = 'commit'), 0)::bigint as awarded_pence,
    coalesce(sum(l.amount_pence) filter (where l.account = 'committed'), 0)::bigint as committed_pence,
    coalesce(sum(l.amount_pence) filter (where l.account = 'spent'), 0)::bigint as spent_pence,
    coalesce(sum(l.amount_pence) filter (where l.account = 'available' and e.kind = 'release'), 0)::bigint as released_pence,
    coalesce(sum(l.amount_pence) filter (where l.account = 'spent' and c.kind = 'advance'), 0)::bigint as advanced_pence
  from ledger_entry e
  join ledger_line l on l.institution_id = e.institution_id and l.entry_id = e.id
  left join claim c on c.institution_id = e.institution_id and c.id = e.claim_id
  where e.award_id is not null
  group by e.institution_id, e.award_id;
grant select on award_figures to waymark_app;
