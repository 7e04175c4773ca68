CREATE TABLE "group_commitment" (
	"household" text PRIMARY KEY NOT NULL,
	"on_day" date NOT NULL,
	"paper" text NOT NULL,
	"text_version" text NOT NULL,
	"language" text NOT NULL,
	"noted_by" text NOT NULL,
	"noted_at" bigint NOT NULL
);

CREATE TABLE "group_founding" (
	"group_id" text PRIMARY KEY NOT NULL,
	"campaign" text NOT NULL,
	"list" text NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"members" text[] NOT NULL,
	"leader" text NOT NULL,
	"deputy" text,
	"rules" jsonb NOT NULL,
	"state" text NOT NULL,
	"drafted_by" text NOT NULL,
	"drafted_at" bigint NOT NULL,
	"decided_by" text,
	"decided_on" date,
	"decision_number" text,
	"paper" text,
	"entry" bigint,
	CONSTRAINT "group_founding_state_check" CHECK (state in ('drafted', 'decided')),
	CONSTRAINT "decided_founding_whole" CHECK ((state = 'decided') = (decided_by is not null and decided_on is not null and decision_number is not null and entry is not null)),
	CONSTRAINT "another_founds" CHECK (decided_by is null or decided_by <> drafted_by)
);

CREATE TABLE "group_training" (
	"group_id" text NOT NULL,
	"n" integer NOT NULL,
	"topic" text NOT NULL,
	"on_day" date NOT NULL,
	"trainer" text NOT NULL,
	"present" integer NOT NULL,
	"noted_by" text NOT NULL,
	"noted_at" bigint NOT NULL,
	CONSTRAINT "group_training_group_id_n_pk" PRIMARY KEY("group_id","n"),
	CONSTRAINT "group_training_topic_check" CHECK (topic in ('barn', 'feed', 'vaccination', 'disease')),
	CONSTRAINT "group_training_present_check" CHECK (present > 0)
);

CREATE TABLE "list_line" (
	"list" text NOT NULL,
	"version" integer NOT NULL,
	"code" text NOT NULL,
	"registration" text NOT NULL,
	"village" text NOT NULL,
	"rank" integer NOT NULL,
	"reserve" boolean NOT NULL,
	"leader" boolean DEFAULT false NOT NULL,
	"category" text NOT NULL,
	"heads" integer NOT NULL,
	"amount" bigint NOT NULL,
	"why" text NOT NULL,
	CONSTRAINT "list_line_list_version_code_pk" PRIMARY KEY("list","version","code"),
	CONSTRAINT "list_line_category_check" CHECK (category in ('poor', 'near_poor', 'escaped', 'other')),
	CONSTRAINT "list_line_counts" CHECK (rank > 0 and heads > 0 and amount >= 0)
);

CREATE TABLE "list_opinion" (
	"list" text NOT NULL,
	"version" integer NOT NULL,
	"n" integer NOT NULL,
	"capacity" text NOT NULL,
	"organisation" text NOT NULL,
	"agrees" boolean NOT NULL,
	"text" text NOT NULL,
	"said_by" text NOT NULL,
	"said_at" bigint NOT NULL,
	CONSTRAINT "list_opinion_list_version_n_pk" PRIMARY KEY("list","version","n"),
	CONSTRAINT "list_opinion_capacity_check" CHECK (capacity in ('twin', 'front', 'union', 'district'))
);

