-- Catalogues of the four models, official accounts by two people, promises of twinned bodies, progress statements.

-- A part of a model's catalogue (plan 9295, II.2.5, II.3.3, II.4.3), as dated rows.
create table catalogue_section (
  id text primary key,
  model text not null,
  n integer not null,
  title_vi text not null,
  title_en text not null,
  -- The plan ends the list with "..." or "and others": other things may be asked for too.
  open_ended boolean not null,
  note_vi text,
  note_en text,
  valid_from date not null,
  valid_to date,
  source text not null,
  constraint known_model check (model in ('livestock', 'start-up', 'training', 'village')),
  constraint note_in_both check ((note_vi is null) = (note_en is null))
);

create table catalogue_item (
  section text not null references catalogue_section (id),
  code text not null,
  n integer not null,
  -- What is raised, made or taught; or what kind of support is given for it.
  kind text not null check (kind in ('thing', 'support')),
  title_vi text not null,
  title_en text not null,
  priority boolean not null default false,
  valid_from date not null,
  valid_to date,
  primary key (section, code, valid_from)
);

-- Which official account the donors of a campaign were shown, from which day on.
create table campaign_account (
  campaign text not null,
  n integer not null,
  bank_account text not null,
  since date not null,
  primary key (campaign, n)
);
insert into campaign_account (campaign, n, bank_account, since)
  select id, 1, bank_account, published_on from campaign;

-- Kept by the database, so that no way of changing a campaign forgets it. `ketnghia.account_since` tells the day of the
-- change where it is not today.
create function keep_campaign_account() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into campaign_account (campaign, n, bank_account, since) values (new.id, 1, new.bank_account, new.published_on);
  elsif new.bank_account <> old.bank_account then
    insert into campaign_account (campaign, n, bank_account, since)
      select new.id, max(n) + 1, new.bank_account,
             greatest(max(since), coalesce(nullif(current_setting('ketnghia.account_since', true), '')::date,
                                           (now() at time zone 'Asia/Ho_Chi_Minh')::date))
        from campaign_account where campaign = new.id;
  end if;
  return null;
end $$;
create trigger keep_account after insert or update of bank_account on campaign
  for each row execute function keep_campaign_account();

-- Somebody proposes to open or to end an official account; somebody else decides. An account exists once that is done.
create table account_change (
  id text primary key,
  form_key text not null unique,
  kind text not null check (kind in ('open', 'end')),
  bank_account text not null,
  holder text not null,
  bank_name text not null,
  bin text not null check (bin ~ '^[0-9]{6}$'),
  number text not null check (number ~ '^[0-9A-Z]{6,24}$'),
  owner text not null check (owner in ('appeal', 'commune')),
  commune text,
  valid_from date not null,
  -- Last day; set when it is ended.
  valid_to date,
  reason text not null,
  paper_number text not null,
  paper_date date not null,
  proposed_by text not null,
  organisation text not null,
  proposed_at bigint not null,
  constraint commune_of_a_commune check ((owner = 'commune') = (commune is not null)),
  constraint ended_has_a_day check (kind = 'open' or valid_to is not null)
);
create index account_change_number on account_change (number);

create table account_decision (
  change text primary key references account_change (id),
  outcome text not null check (outcome in ('approved', 'refused')),
  reason text,
  decided_by text not null,
  organisation text not null,
  decided_at bigint not null,
  constraint refused_with_reason check (outcome = 'approved' or reason is not null)
);

-- Two people, whatever the application says.
create function check_account_decision() returns trigger language plpgsql as $$
begin
  if exists (select 1 from account_change c where c.id = new.change and c.proposed_by = new.decided_by) then
    raise exception 'account change %: its proposer may not decide it', new.change using errcode = 'KN009';
  end if;
  return new;
end $$;
create trigger decided_by_another before insert on account_decision for each row execute function check_account_decision();

-- What a twinned body promises a commune for a year and a model; a change is a further version.
create table twinning_promise (
  id text primary key,
  form_key text not null unique,
  pair text not null,
  commune text not null,
  commune_from date not null,
  year integer not null check (year between 2021 and 2100),
  model text not null check (model in ('livestock', 'start-up', 'training', 'village')),
  version integer not null check (version > 0),
  money bigint not null check (money >= 0),
  -- [{"what": text, "quantity": whole number, "unit": text}]
  goods jsonb not null default '[]',
  organisation text not null,
  promised_by text not null,
  promised_at bigint not null,
  unique (pair, commune, commune_from, year, model, version)
);

create table twinning_answer (
  promise text primary key references twinning_promise (id),
  outcome text not null check (outcome in ('confirmed', 'declined')),
  reason text,
  organisation text not null,
  answered_by text not null,
  answered_at bigint not null,
  constraint declined_with_reason check (outcome = 'confirmed' or reason is not null)
);

create function check_twinning_answer() returns trigger language plpgsql as $$
begin
  if exists (select 1 from twinning_promise p where p.id = new.promise and p.promised_by = new.answered_by) then
    raise exception 'promise %: whoever made it may not answer it', new.promise using errcode = 'KN009';
  end if;
  return new;
end $$;
create trigger answered_by_another before insert on twinning_answer for each row execute function check_twinning_answer();

-- What a commune states of a campaign now and then; the figures are those of the books up to `entry`.
create table progress_statement (
  campaign text not null,
  n integer not null check (n > 0),
  form_key text not null unique,
  filed_on date not null,
  filed_at bigint not null,
  -- How many days after it was due; 0: in time.
  days_late integer not null check (days_late >= 0),
  entry bigint not null,
  received bigint not null,
  disbursed bigint not null,
  spent bigint not null,
  delivered bigint not null,
  alive integer not null,
  lost integer not null,
  born integer not null,
  text_vi text not null,
  text_en text,
  organisation text not null,
  filed_by text not null,
  primary key (campaign, n)
);

do $$
declare
  name text;
begin
  foreach name in array array[
    'campaign_account', 'account_change', 'account_decision', 'twinning_promise', 'twinning_answer', 'progress_statement'
  ] loop
    execute format('create trigger never_changed before update or delete on %I for each row execute function refuse_change()', name);
    execute format('create trigger never_emptied before truncate on %I for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_changed', name);
    execute format('alter table %I enable always trigger never_emptied', name);
  end loop;
  alter table account_decision enable always trigger decided_by_another;
  alter table twinning_answer enable always trigger answered_by_another;
end $$;

do $$
declare
  name text;
begin
  if not exists (select 1 from pg_roles where rolname = 'ketnghia_app') then return; end if;
  foreach name in array array[
    'campaign_account', 'account_change', 'account_decision', 'twinning_promise', 'twinning_answer', 'progress_statement'
  ] loop
    execute format('grant select, insert on %I to ketnghia_app', name);
  end loop;
  grant select, insert, update on catalogue_section, catalogue_item to ketnghia_app;
end $$;
