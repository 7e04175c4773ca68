-- What `/healthz` and the office's page of health look at (decision 13).

-- Since when a gift waits for its number, UTC seconds by the database's clock.
alter table sequencer_queue
  add column if not exists queued_at bigint not null default floor(extract(epoch from clock_timestamp()))::bigint;

-- One row, changed by every trial write; nothing reads it.
create table health_write (
  one boolean primary key default true check (one),
  at bigint not null
);
insert into health_write (one, at) values (true, 0);

-- Work that nobody asks for (bin/jobs.ts), written at the start of whoever runs it, so that a job that never ran is late too.
create table job (
  name text primary key,
  every_seconds integer not null check (every_seconds > 0),
  known_since bigint not null
);

-- Its runs, UTC seconds; a run without an end is under way, or its process died. The last of each job are kept.
create table job_run (
  id bigint generated always as identity primary key,
  job text not null,
  started_at bigint not null,
  ended_at bigint,
  outcome text check (outcome in ('done', 'failed')),
  check ((ended_at is null) = (outcome is null))
);
create index job_run_of on job_run (job, id desc);

do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'ketnghia_app') then return; end if;
  grant select, update on health_write to ketnghia_app;
  grant select, insert, update, delete on job, job_run to ketnghia_app;
end $$;
