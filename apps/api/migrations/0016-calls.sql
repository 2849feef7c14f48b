-- Funding: calls, what they ask and by which rules they decide. See domain.md, "Funding".

create table call (
  institution_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null,
  status text not null,
  pot_id uuid not null,
  -- What this call may give away at most; the pot is what can really be committed.
  budget_pence bigint not null,
  -- To the second. A rolling call's window is one month; at its end the next month's call opens with the same terms.
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  -- Days past the close within which a returned application may still be handed in again.
  return_grace_days smallint not null,
  -- Without an answer by then an application is unendorsed, and the coordinator decides.
  endorse_by timestamptz not null,
  -- What applicants are told: when they hear, how long the reserve list stands, by when awards are claimed.
  decide_by date not null,
  reserve_until date not null,
  claim_by date not null,
  -- Next year's dates, shown to everyone; null: not known yet.
  next_opens_on date,
  next_closes_on date,
  -- What decides an application: the newest of its terms. Those submitted keep the ones they were submitted under.
  terms_number integer not null,
  -- Paragraphs of the coordinator's own in the letters: see callLetters.
  letters jsonb not null,
  -- Calls that follow one another: last year's, last month's. The first one's identifier.
  series_id uuid not null,
  copied_from uuid,
  -- A rolling call goes on month by month until this day.
  rolls_until date,
  cancelled_because text,
  created_at timestamptz not null,
  created_by uuid not null,
  version integer not null,
  constraint call_pk primary key (institution_id, id),
  constraint call_pot foreign key (institution_id, pot_id) references pot (institution_id, id),
  constraint call_copied_from foreign key (institution_id, copied_from) references call (institution_id, id),
  constraint call_created_by foreign key (institution_id, created_by) references person (institution_id, id),
  constraint call_name check (char_length(name) between 1 and 120),
  constraint call_kind check (kind in ('yearly', 'rolling')),
  constraint call_status
    check (status in ('draft', 'open', 'closed', 'scoring', 'moderation', 'decided', 'archived', 'cancelled')),
  constraint call_budget check (budget_pence between 1 and 100000000000),
  constraint call_window check (closes_at > opens_at),
  constraint call_endorse_by check (endorse_by >= closes_at),
  constraint call_return_grace check (return_grace_days between 0 and 60),
  constraint call_days check (reserve_until >= decide_by and claim_by >= decide_by),
  constraint call_next check (next_closes_on >= next_opens_on),
  constraint call_rolls check ((kind = 'rolling') = (rolls_until is not null)),
  constraint call_cancelled check ((status = 'cancelled') = (cancelled_because is not null))
);
create unique index call_name_unique on call (institution_id, lower(name)) where status <> 'cancelled';
create index call_by_window on call (institution_id, status, opens_at, closes_at);
create index call_of_series on call (institution_id, series_id, opens_at);
select protect_tenant_table('call');

-- Terms are neither changed nor taken away: a change is a new number, and what was submitted keeps its own.
create table call_terms (
  institution_id uuid not null,
  call_id uuid not null,
  number integer not null,
  terms jsonb not null,
  created_at timestamptz not null,
  created_by uuid not null,
  constraint call_terms_pk primary key (institution_id, call_id, number),
  constraint call_terms_call foreign key (institution_id, call_id) references call (institution_id, id),
  constraint call_terms_created_by foreign key (institution_id, created_by) references person (institution_id, id)
);
select protect_tenant_table('call_terms');
revoke update, delete on call_terms from waymark_app;

-- Who reads and scores; one or more of them chair.
create table call_panelist (
  institution_id uuid not null,
  call_id uuid not null,
  person_id uuid not null,
  chair boolean not null,
  -- The most applications they read; null: as many as an even load asks.
  most_reviews integer,
  added_at timestamptz not null,
  added_by uuid not null,
  constraint call_panelist_pk primary key (institution_id, call_id, person_id),
  constraint call_panelist_call foreign key (institution_id, call_id) references call (institution_id, id),
  constraint call_panelist_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint call_panelist_added_by foreign key (institution_id, added_by) references person (institution_id, id),
  constraint call_panelist_most check (most_reviews between 0 and 10000)
);
create index call_panelist_of_person on call_panelist (institution_id, person_id);
select protect_tenant_table('call_panelist');

-- A named person may submit later than the close, and why.
create table call_extension (
  institution_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  person_id uuid not null,
  until timestamptz not null,
  reason text not null,
  granted_by uuid not null,
  granted_at timestamptz not null,
  constraint call_extension_pk primary key (institution_id, id),
  constraint call_extension_once unique (institution_id, call_id, person_id),
  constraint call_extension_call foreign key (institution_id, call_id) references call (institution_id, id),
  constraint call_extension_person foreign key (institution_id, person_id) references person (institution_id, id),
  constraint call_extension_granted_by foreign key (institution_id, granted_by) references person (institution_id, id),
  constraint call_extension_not_to_self check (granted_by <> person_id),
  constraint call_extension_reason check (char_length(reason) between 1 and 500)
);
select protect_tenant_table('call_extension');

-- Mail to a filtered list of applicants: what was said, to how many, chosen how.
create table call_message (
  institution_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  subject text not null,
  body text not null,
  filter jsonb not null,
  recipients integer not null,
  sent_by uuid not null,
  sent_at timestamptz not null,
  constraint call_message_pk primary key (institution_id, id),
  constraint call_message_call foreign key (institution_id, call_id) references call (institution_id, id),
  constraint call_message_sent_by foreign key (institution_id, sent_by) references person (institution_id, id),
  constraint call_message_subject check (char_length(subject) between 1 and 150),
  constraint call_message_body check (char_length(body) between 1 and 10000)
);
create index call_message_of_call on call_message (institution_id, call_id, sent_at);
select protect_tenant_table('call_message');