CREATE TABLE "list_version" (
	"list" text NOT NULL,
	"version" integer NOT NULL,
	"campaign" text NOT NULL,
	"round" integer NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"revision" integer NOT NULL,
	"compiled_by" text[] NOT NULL,
	"submitted_on" date,
	"decided_by" text,
	"decided_on" date,
	"decision_number" text,
	"paper" text,
	"sheet_number" text,
	"checksum" text,
	"entry" bigint,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "list_version_list_version_pk" PRIMARY KEY("list","version"),
	CONSTRAINT "list_version_state_check" CHECK (state in ('compiling', 'submitted', 'decided', 'replaced', 'dropped')),
	CONSTRAINT "list_version_checksum_check" CHECK (checksum ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "decided_whole" CHECK ((state in ('decided', 'replaced')) = (decided_by is not null and decided_on is not null and decision_number is not null and sheet_number is not null and checksum is not null and entry is not null)),
	CONSTRAINT "another_decides" CHECK (decided_by is null or not (compiled_by @> array[decided_by]))
);

CREATE TABLE "meeting_vote" (
	"meeting" text NOT NULL,
	"registration" text NOT NULL,
	"votes" integer NOT NULL,
	"rank" integer NOT NULL,
	CONSTRAINT "meeting_vote_meeting_registration_pk" PRIMARY KEY("meeting","registration"),
	CONSTRAINT "meeting_vote_counts" CHECK (votes >= 0 and rank > 0)
);

CREATE TABLE "notice" (
	"id" text PRIMARY KEY NOT NULL,
	"list" text NOT NULL,
	"version" integer NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"down_on" date,
	"ended_on" date,
	"outcome" text,
	"posted_by" text NOT NULL,
	"posted_at" bigint NOT NULL,
	"ended_by" text,
	"confirmed_by" text,
	"posted_entry" bigint NOT NULL,
	"ended_entry" bigint,
	CONSTRAINT "notice_days" CHECK (to_day >= from_day),
	CONSTRAINT "notice_outcome_check" CHECK (outcome in ('whole', 'torn-down', 'replaced', 'no-proof')),
	CONSTRAINT "ended_whole" CHECK ((outcome is null) = (ended_on is null) and (outcome is null) = (ended_entry is null)),
	CONSTRAINT "two_people_take_down" CHECK (confirmed_by is null or confirmed_by <> posted_by),
	CONSTRAINT "whole_is_confirmed" CHECK (outcome is distinct from 'whole' or confirmed_by is not null)
);

CREATE TABLE "notice_place" (
	"notice" text NOT NULL,
	"n" integer NOT NULL,
	"kind" text NOT NULL,
	"place" text NOT NULL,
	"up_photo" text,
	"down_photo" text,
	"minutes" text,
	"loudspeaker_days" date[] NOT NULL,
	CONSTRAINT "notice_place_notice_n_pk" PRIMARY KEY("notice","n"),
	CONSTRAINT "notice_place_kind_check" CHECK (kind in ('office', 'village', 'web'))
);

CREATE TABLE "objection" (
	"code" text PRIMARY KEY NOT NULL,
	"list" text NOT NULL,
	"version" integer NOT NULL,
	"line" text,
	"ground" text NOT NULL,
	"channel" text NOT NULL,
	"on_day" date NOT NULL,
	"opened_at" bigint NOT NULL,
	"sealed_text" "bytea" NOT NULL,
	"sealed_contact" "bytea",
	"noted_by" text,
	"form_key" text NOT NULL,
	"against_decision" text,
	"body" text NOT NULL,
	"answer_by" date NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"decided_by" text,
	"decided_on" date,
	"paper" text,
	"opened_entry" bigint NOT NULL,
	"decided_entry" bigint,
	CONSTRAINT "objection_channel_check" CHECK (channel in ('web', 'paper', 'phone', 'spoken')),
	CONSTRAINT "objection_state_check" CHECK (state in ('open', 'upheld', 'refused')),
	CONSTRAINT "objection_body_check" CHECK (body in ('commune', 'district')),
	CONSTRAINT "objection_ground_check" CHECK (ground in ('not-poor', 'has-job', 'left-out', 'relative', 'already-supported', 'not-resident', 'unable', 'no-meeting', 'not-posted', 'other')),
	CONSTRAINT "decided_objection_whole" CHECK ((state = 'open') = (outcome is null) and (state = 'open') = (decided_by is null) and (state = 'open') = (decided_on is null) and (state = 'open') = (decided_entry is null))
);

CREATE TABLE "village_meeting" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign" text NOT NULL,
	"round" integer NOT NULL,
	"village" text NOT NULL,
	"on_day" date NOT NULL,
	"place" text NOT NULL,
	"called" integer NOT NULL,
	"present" integer NOT NULL,
	"places" integer NOT NULL,
	"way" text NOT NULL,
	"chair" text NOT NULL,
	"secretary" text NOT NULL,
	"quorate" boolean NOT NULL,
	"repeats" text,
	"tie" text,
	"leader" text,
	"deputy" text,
	"minutes" text NOT NULL,
	"noted_by" text NOT NULL,
	"noted_at" bigint NOT NULL,
	CONSTRAINT "village_meeting_counts" CHECK (called > 0 and present >= 0 and places > 0),
	CONSTRAINT "village_meeting_way_check" CHECK (way in ('hands', 'ballots')),
	CONSTRAINT "village_meeting_tie_check" CHECK (tie in ('vote-again', 'lot', 'need'))
);

