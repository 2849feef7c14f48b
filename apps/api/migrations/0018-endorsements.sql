-- Funding: whom an application was put to for endorsement, and what they said. Silence never endorses.

create table endorsement (
  institution_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  submission_number integer not null,
  -- For what: the application as submitted, or an award whose event or dates moved.
  purpose text not null,
  status text not null,
  asked_of uuid not null,
  -- Why this person: see ApproverReason; `named` by the coordinator.
  asked_as text not null,
  -- Whom they answer in place of, where they are a delegate.
  in_place_of uuid,
  asked_at timestamptz not null,
  -- When it goes on to the next.
  passes_on_at timestamptz not null,
  reminded_at timestamptz,
  answered_at timestamptz,
  answered_by uuid,
  -- By the page, or by the link of the mail.
  answered_through text,
  -- The question it was returned with, or why it was declined: read by the applicant.
  reason text,
  version integer not null,
  constraint endorsement_pk primary key (institution_id, id),
  constraint endorsement_application foreign key (institution_id, application_id) references application (institution_id, id),
  constraint endorsement_submission foreign key (institution_id, application_id, submission_number)
    references application_submission (institution_id, application_id, number),
  constraint endorsement_asked_of foreign key (institution_id, asked_of) references person (institution_id, id),
  constraint endorsement_in_place_of foreign key (institution_id, in_place_of) references person (institution_id, id),
  constraint endorsement_answered_by foreign key (institution_id, answered_by) references person (institution_id, id),
  constraint endorsement_purpose check (purpose in ('application', 'changed-event')),
  constraint endorsement_status check (status in ('asked', 'endorsed', 'returned', 'declined', 'passed-on', 'unendorsed', 'withdrawn')),
  constraint endorsement_asked_as
    check (asked_as in ('line-manager', 'delegate', 'next-manager', 'delegate-of-next-manager', 'named')),
  constraint endorsement_through check (answered_through in ('page', 'mail')),
  constraint endorsement_answer check ((status in ('endorsed', 'returned', 'declined')) = (answered_by is not null)),
  constraint endorsement_reason check ((status in ('returned', 'declined')) <= (reason is not null) and char_length(reason) <= 1000)
);
-- At most one is asked at a time.
create unique index endorsement_asked_once on endorsement (institution_id, application_id, purpose) where status = 'asked';
create index endorsement_of_person on endorsement (institution_id, asked_of, status);
create index endorsement_of_application on endorsement (institution_id, application_id, asked_at);
create index endorsement_by_time on endorsement (institution_id, passes_on_at) where status = 'asked';
select protect_tenant_table('endorsement');

-- Single-use links in mail to an endorser. Global: the link comes before any institution is known. Opening one changes
-- nothing; it shows what is asked, and the button posts.
create table endorsement_link (
  token_hash bytea not null,
  institution_id uuid not null,
  endorsement_id uuid not null,
  person_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint endorsement_link_pk primary key (token_hash),
  constraint endorsement_link_endorsement foreign key (institution_id, endorsement_id) references endorsement (institution_id, id),
  constraint endorsement_link_person foreign key (institution_id, person_id) references person (institution_id, id)
);
create index endorsement_link_of_endorsement on endorsement_link (institution_id, endorsement_id);
grant select, insert, update, delete on endorsement_link to waymark_app;
