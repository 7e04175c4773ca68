-- A promise counts once somebody stands for it: its maker by a link in a letter or signed in, or an official who spoke with
-- them. Who that was is written once, beside the promise (decision 0019).

create table pledge_confirmation (
  -- Code of the promise.
  pledge text primary key,
  -- `link`: by the letter; `person`: signed in while making it; `office`: an official, by their note; `before`: see below.
  way text not null check (way in ('link', 'person', 'office', 'before')),
  -- Whoever was signed in; null where nobody was.
  person text,
  -- What the official heard; private, empty elsewhere.
  note text not null,
  confirmed_at bigint not null,
  constraint known_hand check ((person is not null) = (way in ('person', 'office'))),
  constraint noted_by_office check (way = 'office' or note = '')
);

-- Only a promise is confirmed, while it is open; by the office only through a hand that holds a role; never as of before.
create function check_confirmation() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if acts_as_owner(tg_relid) then return new; end if;
  if new.way = 'before' or new.way = 'office' and not holds_a_role(new.person)
     or not exists (select from pledge p where p.code = new.pledge and p.intent = 'promised' and p.state = 'open') then
    raise exception 'promise %: confirmed by % refused', new.pledge, new.way using errcode = 'KN010';
  end if;
  return new;
end $$;
create trigger of_a_promise before insert on pledge_confirmation for each row execute function check_confirmation();
alter table pledge_confirmation enable always trigger of_a_promise;
create trigger never_changed before update or delete on pledge_confirmation for each row execute function refuse_change();
create trigger never_emptied before truncate on pledge_confirmation for each statement execute function refuse_change();
alter table pledge_confirmation enable always trigger never_changed;
alter table pledge_confirmation enable always trigger never_emptied;

-- Promises of the time when none was asked to confirm: whoever has begun to pay stands for theirs. All others wait.
insert into pledge_confirmation (pledge, way, note, confirmed_at)
select p.code, 'before', '', p.created_at
  from pledge p
 where p.intent = 'promised' and exists (select from donation d where d.pledge = p.code);

select watch_rows('public.pledge_confirmation'::regclass);

-- Whoever made a promise may take it back.
drop trigger steps_only on pledge;
create trigger steps_only before update on pledge for each row
  when (old.state <> new.state and (old.state <> 'open' or new.state not in ('expired', 'withdrawn')))
  execute function refuse_to_application('an open promise expires or is withdrawn, nothing else');
alter table pledge enable always trigger steps_only;

do $$
begin
  if exists (select 1 from pg_roles where rolname = 'ketnghia_app') then
    grant select, insert on pledge_confirmation to ketnghia_app;
  end if;
end $$;
