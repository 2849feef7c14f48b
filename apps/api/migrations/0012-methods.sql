-- Methods of matching: a round has one of its own, a run is made by that or another; and mentors who are not there yet.

-- Rounds and runs from before there was a choice: most pairs, then the most points; waiting never outweighs all else.
update round set rules = jsonb_set(rules || '{"method": "pairs-total"}', '{points,patience}', 'null');
update run set rules = jsonb_set(rules || '{"method": "pairs-total"}', '{points,patience}', 'null');

-- A run's rules say by which method it was made; the column keeps that to a method that there is.
alter table run
  add column method text not null default 'pairs-total',
  add constraint run_method check (method in ('pairs-total', 'pairs-floor-total', 'pairs-dissatisfaction', 'total', 'stable'));

-- What a mentor who is not there yet would change: what is known of them, and whom they would serve.
create table run_new_mentor (
  institution_id uuid not null,
  run_id uuid not null,
  -- Those who would serve most come first.
  position integer not null,
  -- What they would share with those they serve; null: nothing in particular.
  attribute text,
  value text,
  -- The names of the grades they could have, where the rules limit grades.
  grades text[] not null,
  serves_count integer not null,
  -- Requests.
  serves uuid[] not null,
  constraint run_new_mentor_pk primary key (institution_id, run_id, position),
  constraint run_new_mentor_run foreign key (institution_id, run_id) references run (institution_id, id),
  constraint run_new_mentor_known check ((attribute is null) = (value is null)),
  constraint run_new_mentor_serves check (serves_count > 0)
);
select protect_tenant_table('run_new_mentor');
