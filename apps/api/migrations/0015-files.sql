-- Files that people hand in: typed by their content, bounded in size, served by a route that asks who may.

create table stored_file (
  institution_id uuid not null,
  id uuid not null,
  -- What it was handed in for: decides which route serves it, and to whom.
  purpose text not null,
  -- As the person's machine called it; shown, and never trusted.
  name text not null,
  -- By its content.
  media_type text not null,
  size_bytes integer not null,
  sha256 bytea not null,
  content bytea not null,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null,
  constraint stored_file_pk primary key (institution_id, id),
  constraint stored_file_uploaded_by foreign key (institution_id, uploaded_by) references person (institution_id, id),
  constraint stored_file_purpose check (purpose in ('application', 'receipt')),
  constraint stored_file_name check (char_length(name) between 1 and 200),
  constraint stored_file_media_type check (media_type in ('application/pdf', 'image/png', 'image/jpeg', 'image/webp')),
  constraint stored_file_size check (size_bytes between 1 and 10485760 and size_bytes = octet_length(content)),
  constraint stored_file_sha256 check (octet_length(sha256) = 32)
);
-- Images and PDF are packed already.
alter table stored_file alter column content set storage external;
create index stored_file_of_person on stored_file (institution_id, uploaded_by, uploaded_at);
create index stored_file_by_time on stored_file (institution_id, uploaded_at);
select protect_tenant_table('stored_file');
-- A file is never changed. Its name alone may be taken from it, when the person is erased and the receipt is not.
revoke update on stored_file from waymark_app;
grant update (name) on stored_file to waymark_app;
