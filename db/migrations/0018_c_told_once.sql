-- A signed notice is kept once, however often it is told: what a gateway signed is its identity, and who may add to what was
-- signed (every donor holds their own return address) adds no row. The count and the last time stand beside it.

create table inbox_told (
  provider text not null,
  -- SHA-256 of what was signed, hexadecimal
  identity text not null,
  -- The event that stands for all of them.
  inbox bigint not null,
  times bigint not null check (times > 0),
  last_at bigint not null,
  primary key (provider, identity)
);

-- Whatever changes how a person signs in voids the links that were sent before, in the same transaction, whoever changes it.
create function void_links() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  whose text;
begin
  whose := case tg_table_name
    when 'user' then to_jsonb(old) ->> 'id'
    when 'credential' then to_jsonb(coalesce(new, old)) ->> 'user_id'
    else to_jsonb(coalesce(new, old)) ->> 'person' end;
  -- A password link names the person; a donor's link is JSON with the address.
  delete from one_time_token t
   where t.value = whose
      or case when left(t.value, 1) = '{' then t.value::jsonb ->> 'email' end
         in (select u.email from "user" u where u.id = whose
             union all select to_jsonb(old) ->> 'email' where tg_table_name = 'user');
  return null;
end $$;
create trigger links_void after insert or delete or update of password on credential for each row execute function void_links();
create trigger links_void after delete or update of secret, confirmed_at on second_factor for each row execute function void_links();
create trigger links_void after insert on recovery_code for each row execute function void_links();
create trigger links_void after update of email, staff on "user" for each row execute function void_links();

do $$
begin
  if exists (select 1 from pg_roles where rolname = 'ketnghia_app') then
    grant select, insert, update on inbox_told to ketnghia_app;
  end if;
end $$;
