-- On tables that every gift writes, the rule is asked first and whose statement it is only where the rule is broken: asking who
-- works costs more than the rule.
create or replace function check_ledger_head() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if (select next_entry from ledger_head where one)
       is distinct from coalesce((select number from entry order by number desc limit 1), 0) + 1 then
    if not acts_as_owner(tg_relid) then
      raise exception 'the head of the ledger does not follow its last entry' using errcode = 'KN010';
    end if;
  end if;
  return null;
end $$;

create or replace function check_queue_left() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from entry e where e.idempotency_key = old.key)
     and not exists (select from attention a where a.kind = 'gift-too-large' and a.subject = old.key) then
    if not acts_as_owner(tg_relid) then
      raise exception 'gift % waits: it is not booked', old.key using errcode = 'KN010';
    end if;
  end if;
  return null;
end $$;

create or replace function check_own_entry() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp set enable_seqscan = off set jit = off as $$
begin
  if exists (select from new_rows n left join entry e on e.number = n.entry
              where e.written_by is distinct from pg_current_xact_id()::text) then
    if not acts_as_owner(tg_relid) then
      raise exception 'a row of % does not belong to an entry of this transaction', tg_table_name using errcode = 'KN002';
    end if;
  end if;
  return null;
end $$;

create or replace function check_statement_lines() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from new_rows n where not exists (select from bank_account b where b.id = n.bank_account)) then
    if not acts_as_owner(tg_relid) then
      raise exception 'a line of an account that is not registered' using errcode = 'KN010';
    end if;
  end if;
  return null;
end $$;
