-- Files of staff: read, previewed, applied and undone. What a row holds of people goes as soon as it is not needed.

create table staff_import (
  institution_id uuid not null,
  id uuid not null,
  kind text not null,
  file_name text not null,
  status text not null,
  bytes integer not null,
  row_count integer not null,
  encoding text,
  separator text,
  sheet text,
  headings text[] not null,
  mapping jsonb not null,
  mapping_remembered boolean not null,
  settings jsonb not null,
  grade_order text[],
  -- Counts, problems, changed fields, what is new; of the last preview or of applying.
  summary jsonb,
  -- So many leavers were confirmed by number when applying was asked for.
  leavers_confirmed integer,
  -- What applying made beside people, and what undoing did; for undoing and its record.
  made jsonb,
  undo jsonb,
  job_id uuid,
  uploaded_at timestamptz not null,
  uploaded_by uuid not null,
  applied_at timestamptz,
  undone_at timestamptz,
  version integer not null,
  constraint staff_import_pk primary key (institution_id, id),
  constraint staff_import_institution foreign key (institution_id) references institution (id),
  constraint staff_import_uploaded_by foreign key (institution_id, uploaded_by) references person (institution_id, id),
  constraint staff_import_kind check (kind in ('staff', 'managers', 'skills', 'awards')),
  constraint staff_import_status check (status in ('reading', 'unreadable', 'uploaded', 'previewing', 'previewed', 'applying',
    'applied', 'undoing', 'undone', 'discarded'))
);
create index staff_import_by_upload on staff_import (institution_id, uploaded_at desc, id);
create index staff_import_by_applied on staff_import (institution_id, applied_at desc) where applied_at is not null;
create index staff_import_uploader on staff_import (institution_id, uploaded_by);
-- One at a time changes an institution's people; the use cases refuse the second by name before it comes to this.
create unique index staff_import_one_at_work on staff_import (institution_id) where status in ('applying', 'undoing');
select protect_tenant_table('staff_import');

-- The file's bytes while they come in and until they are read. The import is written once all of them are there.
create table staff_import_chunk (
  institution_id uuid not null,
  import_id uuid not null,
  n integer not null,
  data bytea not null,
  at timestamptz not null,
  constraint staff_import_chunk_pk primary key (institution_id, import_id, n),
  constraint staff_import_chunk_institution foreign key (institution_id) references institution (id)
);
-- Files are packed already or go again within seconds.
alter table staff_import_chunk alter column data set storage external;
create index staff_import_chunk_by_age on staff_import_chunk (institution_id, at);
select protect_tenant_table('staff_import_chunk');

-- What the file says, line by line, until it is applied, discarded or too old.
create table staff_import_line (
  institution_id uuid not null,
  import_id uuid not null,
  line integer not null,
  cells json not null,
  constraint staff_import_line_pk primary key (institution_id, import_id, line),
  constraint staff_import_line_import foreign key (institution_id, import_id) references staff_import (institution_id, id)
);
select protect_tenant_table('staff_import_line');

-- What each row comes to, in the order of the file, leavers that are not in it last. After applying: what was changed.
create table staff_import_row (
  institution_id uuid not null,
  import_id uuid not null,
  n integer not null,
  line integer,
  outcome text not null,
  name text not null,
  email text,
  staff_number text,
  person_id uuid,
  -- For filters: the fields that change, and the problems' codes.
  fields text[] not null,
  problems text[] not null,
  detail json not null,
  constraint staff_import_row_pk primary key (institution_id, import_id, n),
  constraint staff_import_row_import foreign key (institution_id, import_id) references staff_import (institution_id, id),
  constraint staff_import_row_person foreign key (institution_id, person_id) references person (institution_id, id)
    on delete set null (person_id),
  constraint staff_import_row_outcome check (outcome in ('new', 'changed', 'unchanged', 'leaver', 'refused'))
);
create index staff_import_row_of_person on staff_import_row (institution_id, person_id) where person_id is not null;
select protect_tenant_table('staff_import_row');

-- For undoing: of each person whom an applied import touched, the fields as they were and as they became; of those
-- it added, all of them as they became.
create table staff_import_effect (
  institution_id uuid not null,
  import_id uuid not null,
  person_id uuid not null,
  kind text not null,
  before jsonb not null,
  after jsonb not null,
  skill_ids uuid[] not null,
  award_ids uuid[] not null,
  constraint staff_import_effect_pk primary key (institution_id, import_id, person_id),
  constraint staff_import_effect_import foreign key (institution_id, import_id) references staff_import (institution_id, id),
  constraint staff_import_effect_person foreign key (institution_id, person_id) references person (institution_id, id)
    on delete cascade,
  constraint staff_import_effect_kind check (kind in ('added', 'changed'))
);
create index staff_import_effect_of_person on staff_import_effect (institution_id, person_id);
select protect_tenant_table('staff_import_effect');

-- How columns with these headings were mapped last, by an import that was previewed.
create table staff_import_mapping (
  institution_id uuid not null,
  kind text not null,
  headings_hash bytea not null,
  mapping jsonb not null,
  settings jsonb not null,
  at timestamptz not null,
  constraint staff_import_mapping_pk primary key (institution_id, kind, headings_hash),
  constraint staff_import_mapping_institution foreign key (institution_id) references institution (id)
);
select protect_tenant_table('staff_import_mapping');
