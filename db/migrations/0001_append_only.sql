-- What may not change, does not change: row triggers refuse UPDATE and DELETE, a statement trigger refuses TRUNCATE,
-- all ENABLE ALWAYS, so that they also fire for the owner and in replica mode (ledger.md 3.7).
-- They stop mistakes, not an administrator: the nightly check recomputes every leaf.

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed: % refused', tg_table_name, lower(tg_op)
    using errcode = 'KN001', hint = 'write a new entry that answers the old one';
end $$;

do $$
declare
  name text;
begin
  foreach name in array array[
    'account', 'account_closing', 'entry', 'movement', 'animal', 'animal_event', 'evidence', 'donation',
    'inbox', 'inbox_answer', 'payment_outcome', 'statement_line'
  ] loop
    execute format('create trigger never_changed before update or delete on %I for each row execute function refuse_change()', name);
    execute format('create trigger never_emptied before truncate on %I for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_changed', name);
    execute format('alter table %I enable always trigger never_emptied', name);
  end loop;
end $$;

insert into ledger_head (one, next_entry, last_recorded_at) values (true, 1, 0);
alter table ledger_head add constraint one_head check (one);
alter table movement add constraint amount_positive check (amount > 0);
alter table movement add constraint numbers_positive check (coalesce(from_lo, 1) > 0 and coalesce(to_lo, 1) > 0);
alter table movement add constraint from_differs check (from_account <> to_account);
alter table account_state add constraint never_overdrawn check (sent <= received and sent >= 0);
alter table entry add constraint answers_earlier check (reverses < number);
alter table entry add constraint hash_length check (length(leaf_hash) = 32 and length(request_hash) = 32);

-- Movements: checked per statement over the new rows (one descent of an index each), whoever writes them.
-- The plans of these functions are made when tables are still small and kept: without `enable_seqscan = off` they go on
-- reading whole tables until the next ANALYZE (measured: 12 ms instead of 0.6 ms a gift). What is "off" costs so much in
-- the planner's eyes that it would have every plan compiled: hence `jit = off` (measured: 1,300 ms instead of 45 an entry).
create function check_new_movements() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  bad record;
  broken boolean;
  leaving boolean;
  guarded boolean;
begin
  -- One look at all rows; which rule was broken is found out only when one was.
  select coalesce(bool_or(
           e.number is null or e.written_by <> pg_current_xact_id()::text or m.n < 0 or m.n >= e.legs
           or f.id is null or t.id is null or f.unit <> t.unit
           or f.axis <> (m.from_lo is not null) or t.axis <> (m.to_lo is not null)
           or m.to_lo <> coalesce((
             select b.to_lo + b.amount from movement b
              where b.to_account = m.to_account and b.to_lo < m.to_lo order by b.to_lo desc limit 1), 1)), false),
         coalesce(bool_or(m.from_lo is not null), false),
         coalesce(bool_or(not f.axis and not f.may_be_negative), false)
    into broken, leaving, guarded
    from new_rows m
    left join entry e on e.number = m.entry
    left join account f on f.id = m.from_account
    left join account t on t.id = m.to_account;

  if not broken and not leaving and not guarded then
    return null;
  end if;

  -- The late leg: a movement belongs to the transaction that wrote its entry, and an entry has no more than it declared.
  select m.entry, m.n into bad
    from new_rows m left join entry e on e.number = m.entry
   where e.number is null or e.written_by <> pg_current_xact_id()::text or m.n < 0 or m.n >= e.legs
   limit 1;
  if found then
    raise exception 'movement %.% does not belong to an entry of this transaction', bad.entry, bad.n using errcode = 'KN002';
  end if;

  select m.entry, m.n into bad
    from new_rows m
    left join account f on f.id = m.from_account
    left join account t on t.id = m.to_account
   where f.id is null or t.id is null or f.unit <> t.unit
      or f.axis <> (m.from_lo is not null) or t.axis <> (m.to_lo is not null)
   limit 1;
  if found then
    raise exception 'movement %.%: accounts, units and numbers do not agree', bad.entry, bad.n using errcode = 'KN003';
  end if;

  -- Numbers enter an axis without a gap and without overlap: each range begins where the one before it ended.
  select m.entry, m.n into bad
    from new_rows m
    left join lateral (
      select b.to_lo + b.amount as next_lo from movement b
       where b.to_account = m.to_account and b.to_lo < m.to_lo order by b.to_lo desc limit 1
    ) before on true
   where m.to_lo is not null and m.to_lo <> coalesce(before.next_lo, 1)
   limit 1;
  if found then
    raise exception 'movement %.%: numbers do not follow the head of the axis', bad.entry, bad.n using errcode = 'KN004';
  end if;

  -- Numbers leave an axis once, and only after they entered it.
  select m.entry, m.n into bad
    from new_rows m
    left join lateral (
      select b.from_lo + b.amount as next_lo from movement b
       where b.from_account = m.from_account and b.from_lo < m.from_lo order by b.from_lo desc limit 1
    ) before on true
    left join lateral (
      select a.from_lo from movement a
       where a.from_account = m.from_account and a.from_lo > m.from_lo order by a.from_lo limit 1
    ) after on true
    left join lateral (
      select h.to_lo + h.amount as head from movement h
       where h.to_account = m.from_account order by h.to_lo desc limit 1
    ) axis on true
   where m.from_lo is not null
     and (before.next_lo > m.from_lo or after.from_lo < m.from_lo + m.amount
          or axis.head is null or m.from_lo + m.amount > axis.head)
   limit 1;
  if found then
    raise exception 'movement %.%: numbers are not there, or have left before', bad.entry, bad.n using errcode = 'KN005';
  end if;

  -- Guarded accounts without an axis (heads, debts) never fall below zero.
  select f.code as entry, 0 as n into bad
    from (select distinct from_account from new_rows) m
    join account f on f.id = m.from_account and not f.axis and not f.may_be_negative
   where (select coalesce(sum(i.amount), 0) from movement i where i.to_account = f.id)
       < (select coalesce(sum(o.amount), 0) from movement o where o.from_account = f.id)
   limit 1;
  if found then
    raise exception 'account % would fall below zero', bad.entry using errcode = 'KN006';
  end if;
  return null;
end $$;

create trigger new_movements after insert on movement referencing new table as new_rows
  for each statement execute function check_new_movements();
alter table movement enable always trigger new_movements;

-- At commit: an entry has exactly the movements it declared, and was written by this transaction.
create function check_new_entry() returns trigger language plpgsql
  set enable_seqscan = off set jit = off as $$
declare
  counted integer;
begin
  select count(*) into counted from movement where entry = new.number;
  if counted <> new.legs then
    raise exception 'entry % declares % movements and has %', new.number, new.legs, counted using errcode = 'KN007';
  end if;
  if new.written_by <> pg_current_xact_id()::text then
    raise exception 'entry % names another transaction', new.number using errcode = 'KN008';
  end if;
  return null;
end $$;

create constraint trigger entry_complete after insert on entry
  deferrable initially deferred for each row execute function check_new_entry();
alter table entry enable always trigger entry_complete;

-- Numbers of entries rise without gaps.
create function check_entry_numbers() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  bad bigint;
begin
  select n.number into bad from new_rows n
   where n.number <> 1 and not exists (select 1 from entry e where e.number = n.number - 1)
   limit 1;
  if found then
    raise exception 'entry % leaves a gap', bad using errcode = 'KN009';
  end if;
  return null;
end $$;

create trigger entry_numbers after insert on entry referencing new table as new_rows
  for each statement execute function check_entry_numbers();
alter table entry enable always trigger entry_numbers;
