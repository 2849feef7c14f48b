-- Funding: scenarios of who gets what, one of which is proposed, approved by somebody else, and published.

create table scenario (
  institution_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  -- `A`, `B` … in the order they were made.
  name text not null,
  status text not null,
  method text not null,
  -- Budget, part-awards, bar, groups with floors and caps, seed: see scenarioParameters.
  parameters jsonb not null,
  -- How the computing of it stands: those with limits by group run as a job.
  computing text not null,
  job_id uuid,
  -- A refusal by name, or `cancelled`.
  failure text,
  engine_version text,
  -- Of what the engine was given: the same hash, the same answer.
  input_hash text,
  -- Totals, and the method's own certificate.
  result jsonb,
  computed_at timestamptz,
  made_by uuid not null,
  made_at timestamptz not null,
  proposed_by uuid,
  proposed_at timestamptz,
  -- Who approved it, or rejected it with a reason.
  decided_by uuid,
  decided_at timestamptz,
  rejected_because text,
  published_at timestamptz,
  -- Those who could approve it were reminded, once.
  reminded_at timestamptz,
  version integer not null,
  constraint scenario_pk primary key (institution_id, id),
  constraint scenario_call foreign key (institution_id, call_id) references call (institution_id, id),
  constraint scenario_made_by foreign key (institution_id, made_by) references person (institution_id, id),
  constraint scenario_proposed_by foreign key (institution_id, proposed_by) references person (institution_id, id),
  constraint scenario_decided_by foreign key (institution_id, decided_by) references person (institution_id, id),
  constraint scenario_job foreign key (institution_id, job_id) references job (institution_id, id),
  constraint scenario_name_unique unique (institution_id, call_id, name),
  constraint scenario_status check (status in ('draft', 'proposed', 'approved', 'published', 'rejected')),
  constraint scenario_method check (method in ('by-rank', 'by-total', 'equal-shares')),
  constraint scenario_computing check (computing in ('waiting', 'running', 'done', 'failed')),
  constraint scenario_proposed check ((status in ('proposed', 'approved', 'published')) <= (proposed_by is not null and computing = 'done')),
  constraint scenario_decided check ((status in ('approved', 'published', 'rejected')) <= (decided_by is not null)),
  constraint scenario_published check ((status = 'published') = (published_at is not null)),
  -- Two people for money.
  constraint scenario_approver_proposed check (decided_by <> proposed_by)
);
-- One at a time is on its way, and one of a call is ever published.
create unique index scenario_on_its_way on scenario (institution_id, call_id) where status in ('proposed', 'approved', 'published');
select protect_tenant_table('scenario');

create table scenario_line (
  institution_id uuid not null,
  scenario_id uuid not null,
  application_id uuid not null,
  -- 1 the best; equal scores are told apart by lots of the scenario's seed.
  rank integer not null,
  -- Mean of the locked reviews, in tenths of a percent.
  score integer not null,
  asked_pence bigint not null,
  least_pence bigint not null,
  outcome text not null,
  amount_pence bigint not null,
  reserve_rank integer,
  -- What decided it and what would have changed it, as data: see scenarioReason.
  reason jsonb not null,
  -- Below the bar of its own terms, which no budget changes.
  below_bar boolean not null default false,
  overridden boolean not null,
  -- While overridden, what was computed: `{ outcome, amountPence, reason }`.
  computed jsonb,
  constraint scenario_line_pk primary key (institution_id, scenario_id, application_id),
  constraint scenario_line_scenario foreign key (institution_id, scenario_id) references scenario (institution_id, id),
  constraint scenario_line_application foreign key (institution_id, application_id) references application (institution_id, id),
  constraint scenario_line_outcome check (outcome in ('awarded', 'part-awarded', 'reserve', 'unsuccessful')),
  constraint scenario_line_amount check (amount_pence between 0 and asked_pence
    and (outcome in ('awarded', 'part-awarded')) = (amount_pence > 0) and (outcome = 'reserve') = (reserve_rank is not null)
    and (outcome <> 'awarded' or amount_pence = asked_pence)
    and (outcome <> 'part-awarded' or amount_pence >= least_pence and amount_pence < asked_pence)),
  constraint scenario_line_overridden check (overridden = (computed is not null))
);
create index scenario_line_by_rank on scenario_line (institution_id, scenario_id, rank);
create index scenario_line_of_application on scenario_line (institution_id, application_id);
select protect_tenant_table('scenario_line');

-- A recorded change of one outcome, with a reason. Never deleted; the newest of an application counts, `undone` takes it back.
create table scenario_override (
  institution_id uuid not null,
  id uuid not null,
  scenario_id uuid not null,
  application_id uuid not null,
  outcome text not null,
  amount_pence bigint not null,
  reason text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  constraint scenario_override_pk primary key (institution_id, id),
  constraint scenario_override_scenario foreign key (institution_id, scenario_id) references scenario (institution_id, id),
  constraint scenario_override_application foreign key (institution_id, application_id) references application (institution_id, id),
  constraint scenario_override_made_by foreign key (institution_id, made_by) references person (institution_id, id),
  constraint scenario_override_outcome check (outcome in ('awarded', 'part-awarded', 'reserve', 'unsuccessful', 'undone')),
  constraint scenario_override_amount check (amount_pence >= 0),
  constraint scenario_override_reason check (char_length(reason) between 1 and 1000)
);
create index scenario_override_of_scenario on scenario_override (institution_id, scenario_id, made_at);
select protect_tenant_table('scenario_override');
revoke update, delete on scenario_override from waymark_app;
-- Where somebody it is about is erased.
grant update (reason) on scenario_override to waymark_app;
