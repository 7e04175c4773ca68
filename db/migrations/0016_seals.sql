-- Seals: what was written is digested afterwards and chained, so that a change behind the site's back is seen
-- (docs/decisions/0015-seals-and-heads.md, docs/checks.md). Nothing here stands on the way of a booking but one row in
-- `row_change` for a change of a watched table.

-- The name of this book. A copy of the database is the same book: what was signed of one is held against the other.
create table book (
  one boolean primary key default true check (one),
  id uuid not null default gen_random_uuid(),
  opened_at timestamptz not null default now()
);
insert into book default values;

-- Which columns a digest was made of; its name is a digest of them.
create table seal_shape (
  shape text primary key,
  tab text not null,
  columns text not null
);

-- Which row of a watched table was changed by a statement, told by a trigger; taken away by the next sweep.
create table row_change (
  n bigserial primary key,
  tab text not null,
  key text not null
);

-- What each row of a watched table was when a sweep came by: the last one of a key counts. No digest: the row went.
create table row_seal (
  n bigint primary key,
  tab text not null,
  key text not null,
  shape text not null,
  digest bytea
);
create index row_seal_key on row_seal (tab, key, n desc);

-- Salts of rows that hold what people wrote: replaced with every change and gone with the row, so that an old digest tells
-- nothing about a row that was erased.
create table row_salt (
  tab text not null,
  key text not null,
  salt bytea not null,
  primary key (tab, key)
);

-- The chain: canonical JSON, hashed as stored behind the hash of the seal before it (of the book's id for the first).
create table seal (
  n bigint primary key,
  body text not null,
  hash bytea not null,
  -- Roots of the whole trees that the entries so far are made of, largest first: the next sweep goes on from here.
  peaks bytea not null
);

-- Runs of the checks.
create table check_run (
  id bigserial primary key,
  kind text not null check (kind in ('full', 'incremental')),
  -- UTC seconds
  began_at bigint not null,
  ended_at bigint,
  -- Last entry, seal and row seal that it looked at.
  entry bigint not null,
  seal bigint not null,
  row_seal bigint not null,
  ok boolean,
  results jsonb,
  constraint ended_with_results check ((ended_at is null) = (results is null) and (ended_at is null) = (ok is null))
);
create index check_run_ended on check_run (kind, id desc) where ended_at is not null;

-- The key of a row as JSON array of its primary key; names of the columns are the trigger's arguments.
create function note_change() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op <> 'DELETE' then
    insert into row_change (tab, key)
    select tg_table_name, (select jsonb_agg(to_jsonb(r) -> c.name order by c.n)::text
                             from unnest(tg_argv) with ordinality as c(name, n))
      from new_rows r;
  end if;
  if tg_op <> 'INSERT' then
    insert into row_change (tab, key)
    select tg_table_name, (select jsonb_agg(to_jsonb(r) -> c.name order by c.n)::text
                             from unnest(tg_argv) with ordinality as c(name, n))
      from old_rows r;
  end if;
  return null;
end $$;

-- Watch a table: its changes are noted from now on, and what it holds now is noted as if it had just been written.
-- A migration that makes a table calls this, or names the table in `db/seals/cover.ts` as one that is not sealed, and why.
create function watch_rows(watched regclass) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  keys text[];
  listed text;
  tab text;
begin
  select relname into tab from pg_class where oid = watched;
  select array_agg(a.attname::text order by k.n) into keys
    from pg_index i cross join lateral unnest(i.indkey) with ordinality as k(attnum, n)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
   where i.indrelid = watched and i.indisprimary;
  if keys is null then
    raise exception 'table % has no primary key to watch its rows by', watched;
  end if;
  select string_agg(quote_literal(name), ', ') into listed from unnest(keys) name;
  execute format('create trigger noted_insert after insert on %s referencing new table as new_rows
    for each statement execute function note_change(%s)', watched, listed);
  execute format('create trigger noted_update after update on %s referencing old table as old_rows new table as new_rows
    for each statement execute function note_change(%s)', watched, listed);
  execute format('create trigger noted_delete after delete on %s referencing old table as old_rows
    for each statement execute function note_change(%s)', watched, listed);
  execute format('alter table %s enable always trigger noted_insert', watched);
  execute format('alter table %s enable always trigger noted_update', watched);
  execute format('alter table %s enable always trigger noted_delete', watched);
  execute format('insert into row_change (tab, key)
    select %L, (select jsonb_agg(to_jsonb(r) -> c.name order by c.n)::text
                  from unnest(array[%s]) with ordinality as c(name, n)) from %s r', tab, listed, watched);
end $$;
revoke all on function watch_rows(regclass) from public;

do $$
declare
  name text;
begin
  foreach name in array array['book', 'seal', 'seal_shape', 'row_seal'] loop
    execute format('create trigger never_changed before update or delete on %I for each row execute function refuse_change()', name);
    execute format('create trigger never_emptied before truncate on %I for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_changed', name);
    execute format('alter table %I enable always trigger never_emptied', name);
  end loop;
  foreach name in array array[
    'account_change', 'account_decision', 'attention', 'bank_account', 'book', 'campaign', 'campaign_account', 'campaign_draft',
    'campaign_picture', 'campaign_update', 'campaign_version', 'catalogue_item', 'catalogue_section', 'content_version',
    'credential', 'donor_gift', 'dossier_item', 'draft_opinion', 'draft_step', 'file_picture', 'file_step', 'gateway_refund',
    'gateway_refund_outcome', 'gateway_takeback', 'household', 'household_group', 'household_private', 'inbox_answer',
    'migration', 'money_order', 'need_line', 'norm', 'office_file', 'opening', 'order_paper', 'order_step', 'organisation',
    'payment', 'payment_outcome', 'place', 'place_shape', 'plan_model', 'plan_target', 'pledge', 'progress_statement',
    'recovery_code', 'role_grant', 'rule', 'second_factor', 'twin_pair', 'twinning_answer', 'twinning_promise', 'user'
  ] loop
    perform watch_rows(format('public.%I', name)::regclass);
  end loop;
  if exists (select 1 from pg_roles where rolname = 'ketnghia_app') then
    grant select on book to ketnghia_app;
    grant select, insert on seal, seal_shape, row_seal to ketnghia_app;
    grant select, delete on row_change to ketnghia_app;
    grant select, insert, update, delete on row_salt to ketnghia_app;
    grant select, insert, update, delete on check_run to ketnghia_app;
    grant usage, select on sequence check_run_id_seq to ketnghia_app;
  end if;
end $$;
