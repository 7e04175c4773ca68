-- The ledger's key of an order has a word before its id (`app/domain/orders/book-order.ts`).
create or replace function check_order_step() returns trigger language plpgsql
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
