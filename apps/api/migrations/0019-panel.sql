-- Funding: the panel's declarations, reviews and moderation.

-- A panelist has an interest in an applicant, and so opens neither the application nor anything of its scores.
create table declaration_of_interest (
  institution_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  panelist_id uuid not null,
  applicant_id uuid not null,
  -- Private to the panelist, the chair and the coordinator.
  because text not null,
  declared_at timestamptz not null,
  withdrawn_at timestamptz,
  constraint declaration_of_interest_pk primary key (institution_id, id),
  constraint declaration_of_interest_call foreign key (institution_id, call_id) references call (institution_id, id),
  constraint declaration_of_interest_panelist foreign key (institution_id, panelist_id) references person (institution_id, id),
  constraint declaration_of_interest_applicant foreign key (institution_id, applicant_id) references person (institution_id, id),
  constraint declaration_of_interest_because check (char_length(because) between 1 and 500),
  constraint declaration_of_interest_two check (panelist_id <> applicant_id)
);
create unique index declaration_of_interest_once on declaration_of_interest (institution_id, call_id, panelist_id, applicant_id)
  where withdrawn_at is null;
select protect_tenant_table('declaration_of_interest');

create table review (
  institution_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  application_id uuid not null,
  panelist_id uuid not null,
  status text not null,
  -- By criterion: `{ "<criterion id>": 0…5 }`; while drafting some may be missing.
  scores jsonb not null,
  -- Weighted, in tenths of a percent, 0 to 1000: 745 is shown as 74.5. Null until every criterion has its score.
  score integer,
  comment_to_applicant text not null,
  private_comment text not null,
  recused_because text,
  -- The review that this one stands in for.
  replaces uuid,
  assigned_at timestamptz not null,
  -- Who gave it by hand; null: the engine did, and the audit says who confirmed its plan.
  assigned_by uuid,
  opened_at timestamptz,
  reminded_at timestamptz,
  submitted_at timestamptz,
  version integer not null,
  constraint review_pk primary key (institution_id, id),
  constraint review_application foreign key (institution_id, application_id) references application (institution_id, id),
  -- Whoever reads sits on the call's panel, and stays on it while a review names them. The call is there by this too: one check
  -- fewer for each of the eighteen thousand rows of a large call's assignment.
  constraint review_panelist foreign key (institution_id, call_id, panelist_id)
    references call_panelist (institution_id, call_id, person_id),
  constraint review_replaces foreign key (institution_id, replaces) references review (institution_id, id),
  constraint review_assigned_by foreign key (institution_id, assigned_by) references person (institution_id, id),
  constraint review_status check (status in ('assigned', 'drafting', 'submitted', 'locked', 'recused', 'reassigned')),
  constraint review_score check (score between 0 and 1000),
  constraint review_scored check ((status in ('submitted', 'locked')) <= (score is not null and submitted_at is not null)),
  constraint review_recused check ((status = 'recused') <= (recused_because is not null)),
  constraint review_comments check (char_length(comment_to_applicant) <= 5000 and char_length(private_comment) <= 5000)
);
-- One person reads an application once at a time.
create unique index review_once on review (institution_id, application_id, panelist_id) where status not in ('recused', 'reassigned');
create index review_of_panelist on review (institution_id, panelist_id, call_id);
create index review_of_call on review (institution_id, call_id, status);
create index review_replaced on review (institution_id, replaces) where replaces is not null;
select protect_tenant_table('review');

-- Nobody is given their own application, one of another call, or one in whose applicant they declared an interest. By statement,
-- since a whole call is assigned in one.
create function review_without_interest() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from given g
    join application a on a.institution_id = g.institution_id and a.id = g.application_id
    -- Looked up row by row: nothing is known of how many rows were given, and a join is planned for a handful.
    where a.call_id <> g.call_id or a.person_id = g.panelist_id or exists (
      select from declaration_of_interest d
      where d.institution_id = g.institution_id and d.call_id = g.call_id and d.panelist_id = g.panelist_id
        and d.applicant_id = a.person_id and d.withdrawn_at is null
    )
  ) then
    raise exception 'the panelist has an interest' using errcode = 'WM002', constraint = 'review_without_interest';
  end if;
  return null;
end $$;
revoke execute on function review_without_interest() from public;
create trigger review_without_interest after insert on review
  referencing new table as given for each statement execute function review_without_interest();

-- What the chair notes of an application while moderating: read by whoever moderates, never by applicants.
create table moderation_note (
  institution_id uuid not null,
  application_id uuid not null,
  words text not null,
  written_by uuid not null,
  written_at timestamptz not null,
  version integer not null,
  constraint moderation_note_pk primary key (institution_id, application_id),
  constraint moderation_note_application foreign key (institution_id, application_id) references application (institution_id, id),
  constraint moderation_note_written_by foreign key (institution_id, written_by) references person (institution_id, id),
  constraint moderation_note_words check (char_length(words) <= 5000)
);
select protect_tenant_table('moderation_note');

-- A call's reviews end hundreds of facts at once, by the record that made each.
create index relationship_of_source on relationship (institution_id, source_id);
