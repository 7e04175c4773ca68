-- The application's role: it may read and add; it may change only projections and what is no ledger.
-- Roles belong to the whole cluster, so another database may have made it already.
do $$
begin
  create role ketnghia_app nologin;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise notice 'role ketnghia_app not created: this user may not create roles';
end $$;

do $$
declare
  name text;
  frozen text[] := array[
    'account', 'account_closing', 'entry', 'movement', 'animal', 'animal_event', 'evidence', 'donation',
    'inbox', 'inbox_answer', 'payment_outcome', 'statement_line'
  ];
begin
  if not exists (select 1 from pg_roles where rolname = 'ketnghia_app') then return; end if;
  execute format('grant usage on schema public to ketnghia_app');
  for name in select tablename from pg_tables where schemaname = 'public' loop
    if name = any (frozen) then
      execute format('grant select, insert on %I to ketnghia_app', name);
    elsif name <> 'migration' then
      execute format('grant select, insert, update, delete on %I to ketnghia_app', name);
    else
      execute format('grant select on %I to ketnghia_app', name);
    end if;
  end loop;
  grant usage, select on all sequences in schema public to ketnghia_app;
  begin
    execute format('grant ketnghia_app to %I', current_user);
  exception when others then
    raise notice 'ketnghia_app not granted to %: %', current_user, sqlerrm;
  end;
end $$;
