-- Sign-in. The first four tables are better-auth's (user, session, account, verification), renamed where the ledger has the
-- name; the others are ours: what a session has shown, the second factor, limits, and the gifts a donor keeps together.

create table "user" (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  -- Of the office. A donor has an address and nothing else.
  staff boolean not null default false,
  -- Invented, with a password that is printed: a live site does not start over such people.
  demonstration boolean not null default false,
  locale text check (locale in ('vi', 'en')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint plain_email check (email = lower(email) and email like '%_@_%')
);

create table session (
  id text primary key,
  token text not null unique,
  user_id text not null references "user" (id) on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_of_user on session (user_id);

create table credential (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references "user" (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index credential_of_provider on credential (user_id, provider_id);

create table one_time_token (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index one_time_token_identifier on one_time_token (identifier);

-- What a session has shown. A session without a row here is good for nothing, whatever made it.
create table session_mark (
  session text primary key references session (id) on delete cascade,
  person text not null references "user" (id) on delete cascade,
  begun_by text not null check (begun_by in ('password', 'link')),
  -- UTC seconds of the site's clock, as the other times of these tables
  begun_at bigint not null,
  seen_at bigint not null,
  factor text check (factor in ('totp', 'recovery')),
  factor_at bigint,
  constraint factor_with_time check ((factor is null) = (factor_at is null)),
  -- Who came by an e-mail link gave no password, so there is no second factor to it.
  constraint factor_after_password check (factor is null or begun_by = 'password')
);
create index session_mark_person on session_mark (person);

create table second_factor (
  person text primary key references "user" (id) on delete cascade,
  -- encrypted with ACCOUNTS_SECRET
  secret text not null,
  confirmed_at bigint,
  -- thirty-second step of the last code taken: none is taken twice, and none before it
  last_step bigint not null default 0
);

create table recovery_code (
  person text not null references "user" (id) on delete cascade,
  -- keyed hash: the code itself is nowhere
  digest text not null,
  used_at bigint,
  primary key (person, digest)
);

create table sign_in_limit (
  -- keyed hash of what is counted: no address stands here
  key text primary key,
  used integer not null,
  window_ends bigint not null
);
create index sign_in_limit_end on sign_in_limit (window_ends);

create table donor_gift (
  person text not null references "user" (id) on delete cascade,
  code text not null,
  linked_at bigint not null,
  primary key (person, code)
);

do $$
declare
  name text;
begin
  if not exists (select 1 from pg_roles where rolname = 'ketnghia_app') then return; end if;
  foreach name in array array['user', 'session', 'credential', 'one_time_token', 'session_mark', 'second_factor',
    'recovery_code', 'sign_in_limit', 'donor_gift'] loop
    execute format('grant select, insert, update, delete on %I to ketnghia_app', name);
  end loop;
end $$;