CREATE TABLE "working_group" (
	"commune" text NOT NULL,
	"n" integer NOT NULL,
	"decision_number" text NOT NULL,
	"decision_date" date NOT NULL,
	"paper" text NOT NULL,
	"members" jsonb NOT NULL,
	"kept_by" text NOT NULL,
	"kept_at" bigint NOT NULL,
	CONSTRAINT "working_group_commune_n_pk" PRIMARY KEY("commune","n")
);

CREATE TABLE "duplicate_check" (
	"id" text PRIMARY KEY NOT NULL,
	"one" text NOT NULL,
	"other" text NOT NULL,
	"matches" text[] NOT NULL,
	"proposed_at" bigint NOT NULL,
	"decision" text,
	"reason" text,
	"decided_by" text,
	"decided_at" bigint,
	CONSTRAINT "duplicate_check_order" CHECK (one <> other),
	CONSTRAINT "duplicate_check_decision_check" CHECK (decision in ('different', 'same', 'allowed')),
	CONSTRAINT "decided_whole" CHECK ((decision is null) = (reason is null) and (decision is null) = (decided_by is null))
);

CREATE TABLE "household_consent" (
	"household" text NOT NULL,
	"kind" text NOT NULL,
	"n" integer NOT NULL,
	"given" boolean NOT NULL,
	"on_day" date NOT NULL,
	"channel" text NOT NULL,
	"text_version" text NOT NULL,
	"language" text NOT NULL,
	"paper" text,
	"taken_by" text NOT NULL,
	"taken_at" bigint NOT NULL,
	CONSTRAINT "household_consent_household_kind_n_pk" PRIMARY KEY("household","kind","n"),
	CONSTRAINT "household_consent_kind_check" CHECK (kind in ('name', 'photo', 'voice'))
);

CREATE TABLE "household_request" (
	"id" text PRIMARY KEY NOT NULL,
	"household" text NOT NULL,
	"kind" text NOT NULL,
	"received_on" date NOT NULL,
	"channel" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"answer_by" date NOT NULL,
	"act_by" date NOT NULL,
	"noted_by" text NOT NULL,
	"noted_at" bigint NOT NULL,
	"answered_on" date,
	"done_on" date,
	"outcome" text,
	"done_by" text,
	CONSTRAINT "household_request_kind_check" CHECK (kind in ('access', 'correct', 'erase')),
	CONSTRAINT "another_erases" CHECK (kind <> 'erase' or done_by is null or done_by <> noted_by),
	CONSTRAINT "done_has_outcome" CHECK ((done_on is null) = (outcome is null))
);

CREATE TABLE "import_mapping" (
	"commune" text NOT NULL,
	"headings" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"kept_by" text NOT NULL,
	"kept_at" bigint NOT NULL,
	CONSTRAINT "import_mapping_commune_headings_pk" PRIMARY KEY("commune","headings")
);

CREATE TABLE "register_household" (
	"id" text PRIMARY KEY NOT NULL,
	"commune" text NOT NULL,
	"commune_from" date NOT NULL,
	"village" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"name_mark" text,
	"book_mark" text,
	"phone_mark" text,
	"category" text NOT NULL,
	"category_decision" text NOT NULL,
	"category_on" date NOT NULL,
	"ability" jsonb NOT NULL,
	"version" integer NOT NULL,
	"kept_by" text NOT NULL,
	"kept_at" bigint NOT NULL,
	"erased_at" bigint,
	CONSTRAINT "register_household_category_check" CHECK (category in ('poor', 'near_poor', 'escaped', 'other')),
	CONSTRAINT "erased_is_empty" CHECK (erased_at is null or (octet_length(sealed) = 0 and name_mark is null and book_mark is null and phone_mark is null))
);

