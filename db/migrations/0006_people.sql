-- People of the office: what they hold, and the trail of what they did. The accounts themselves are in 0005_accounts.sql.

alter table organisation add column version integer not null default 1;
alter table organisation add constraint organisation_period check (valid_to is null or valid_from <= valid_to);

create table role_grant (
  id text primary key,
  person text not null,
  role text not null,
  organisation text not null references organisation (id),
  place text,
  valid_from date not null,
  valid_to date,
  state text not null,
  proposed_by text not null,
  proposed_at bigint not null,
  decided_by text,
  decided_at bigint,
  withdrawn_by text,
  withdrawn_at bigint,
  version integer not null default 1,
  constraint period check (valid_to is null or valid_from <= valid_to),
  constraint known_state check (state in ('proposed', 'approved', 'refused', 'withdrawn')),
  -- Two people, whatever the application says. `bin/grant` is no person: it makes the first administrator and leader.
  constraint decided_by_another check (
    decided_by is null or proposed_by = 'bin/grant' or (decided_by <> proposed_by and decided_by <> person)),
  constraint decided_when_decided check (
    (decided_by is null) = (decided_at is null) and (state not in ('approved', 'refused') or decided_by is not null)),
  constraint withdrawn_when_withdrawn check (
    (withdrawn_by is null) = (withdrawn_at is null) and (state = 'withdrawn') = (withdrawn_by is not null))
);
create index role_grant_person on role_grant (person);
create index role_grant_waiting on role_grant (proposed_at) where state = 'proposed';

-- A grant is proposed, decided, withdrawn; what was proposed never changes and no step is taken back.
create function check_role_grant() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (old.id, old.person, old.role, old.organisation, old.place, old.valid_from, old.valid_to, old.proposed_by, old.proposed_at)
       is distinct from (new.id, new.person, new.role, new.organisation, new.place, new.valid_from, new.valid_to, new.proposed_by, new.proposed_at)
     or (old.decided_by is not null and (old.decided_by, old.decided_at) is distinct from (new.decided_by, new.decided_at))
     or not ((old.state = 'proposed' and new.state in ('approved', 'refused', 'withdrawn'))
             or (old.state = 'approved' and new.state = 'withdrawn')) then
    raise exception 'role grant %: % refused', old.id, lower(tg_op)
      using errcode = 'KN001', hint = 'withdraw it and propose another';
  end if;
  return new;
end $$;
create trigger only_forwards before update or delete on role_grant for each row execute function check_role_grant();
alter table role_grant enable always trigger only_forwards;
create trigger never_emptied before truncate on role_grant for each statement execute function refuse_change();
alter table role_grant enable always trigger never_emptied;

create table audit_head (
  one boolean primary key default true check (one),
  n bigint not null,
  hash bytea not null
);
insert into audit_head (n, hash) values (0, ''::bytea);

create table audit_line (
  n bigint primary key,
  at bigint not null,
  act text not null,
  subject_kind text not null,
  subject text not null,
  outcome text not null check (outcome in ('done', 'refused')),
  facts text not null,
  person text,
  role_grant text,
  role text,
  organisation text,
  hash bytea not null
);
create index audit_line_person on audit_line (person, n);
create index audit_line_act on audit_line (act, n);
create unique index audit_line_subject on audit_line (subject, n);
create index audit_line_at on audit_line (at);

-- What a line says, in one form that is the same for the same line: the nightly check computes the chain again.
create function audit_text(line audit_line) returns bytea language sql immutable as $$
  select convert_to(jsonb_build_array(line.n, line.at, line.act, line.subject_kind, line.subject, line.outcome, line.facts,
    line.person, line.role_grant, line.role, line.organisation)::text, 'UTF8')
$$;

-- Whoever writes a line, the database numbers and seals it: no gap, no number of one's own choice. It runs with the rights
-- of the owner, so that the application needs no right to change the head.
create function number_audit_line() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before_hash bytea;
begin
  select hash, n + 1 into before_hash, new.n from audit_head where one for update;
  new.hash := sha256(before_hash || audit_text(new));
  update audit_head set n = new.n, hash = new.hash where one;
  return new;
end $$;
create trigger numbered before insert on audit_line for each row execute function number_audit_line();
alter table audit_line enable always trigger numbered;

-- The head goes forward with its lines and never without one.
create function check_audit_head() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.one and new.n = old.n + 1 and pg_trigger_depth() > 1 then
    return new;
  end if;
  raise exception 'the head of the audit trail is never changed by hand: % refused', lower(tg_op) using errcode = 'KN001';
end $$;
create trigger only_with_lines before update or delete on audit_head for each row execute function check_audit_head();
alter table audit_head enable always trigger only_with_lines;

do $$
declare
  name text;
begin
  foreach name in array array['audit_line'] loop
    execute format('create trigger never_changed before update or delete on %I for each row execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_changed', name);
  end loop;
  foreach name in array array['audit_line', 'audit_head'] loop
    execute format('create trigger never_emptied before truncate on %I for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_emptied', name);
  end loop;
  if exists (select 1 from pg_roles where rolname = 'ketnghia_app') then
    grant select, insert, update on role_grant to ketnghia_app;
    grant select, insert on audit_line to ketnghia_app;
    grant select on audit_head to ketnghia_app;
  end if;
end $$;
