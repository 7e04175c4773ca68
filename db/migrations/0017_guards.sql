-- What the application's role may do, beside its rights on tables (`db/rights.ts`): where a verb is needed on something that
-- matters, only the legal step gets through. The owner's commands (migrations, the plan, the first grant) pass: whoever
-- owns the tables can also drop a trigger, so nothing is won by stopping them here.

-- Guards read what they compare with from the tables, never from what a session made in its place: a temporary table of the
-- same name would come first otherwise.
alter function refuse_change() set search_path = pg_catalog, public, pg_temp;
alter function check_role_grant() set search_path = pg_catalog, public, pg_temp;
alter function number_audit_line() set search_path = pg_catalog, public, pg_temp;
alter function check_audit_head() set search_path = pg_catalog, public, pg_temp;
alter function check_campaign_draft() set search_path = pg_catalog, public, pg_temp;
alter function campaign_terms_of(text) set search_path = pg_catalog, public, pg_temp;
alter function check_money_order() set search_path = pg_catalog, public, pg_temp;
alter function check_account_decision() set search_path = pg_catalog, public, pg_temp;
alter function check_twinning_answer() set search_path = pg_catalog, public, pg_temp;
-- With the owner's rights: the application needs none of its own on the table it fills.
alter function keep_campaign_account() security definer set search_path = pg_catalog, public, pg_temp;

-- Those that run for every gift name the schema of each table instead: a search path that is set for a function is worked out
-- anew at each call (six of them took a tenth of a booking). Nothing else in them could be made in its place: functions and
-- operators are not looked for among temporary ones, and the application may make none elsewhere (`db/rights.test.ts`).
create or replace function check_new_movements() returns trigger language plpgsql
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
             select b.to_lo + b.amount from public.movement b
              where b.to_account = m.to_account and b.to_lo < m.to_lo order by b.to_lo desc limit 1), 1)), false),
         coalesce(bool_or(m.from_lo is not null), false),
         coalesce(bool_or(not f.axis and not f.may_be_negative), false)
    into broken, leaving, guarded
    from new_rows m
    left join public.entry e on e.number = m.entry
    left join public.account f on f.id = m.from_account
    left join public.account t on t.id = m.to_account;

  if not broken and not leaving and not guarded then
    return null;
  end if;

  -- The late leg: a movement belongs to the transaction that wrote its entry, and an entry has no more than it declared.
  select m.entry, m.n into bad
    from new_rows m left join public.entry e on e.number = m.entry
   where e.number is null or e.written_by <> pg_current_xact_id()::text or m.n < 0 or m.n >= e.legs
   limit 1;
  if found then
    raise exception 'movement %.% does not belong to an entry of this transaction', bad.entry, bad.n using errcode = 'KN002';
  end if;

  select m.entry, m.n into bad
    from new_rows m
    left join public.account f on f.id = m.from_account
    left join public.account t on t.id = m.to_account
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
      select b.to_lo + b.amount as next_lo from public.movement b
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
      select b.from_lo + b.amount as next_lo from public.movement b
       where b.from_account = m.from_account and b.from_lo < m.from_lo order by b.from_lo desc limit 1
    ) before on true
    left join lateral (
      select a.from_lo from public.movement a
       where a.from_account = m.from_account and a.from_lo > m.from_lo order by a.from_lo limit 1
    ) after on true
    left join lateral (
      select h.to_lo + h.amount as head from public.movement h
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
    join public.account f on f.id = m.from_account and not f.axis and not f.may_be_negative
   where (select coalesce(sum(i.amount), 0) from public.movement i where i.to_account = f.id)
       < (select coalesce(sum(o.amount), 0) from public.movement o where o.from_account = f.id)
   limit 1;
  if found then
    raise exception 'account % would fall below zero', bad.entry using errcode = 'KN006';
  end if;
  return null;
end $$;
create or replace function check_new_entry() returns trigger language plpgsql
  set enable_seqscan = off set jit = off as $$
declare
  counted integer;
begin
  select count(*) into counted from public.movement where entry = new.number;
  if counted <> new.legs then
    raise exception 'entry % declares % movements and has %', new.number, new.legs, counted using errcode = 'KN007';
  end if;
  if new.written_by <> pg_current_xact_id()::text then
    raise exception 'entry % names another transaction', new.number using errcode = 'KN008';
  end if;
  return null;
end $$;
create or replace function check_entry_numbers() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  bad bigint;
begin
  select n.number into bad from new_rows n
   where n.number <> 1 and not exists (select 1 from public.entry e where e.number = n.number - 1)
   limit 1;
  if found then
    raise exception 'entry % leaves a gap', bad using errcode = 'KN009';
  end if;
  return null;
end $$;

-- Whether this session acts as the owner of a table (or as a superuser).
create function acts_as_owner(relation oid) returns boolean language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select pg_has_role(current_user, relowner, 'USAGE') from pg_class where oid = relation
$$;

-- Whether somebody holds a role that another person gave, or that was there first.
create function holds_a_role(who text) returns boolean language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from role_grant where person = who and state = 'approved')
$$;