CREATE TABLE "register_import" (
	"id" text PRIMARY KEY NOT NULL,
	"commune" text NOT NULL,
	"campaign" text NOT NULL,
	"round" integer NOT NULL,
	"file_name" text NOT NULL,
	"digest" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"state" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"rows" integer NOT NULL,
	"taken" integer NOT NULL,
	"counts" jsonb NOT NULL,
	"started_by" text NOT NULL,
	"started_at" bigint NOT NULL,
	"confirmed_at" bigint,
	CONSTRAINT "register_import_state_check" CHECK (state in ('read', 'mapped', 'confirmed', 'dropped'))
);

CREATE TABLE "register_key" (
	"id" text PRIMARY KEY NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"made_at" bigint NOT NULL,
	"retired_at" bigint
);

CREATE TABLE "registration" (
	"id" text PRIMARY KEY NOT NULL,
	"household" text NOT NULL,
	"campaign" text NOT NULL,
	"round" integer NOT NULL,
	"channel" text NOT NULL,
	"on_day" date NOT NULL,
	"earlier_support" text NOT NULL,
	"state" text NOT NULL,
	"registered_by" text NOT NULL,
	"registered_at" bigint NOT NULL,
	CONSTRAINT "registration_round_check" CHECK (round > 0),
	CONSTRAINT "registration_state_check" CHECK (state in ('open', 'withdrawn', 'declined')),
	CONSTRAINT "registration_channel_check" CHECK (channel in ('paper', 'meeting', 'office', 'import'))
);

CREATE TABLE "site_check" (
	"registration" text NOT NULL,
	"n" integer NOT NULL,
	"on_day" date NOT NULL,
	"present" text[] NOT NULL,
	"answers" jsonb NOT NULL,
	"fit" boolean NOT NULL,
	"checked_by" text NOT NULL,
	"checked_at" bigint NOT NULL,
	CONSTRAINT "site_check_registration_n_pk" PRIMARY KEY("registration","n")
);

ALTER TABLE "household" ADD COLUMN "registration" text;
ALTER TABLE "list_line" ADD CONSTRAINT "list_line_of_version" FOREIGN KEY ("list","version") REFERENCES "public"."list_version"("list","version") ON DELETE no action ON UPDATE no action;
ALTER TABLE "notice" ADD CONSTRAINT "notice_of_version" FOREIGN KEY ("list","version") REFERENCES "public"."list_version"("list","version") ON DELETE no action ON UPDATE no action;
CREATE INDEX "group_founding_campaign" ON "group_founding" USING btree ("campaign");
CREATE UNIQUE INDEX "list_line_rank" ON "list_line" USING btree ("list","version","rank");
CREATE UNIQUE INDEX "list_line_registration" ON "list_line" USING btree ("list","version","registration");
CREATE INDEX "list_line_code" ON "list_line" USING btree ("code");
CREATE INDEX "list_version_campaign" ON "list_version" USING btree ("campaign","round");
CREATE UNIQUE INDEX "list_version_checksum" ON "list_version" USING btree ("checksum");
CREATE UNIQUE INDEX "list_in_force" ON "list_version" USING btree ("list") WHERE state = 'decided';
CREATE UNIQUE INDEX "list_at_work" ON "list_version" USING btree ("list") WHERE state in ('compiling', 'submitted');
CREATE UNIQUE INDEX "meeting_vote_rank" ON "meeting_vote" USING btree ("meeting","rank");
CREATE UNIQUE INDEX "notice_hanging" ON "notice" USING btree ("list") WHERE outcome is null;
CREATE UNIQUE INDEX "objection_form" ON "objection" USING btree ("form_key");
CREATE INDEX "objection_list" ON "objection" USING btree ("list","line");
CREATE INDEX "village_meeting_campaign" ON "village_meeting" USING btree ("campaign","round");
CREATE UNIQUE INDEX "duplicate_check_pair" ON "duplicate_check" USING btree ("one","other");
CREATE INDEX "household_request_household" ON "household_request" USING btree ("household");
CREATE INDEX "register_household_commune" ON "register_household" USING btree ("commune","village");
CREATE INDEX "register_household_name" ON "register_household" USING btree ("name_mark");
CREATE INDEX "register_household_book" ON "register_household" USING btree ("book_mark");
CREATE INDEX "register_household_phone" ON "register_household" USING btree ("phone_mark");
CREATE INDEX "register_import_commune" ON "register_import" USING btree ("commune","started_at");
CREATE UNIQUE INDEX "registration_once" ON "registration" USING btree ("household","campaign","round");
CREATE INDEX "registration_campaign" ON "registration" USING btree ("campaign","round");

