-- Campaigns are drafted by a commune, opined on by the district's office and the twin, and published by the Committee. Every
-- public change of a published campaign is a version of its own.

alter table campaign add column version integer not null default 1;
-- Office that drafted it; null for campaigns that were opened before drafts were kept here.
alter table campaign add column drafted_by text;
alter table campaign add column households_poor integer;
alter table campaign add column households_near_poor integer;
alter table campaign add column households_escaped integer;
alter table campaign add column households_leader integer;
-- Coded reasons for asking otherwise than by the norm, as a JSON array of text.
alter table campaign add column norm_reasons jsonb not null default '[]';
alter table campaign add column surplus text not null default 'same';
alter table campaign add column shortfall text;
alter table campaign add column reporting_months integer not null default 12;
alter table campaign add column decision_file text;
alter table campaign add column decision_digest text;
alter table campaign add constraint known_surplus check (surplus in ('same', 'campaign', 'reserve', 'agreement'));
alter table campaign add constraint known_shortfall check (shortfall in ('fewer', 'extend', 'other-source', 'agreement'));
alter table campaign add constraint decision_file_sealed check ((decision_file is null) = (decision_digest is null));

alter table need_line add column unit_vi text not null default '';
alter table need_line add column unit_en text not null default '';
-- Item of the catalogue it was taken from, where there is one.
alter table need_line add column catalogue text;

-- An update may also be tied to a need line (a class, a criterion, a kind of thing); and which office tells it.
alter table campaign_update add column need integer;
alter table campaign_update add column told_by text;
alter table campaign_update add column form_key text unique;

create table campaign_picture (
  campaign text not null,
  -- 0: of the story; else the number of the update.
  of_update integer not null,
  n integer not null,
  file text not null,
  alt_vi text not null,
  alt_en text not null,
  primary key (campaign, of_update, n)
);

create table campaign_version (
  campaign text not null,
  version integer not null check (version > 0),
  published_on date not null,
  -- Coded; null for the first.
  reason text,
  drafted_by text,
  published_by text not null,
  draft text,
  -- What donors could read from that day on.
  terms jsonb not null,
  primary key (campaign, version),
  constraint reason_for_a_change check (version = 1 or reason is not null)
);

create table campaign_draft (
  id text primary key,
  form_key text not null unique,
  -- Campaign that it changes; null for a new one, until it is published.
  amends text,
  campaign text,
  commune text not null,
  commune_from date not null,
  district text not null,
  state text not null,
  -- Raised by every change; decisions carry it.
  version integer not null default 1,
  -- How many times it was submitted: opinions are on what was submitted.
  round integer not null default 0,
  submitted_on date,
  content text not null,
  -- JSON: how often each section was saved.
  revisions text not null,
  -- JSON array of the people who wrote it.
  prepared_by text not null,
  office text not null,
  created_at bigint not null,
  changed_at bigint not null,
  search_text text not null,
  constraint known_state check (state in ('drafting', 'submitted', 'opinions', 'sent-back', 'published', 'cancelled')),
  constraint published_is_a_campaign check ((state = 'published') = (campaign is not null))
);
create index campaign_draft_changed on campaign_draft (changed_at desc, id);
create unique index campaign_draft_one_amendment on campaign_draft (amends)
  where amends is not null and state not in ('published', 'cancelled');

create table draft_opinion (
  draft text not null references campaign_draft (id),
  n integer not null,
  round integer not null,
  side text not null check (side in ('district', 'twin')),
  verdict text not null check (verdict in ('agrees', 'agrees-with-remarks', 'disagrees')),
  remarks text not null,
  organisation text not null,
  person text not null,
  at bigint not null,
  primary key (draft, n),
  -- One opinion a side on what was submitted.
  unique (draft, round, side)
);

create table draft_step (
  draft text not null references campaign_draft (id),
  n integer not null,
  step text not null,
  reason text,
  note text not null default '',
  person text not null,
  organisation text not null,
  role text not null,
  at bigint not null,
  primary key (draft, n)
);

-- A decided draft stays as it was decided; what was begun is never taken away.
create function check_campaign_draft() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state in ('published', 'cancelled') or new.version <= old.version
     or (old.id, old.form_key, old.amends, old.commune, old.commune_from, old.created_at)
       is distinct from (new.id, new.form_key, new.amends, new.commune, new.commune_from, new.created_at) then
    raise exception 'campaign draft %: % refused', old.id, lower(tg_op)
      using errcode = 'KN001', hint = 'a decided draft is answered by another';
  end if;
  return new;
end $$;
create trigger only_forwards before update or delete on campaign_draft for each row execute function check_campaign_draft();
alter table campaign_draft enable always trigger only_forwards;
create trigger never_emptied before truncate on campaign_draft for each statement execute function refuse_change();
alter table campaign_draft enable always trigger never_emptied;

-- What donors read of a campaign, as its versions keep it. Amounts are text.
create function campaign_terms_of(which text) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'titleVi', c.title_vi, 'titleEn', c.title_en, 'summaryVi', c.summary_vi, 'summaryEn', c.summary_en,
    'storyVi', c.story_vi, 'storyEn', c.story_en, 'goal', c.goal::text,
    'households', c.households, 'poor', c.households_poor, 'nearPoor', c.households_near_poor,
    'escaped', c.households_escaped, 'leader', c.households_leader,
    'startsOn', c.starts_on::text, 'endsOn', c.ends_on::text, 'closedOn', c.closed_on::text,
    'account', (select b.holder || ', ' || b.bank_name || ' ' || b.number from bank_account b where b.id = c.bank_account),
    'twin', c.twin, 'responsible', c.responsible,
    'decision', c.decision_number || ', ' || c.decision_date::text, 'decisionDigest', c.decision_digest,
    'passOnHeads', c.pass_on_heads, 'passOnAgeDays', c.pass_on_age_days,
    'surplus', c.surplus, 'surplusTo', c.surplus_to, 'shortfall', c.shortfall,
    'reportingMonths', c.reporting_months, 'normReasons', c.norm_reasons,
    'needs', coalesce((
      select jsonb_agg(jsonb_build_object('titleVi', n.title_vi, 'titleEn', n.title_en, 'quantity', n.quantity,
               'unitPrice', n.unit_price::text) order by n.n)
        from need_line n where n.campaign = c.id), '[]'::jsonb),
    'pictures', coalesce((
      select jsonb_agg(p.file order by p.n) from campaign_picture p where p.campaign = c.id and p.of_update = 0), '[]'::jsonb))
    from campaign c where c.id = which
$$;

-- Campaigns that are open already begin with what they say now.
insert into campaign_version (campaign, version, published_on, published_by, terms)
  select id, 1, published_on, published_by, campaign_terms_of(id) from campaign;

do $$
declare
  name text;
begin
  foreach name in array array['campaign_version', 'draft_opinion', 'draft_step', 'campaign_picture'] loop
    if name <> 'campaign_picture' then
      execute format('create trigger never_changed before update or delete on %I for each row execute function refuse_change()', name);
      execute format('alter table %I enable always trigger never_changed', name);
    end if;
    execute format('create trigger never_emptied before truncate on %I for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_emptied', name);
  end loop;
  if exists (select 1 from pg_roles where rolname = 'ketnghia_app') then
    grant select, insert on campaign_version, draft_opinion, draft_step to ketnghia_app;
    grant select, insert, update on campaign_draft to ketnghia_app;
    grant select, insert, delete on campaign_picture to ketnghia_app;
  end if;
end $$;