-- For rows that a WHEN has found to go too far.
create function refuse_to_application() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if not acts_as_owner(tg_relid) then
    raise exception 'the application may not do this to %: %', tg_table_name, tg_argv[0] using errcode = 'KN010';
  end if;
  return new;
end $$;

create trigger never_lowered before update on account_state for each row
  when (new.received < old.received or new.sent < old.sent)
  execute function refuse_to_application('sums never go down');
create trigger set_once before update on payment for each row
  when (old.provider_ref is not null and new.provider_ref is distinct from old.provider_ref)
  execute function refuse_to_application('the gateway''s id is set once');
create trigger set_once before update on gateway_refund for each row
  when (new.asked < old.asked
        or old.provider_ref is not null and new.provider_ref is distinct from old.provider_ref
        or old.accepted_at is not null and new.accepted_at is distinct from old.accepted_at)
  execute function refuse_to_application('what the gateway said is kept');
create trigger closed_once before update on attention for each row
  when (old.closed_at is not null or new.closed_at is null)
  execute function refuse_to_application('a closed one stays as it was closed');
create trigger steps_only before update on pledge for each row
  when (old.state <> new.state and (old.state <> 'open' or new.state <> 'expired'))
  execute function refuse_to_application('an open promise expires, nothing else');
create trigger steps_only before update on organisation for each row
  when (new.version <> old.version + 1)
  execute function refuse_to_application('each change raises the version by one');
create trigger marks_stay before insert on content_version for each row
  when (new.name = 'demo')
  execute function refuse_to_application('only a replay makes a demonstration');
create trigger marks_stay_so before update on content_version for each row
  when (old.name in ('demo', 'live'))
  execute function refuse_to_application('the mark of a book stays');

-- A bank account is what a change says that another person approved.
create function check_bank_account() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if acts_as_owner(tg_relid) then return new; end if;
  if tg_op = 'INSERT' and not exists (
       select from account_change c join account_decision d on d.change = c.id and d.outcome = 'approved'
        where c.kind = 'open'
          and (c.bank_account, c.holder, c.bank_name, c.bin, c.number, c.owner, c.commune, c.valid_from)
            is not distinct from
              (new.id, new.holder, new.bank_name, new.bin, new.number, new.owner, new.commune, new.valid_from))
     or tg_op = 'UPDATE' and (old.valid_to is not null or not exists (
       select from account_change c join account_decision d on d.change = c.id and d.outcome = 'approved'
        where c.kind = 'end' and c.bank_account = new.id and c.valid_to = new.valid_to)) then
    raise exception 'bank account %: no approved change says so', new.id using errcode = 'KN010';
  end if;
  return new;
end $$;
create trigger as_approved before insert or update on bank_account for each row execute function check_bank_account();

-- Both hold a role: a name that nobody has is no second person.
create function check_account_hands() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if not acts_as_owner(tg_relid) and not (holds_a_role(new.decided_by)
       and exists (select from account_change c where c.id = new.change and holds_a_role(c.proposed_by))) then
    raise exception 'account change %: proposer and decider must hold a role', new.change using errcode = 'KN010';
  end if;
  return new;
end $$;
create trigger known_hands before insert on account_decision for each row execute function check_account_hands();

