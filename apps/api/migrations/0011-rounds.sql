-- Rounds: pins and forbidden pairs, forwarding, reminders, silences, questions before an answer.

-- What a coordinator has decided about two people before the round is matched: together, or not in this round.
create table round_choice (
  institution_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  request_id uuid not null,
  enrolment_id uuid not null,
  kind text not null,
  -- For coordinators alone.
  reason text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  constraint round_choice_pk primary key (institution_id, id),
  constraint round_choice_round foreign key (institution_id, round_id) references round (institution_id, id),
  constraint round_choice_request foreign key (institution_id, request_id) references request (institution_id, id),
  constraint round_choice_enrolment foreign key (institution_id, enrolment_id) references enrolment (institution_id, id),
  constraint round_choice_made_by foreign key (institution_id, made_by) references person (institution_id, id),
  constraint round_choice_once unique (institution_id, round_id, request_id, enrolment_id),
  constraint round_choice_kind check (kind in ('pin', 'forbid')),
  constraint round_choice_reason check (char_length(reason) between 1 and 500)
);
create index round_choice_of_request on round_choice (institution_id, request_id);
create index round_choice_of_enrolment on round_choice (institution_id, enrolment_id);
select protect_tenant_table('round_choice');

-- A run keeps the choices it was made with, as it keeps its rules: `[{kind, requestId, enrolmentId}]`.
alter table run add column choices jsonb not null default '[]';
alter table run_pair add column pinned boolean not null default false;

alter table proposal
  -- The proposal that was declined, or lapsed, before this mentor was asked.
  add column forwarded_from uuid,
  add column reminded_at timestamptz,
  -- It lapsed because the mentor was silent; else, where it expired, the two had not agreed in time.
  add column unanswered boolean not null default false,
  -- The mentor's question, once: the clock stops until it is answered, for five days at most.
  add column question text,
  add column question_at timestamptz,
  add column question_answer text,
  add column question_closed_at timestamptz,
  -- Working days that were left when the clock stopped.
  add column days_left integer,
  add constraint proposal_forwarded_from foreign key (institution_id, forwarded_from) references proposal (institution_id, id),
  add constraint proposal_not_from_itself check (forwarded_from <> id),
  add constraint proposal_unanswered check (not unanswered or status = 'expired'),
  add constraint proposal_question check ((question is null) = (question_at is null) and (status <> 'more-asked' or question is not null)),
  add constraint proposal_days_left check (days_left >= 0);
-- Forwarded once.
create unique index proposal_forwarded_once on proposal (institution_id, forwarded_from) where forwarded_from is not null;
-- What the scheduler looks for every minute: deadlines that have passed.
create index proposal_by_deadline on proposal (institution_id, answer_by) where status in ('proposed', 'more-asked', 'accepted');

alter table enrolment
  -- Paused because proposals lapsed without an answer, and not by the mentor or a coordinator.
  add column paused_for_silence boolean not null default false,
  -- Silences before this moment do not count any more.
  add column silences_from timestamptz;

create index pair_by_end on pair (institution_id, ends_on) where status = 'active';