-- Everything below is what no schema says: what the application's role may do, step by step, and what is noted for the seals.

-- The lines of a version stand as they were submitted; a version goes forwards only, and what was decided stays.
create function check_list_version() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if acts_as_owner(tg_relid) then return new; end if;
  if (old.state, new.state) not in (('compiling', 'compiling'), ('compiling', 'submitted'), ('compiling', 'dropped'),
       ('submitted', 'compiling'), ('submitted', 'submitted'), ('submitted', 'decided'), ('decided', 'replaced'))
     or old.state = 'decided' and to_jsonb(new) - 'state' - 'changed_at' <> to_jsonb(old) - 'state' - 'changed_at'
     or new.state = 'decided' and not (holds_a_role(new.decided_by)
          and exists (select from entry e where e.number = new.entry and e.kind = 'list-decided')) then
    raise exception 'list %, version %: from % to % refused', new.list, new.version, old.state, new.state using errcode = 'KN010';
  end if;
  return new;
end $$;
create trigger steps_only before update on list_version for each row execute function check_list_version();
alter table list_version enable always trigger steps_only;

create function check_list_line() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare
  line record;
begin
  if tg_op = 'DELETE' then line := old; else line := new; end if;
  if not acts_as_owner(tg_relid) and not exists (
       select from list_version v where v.list = line.list and v.version = line.version and v.state = 'compiling') then
    raise exception 'list %, version %: its lines stand', line.list, line.version using errcode = 'KN010';
  end if;
  return line;
end $$;
create trigger while_compiled before insert or update or delete on list_line for each row execute function check_list_line();
alter table list_line enable always trigger while_compiled;

-- A notice, an objection, a founding and a check of duplicates are ended once; a household that was erased stays erased.
create trigger ended_once before update on notice for each row
  when (old.outcome is not null)
  execute function refuse_to_application('a notice that ended stays as it ended');
create trigger decided_once before update on objection for each row
  when (old.state <> 'open')
  execute function refuse_to_application('an objection that was decided stays as it was decided');
create trigger decided_once before update on group_founding for each row
  when (old.state <> 'drafted')
  execute function refuse_to_application('a founding that was decided stays as it was decided');
create trigger decided_once before update on duplicate_check for each row
  when (old.decision is not null)
  execute function refuse_to_application('a match that was decided stays as it was decided');
create trigger stays_erased before update on register_household for each row
  when (old.erased_at is not null)
  execute function refuse_to_application('a household that was erased stays erased');
create trigger done_once before update on household_request for each row
  when (old.done_on is not null and octet_length(new.sealed) > 0)
  execute function refuse_to_application('a request that was done stays as it was done');
alter table notice enable always trigger ended_once;
alter table objection enable always trigger decided_once;
alter table group_founding enable always trigger decided_once;
alter table duplicate_check enable always trigger decided_once;
alter table register_household enable always trigger stays_erased;
alter table household_request enable always trigger done_once;

do $$
declare
  name text;
begin
  foreach name in array array[
    'group_commitment', 'group_training', 'household_consent', 'list_opinion', 'meeting_vote', 'site_check', 'village_meeting',
    'working_group'
  ] loop
    execute format('create trigger never_changed before update or delete on %I for each row execute function refuse_change()', name);
    execute format('create trigger never_emptied before truncate on %I for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_changed', name);
    execute format('alter table %I enable always trigger never_emptied', name);
  end loop;
  foreach name in array array[
    'duplicate_check', 'group_commitment', 'group_founding', 'group_training', 'household_consent', 'household_request',
    'import_mapping', 'list_line', 'list_opinion', 'list_version', 'meeting_vote', 'notice', 'notice_place', 'objection',
    'register_household', 'register_key', 'registration', 'site_check', 'village_meeting', 'working_group'
  ] loop
    perform watch_rows(format('public.%I', name)::regclass);
  end loop;
end $$;