-- A grant begins as a proposal of somebody who holds a role; `bin/grant`, which is nobody, works as the owner.
create function check_grant_hands() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare
  hand text := case when tg_op = 'INSERT' then new.proposed_by
                    when new.state = 'withdrawn' then new.withdrawn_by else new.decided_by end;
begin
  if acts_as_owner(tg_relid) then return new; end if;
  if tg_op = 'INSERT' and (new.state <> 'proposed' or new.decided_by is not null or new.withdrawn_by is not null)
     or tg_op = 'UPDATE' and old.state = 'proposed' and old.proposed_by = 'bin/grant'
     or not holds_a_role(hand) then
    raise exception 'role grant %: % by % refused', new.id, lower(tg_op), hand using errcode = 'KN010';
  end if;
  return new;
end $$;
create trigger known_hands before insert or update on role_grant for each row execute function check_grant_hands();

-- Money orders: begun as a request, then the steps of `app/domain/orders/order.ts`. After the row is there, as an upsert's
-- row passes the triggers before it also where it becomes a change.
create function check_order_request() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if not acts_as_owner(tg_relid) and (new.state <> 'requested' or new.version <> 1 or new.approved_by <> '{}'
       or new.approved_at is not null or new.entry is not null
       or exists (select from unnest(new.prepared_by) who where not holds_a_role(who))) then
    raise exception 'order %: it begins as a request of somebody who holds a role', new.number using errcode = 'KN010';
  end if;
  return null;
end $$;
create trigger begins_as_request after insert on money_order for each row execute function check_order_request();

-- The ledger's key of an order has a word before its id (`app/domain/orders/book-order.ts`).
create function check_order_step() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if acts_as_owner(tg_relid) then return new; end if;
  if not (old.state = new.state and new.state <> 'booked'
          or old.state = 'requested' and new.state in ('sent-back', 'approved', 'refused', 'cancelled')
          or old.state = 'sent-back' and new.state in ('requested', 'refused', 'cancelled')
          or old.state = 'approved' and new.state in ('sent-back', 'booked', 'cancelled'))
     or not new.prepared_by @> old.prepared_by
     or new.approved_by <> old.approved_by and new.approved_by <> '{}'
        and not (old.state = 'requested' and new.state = 'approved')
     or old.state = 'approved' and new.state = 'approved'
        and (new.amount, new.matter, new.campaign, new.commune, new.subject)
          is distinct from (old.amount, old.matter, old.campaign, old.commune, old.subject)
     or exists (select from unnest(new.approved_by) who
                 where not who = any (old.approved_by) and not holds_a_role(who))
     or exists (select from unnest(new.booked_by) who where not holds_a_role(who))
     or new.state = 'booked' and not exists (
          select from entry e where e.number = new.entry and e.idempotency_key = 'order:' || new.id) then
    raise exception 'order %: from % to % refused', new.number, old.state, new.state using errcode = 'KN010';
  end if;
  return new;
end $$;
create trigger legal_steps before update on money_order for each row execute function check_order_step();

-- What donors read of a campaign is what one of its versions says; asked at commit, when both are written.
create function check_campaign_says() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare
  which text;
begin
  if acts_as_owner(tg_relid) then return null; end if;
  if tg_table_name = 'campaign' then which := new.id;
  elsif tg_op = 'DELETE' then which := old.campaign;
  else which := new.campaign;
  end if;
  if not exists (select from campaign c join campaign_version v on v.campaign = c.id and v.version = c.version
                  where c.id = which and v.terms = campaign_terms_of(which)) then
    raise exception 'campaign %: no version says this', which using errcode = 'KN010';
  end if;
  return null;
end $$;
create constraint trigger as_version after insert or update on campaign
  deferrable initially deferred for each row execute function check_campaign_says();
create constraint trigger as_version after insert or update or delete on need_line
  deferrable initially deferred for each row execute function check_campaign_says();
create constraint trigger as_version after insert on campaign_picture
  deferrable initially deferred for each row when (new.of_update = 0) execute function check_campaign_says();
create constraint trigger as_version_still after delete on campaign_picture
  deferrable initially deferred for each row when (old.of_update = 0) execute function check_campaign_says();

