-- Files of the office: originals sealed and private, pictures drawn anew, what happened to each, in order.

-- A large paper is not kept beside its salt but in the file store.
alter table opening alter column content drop not null;
alter table opening add column blob text;
alter table opening add constraint one_content check ((content is null) <> (blob is null));

create table office_file (
  id text primary key,
  kind text not null,
  subject_kind text not null,
  subject_id text not null,
  -- Facts of the subject by which permission is asked, as they were when the file came.
  subject_communes text[] not null,
  subject_district text,
  subject_twin text,
  name text not null,
  format text not null,
  bytes integer not null check (bytes > 0),
  width integer,
  height integer,
  digest text not null unique check (digest ~ '^[0-9a-f]{64}$'),
  blob text not null unique,
  added_by text not null,
  added_at bigint not null
);
create index office_file_subject on office_file (subject_kind, subject_id, added_at);

-- A picture as anybody might see it: 1 as added, one more for each redaction. Only the last one's bytes are kept.
create table file_picture (
  file text not null references office_file (id),
  n integer not null check (n > 0),
  width integer not null,
  height integer not null,
  blob text not null unique,
  small_width integer not null,
  small_height integer not null,
  small_blob text not null unique,
  -- Everything that is black in it, in units of 1/4800 of width and height.
  boxes jsonb not null,
  primary key (file, n)
);

-- What happened to a file. The primary key lets one of two come first.
create table file_step (
  file text not null references office_file (id),
  n integer not null check (n > 0),
  step text not null check (step in ('added', 'redacted', 'published', 'withdrawn')),
  picture integer,
  reason text,
  tied_kind text,
  tied_id text,
  person text not null,
  organisation text not null,
  at bigint not null,
  primary key (file, n),
  foreign key (file, picture) references file_picture (file, n),
  check ((step = 'published') = (tied_kind is not null)),
  check ((tied_kind is null) = (tied_id is null)),
  check (step not in ('redacted', 'withdrawn') or reason is not null)
);
create index file_step_tied on file_step (tied_kind, tied_id) where tied_kind is not null;

-- Files of forms that are not finished.
create table staged_file (
  id text primary key,
  form text not null,
  person text not null,
  field text not null,
  kind text not null,
  name text not null,
  format text not null,
  bytes integer not null,
  width integer,
  height integer,
  blob text not null unique,
  at bigint not null
);
create index staged_file_form on staged_file (form, person);
create index staged_file_at on staged_file (at);

do $$
declare
  name text;
begin
  foreach name in array array['office_file', 'file_picture', 'file_step'] loop
    execute format('create trigger never_changed before update or delete on %I for each row execute function refuse_change()', name);
    execute format('create trigger never_emptied before truncate on %I for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_changed', name);
    execute format('alter table %I enable always trigger never_emptied', name);
  end loop;
  if exists (select 1 from pg_roles where rolname = 'ketnghia_app') then
    grant select, insert on office_file, file_picture, file_step to ketnghia_app;
    grant select, insert, update, delete on staged_file to ketnghia_app;
  end if;
end $$;
