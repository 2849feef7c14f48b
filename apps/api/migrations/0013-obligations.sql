-- Report-back: what somebody owes a report on, whatever it came from. See domain.md, "Report-back".

create table obligation (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  -- What it came from: a domain's own record, which that domain alone can read.
  source_kind text not null,
  source_id uuid not null,
  -- What is to be reported on, as the person knows it: the name of an event, a visit, a workshop.
  subject text not null,
  -- The last day of the event, and the day by which the report is owed, in the institution's time zone.
  event_ends_on date not null,
  due_on date not null,
  status text not null,
  -- When changes to a submitted report were asked for; unanswered for fourteen days it is overdue again.
  changes_asked_at timestamptz,
  waived_because text,
  created_at timestamptz not null,
  version integer not null,
  constraint obligation_pk primary key (institution_id, id),
  constraint obligation_person foreign key (institution_id, person_id) references person (institution_id, id),
  -- A source is owed for once by each person, however often its event arrives.
  constraint obligation_once unique (institution_id, source_kind, source_id, person_id),
  constraint obligation_source_kind check (source_kind in ('award', 'visit', 'workshop', 'mentoring')),
  constraint obligation_status
    check (status in ('due', 'submitted', 'changes-asked', 'accepted', 'discharged', 'waived', 'cancelled')),
  constraint obligation_subject check (char_length(subject) between 1 and 200),
  constraint obligation_dates check (due_on >= event_ends_on),
  constraint obligation_changes_asked check ((status = 'changes-asked') <= (changes_asked_at is not null)),
  constraint obligation_waived check ((status = 'waived') = (waived_because is not null)),
  constraint obligation_waived_because check (waived_because in ('left', 'reason'))
);
create index obligation_of_person on obligation (institution_id, person_id, due_on);
create index obligation_by_date on obligation (institution_id, due_on) where status in ('due', 'changes-asked');
select protect_tenant_table('obligation');