create function check_campaign_hands() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if not acts_as_owner(tg_relid) and not exists (
       select from campaign_draft d join draft_step s on s.draft = d.id and s.step = 'published'
        where d.id = new.draft and d.campaign = new.campaign and d.state = 'published'
          and not d.prepared_by::jsonb ? s.person and holds_a_role(s.person)) then
    raise exception 'campaign %: version % was not published by another than its drafters', new.campaign, new.version
      using errcode = 'KN010';
  end if;
  return null;
end $$;
create constraint trigger known_hands after insert on campaign_version
  deferrable initially deferred for each row execute function check_campaign_hands();

-- A line of the trail names a person who exists and a role that this person was given.
create function check_audit_hand() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if not acts_as_owner(tg_relid) and (
       new.person is not null and not exists (select from "user" u where u.id = new.person)
       or new.role_grant is not null and not exists (
            select from role_grant g where g.id = new.role_grant and g.state in ('approved', 'withdrawn')
               and (g.person, g.role, g.organisation) is not distinct from (new.person, new.role, new.organisation))) then
    raise exception 'audit line: % does not hold what it says', coalesce(new.person, 'nobody') using errcode = 'KN010';
  end if;
  return new;
end $$;
create trigger known_hand before insert on audit_line for each row execute function check_audit_hand();

-- From here on tables that every gift writes: the rule is asked first, and whose statement it is only where the rule is
-- broken, as asking who works costs more than the rule.

-- A line of a bank is of an account that is registered.
create function check_statement_lines() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from new_rows n where not exists (select from bank_account b where b.id = n.bank_account)) then
    if not acts_as_owner(tg_relid) then
      raise exception 'a line of an account that is not registered' using errcode = 'KN010';
    end if;
  end if;
  return null;
end $$;
create trigger registered_account after insert on statement_line referencing new table as new_rows
  for each statement execute function check_statement_lines();

-- At commit the head is the number after the last entry: it grows by entries that exist, and by nothing else.
create function check_ledger_head() returns trigger language plpgsql as $$
begin
  if (select next_entry from public.ledger_head where one)
       is distinct from coalesce((select number from public.entry order by number desc limit 1), 0) + 1 then
    if not public.acts_as_owner(tg_relid) then
      raise exception 'the head of the ledger does not follow its last entry' using errcode = 'KN010';
    end if;
  end if;
  return null;
end $$;
create constraint trigger follows_entries after update on ledger_head
  deferrable initially deferred for each row execute function check_ledger_head();

-- A gift leaves the queue once it is booked, or once a person is told that it fits nowhere.
create function check_queue_left() returns trigger language plpgsql
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
create constraint trigger booked_first after delete on sequencer_queue
  deferrable initially deferred for each row execute function check_queue_left();

-- What hangs on an entry is written with it: nothing is added to an older one.
create function check_own_entry() returns trigger language plpgsql
  set enable_seqscan = off set jit = off as $$
begin
  if exists (select from new_rows n left join public.entry e on e.number = n.entry
              where e.written_by is distinct from pg_current_xact_id()::text) then
    if not public.acts_as_owner(tg_relid) then
      raise exception 'a row of % does not belong to an entry of this transaction', tg_table_name using errcode = 'KN002';
    end if;
  end if;
  return null;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['donation', 'evidence', 'animal', 'animal_event'] loop
    execute format('create trigger own_entry after insert on %I referencing new table as new_rows
      for each statement execute function check_own_entry()', name);
  end loop;
end $$;

-- All of them also fire in replica mode, and so does the one that keeps which account was shown.
alter table campaign enable always trigger keep_account;
do $$
declare
  guard record;
begin
  for guard in
    select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
      join pg_proc p on p.oid = t.tgfoid
     where not t.tgisinternal and t.tgenabled = 'O' and c.relnamespace = 'public'::regnamespace
       and p.proname in ('refuse_to_application', 'check_bank_account', 'check_account_hands', 'check_grant_hands',
         'check_order_request', 'check_order_step', 'check_campaign_says', 'check_campaign_hands', 'check_audit_hand',
         'check_statement_lines', 'check_ledger_head', 'check_queue_left', 'check_own_entry')
  loop
    execute format('alter table %I enable always trigger %I', guard.relname, guard.tgname);
  end loop;
end $$;
