-- Gifts given back through the gateway that brought them: what was ordered is kept before the gateway is asked, so that a
-- lost answer is asked for again under the same request id; what it told at last is written once and never changed.
create table gateway_refund (
  key text primary key,
  gift text not null,
  payment text not null references payment (ref),
  channel text not null check (channel in ('vnpay', 'stripe')),
  amount bigint not null check (amount > 0),
  -- Ours at the gateway: the same in every attempt.
  request_id text not null unique,
  -- The entry that set the money aside.
  hold_entry bigint not null,
  reason text not null,
  role text not null,
  ordered_at bigint not null,
  -- The gateway's own id of the refund, once it took the order.
  provider_ref text,
  accepted_at bigint,
  asked integer not null default 0,
  last_asked_at bigint
);
create index gateway_refund_gift on gateway_refund (gift);
create index gateway_refund_payment on gateway_refund (payment);

create table gateway_refund_outcome (
  key text primary key references gateway_refund (key),
  state text not null check (state in ('refunded', 'refused')),
  provider_code text not null,
  -- The entry that paid it out, or that turned the setting aside round.
  entry bigint not null,
  inbox bigint,
  at bigint not null
);

-- What a gateway took back without an order of ours, by the entry that recorded it.
create table gateway_takeback (
  key text primary key,
  payment text not null references payment (ref),
  kind text not null check (kind in ('refund', 'dispute')),
  amount bigint not null check (amount > 0),
  entry bigint not null,
  at bigint not null
);
create index gateway_takeback_payment on gateway_takeback (payment);

-- A gateway names its own transaction when it takes money back.
create index payment_outcome_transaction on payment_outcome (provider_transaction) where provider_transaction is not null;

do $$
declare
  name text;
begin
  foreach name in array array['gateway_refund_outcome', 'gateway_takeback'] loop
    execute format('create trigger never_changed before update or delete on %I for each row execute function refuse_change()', name);
    execute format('create trigger never_emptied before truncate on %I for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_changed', name);
    execute format('alter table %I enable always trigger never_emptied', name);
  end loop;
  if exists (select 1 from pg_roles where rolname = 'ketnghia_app') then
    grant select, insert, update on gateway_refund to ketnghia_app;
    grant select, insert on gateway_refund_outcome, gateway_takeback to ketnghia_app;
  end if;
end $$;
