CREATE TABLE "bank_account" (
	"id" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"bank_name" text NOT NULL,
	"bin" text NOT NULL,
	"number" text NOT NULL,
	"owner" text NOT NULL,
	"commune" text,
	"valid_from" date NOT NULL,
	"valid_to" date,
	CONSTRAINT "bank_account_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "campaign" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"model" text NOT NULL,
	"species" text NOT NULL,
	"commune" text NOT NULL,
	"commune_from" date NOT NULL,
	"district" text NOT NULL,
	"title_vi" text NOT NULL,
	"title_en" text NOT NULL,
	"summary_vi" text NOT NULL,
	"summary_en" text NOT NULL,
	"story_vi" text NOT NULL,
	"story_en" text NOT NULL,
	"goal" bigint NOT NULL,
	"households" integer NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"closed_on" date,
	"bank_account" text NOT NULL,
	"code" text NOT NULL,
	"twin" text NOT NULL,
	"responsible" text NOT NULL,
	"published_by" text NOT NULL,
	"published_on" date NOT NULL,
	"decision_number" text NOT NULL,
	"decision_date" date NOT NULL,
	"pass_on_heads" integer DEFAULT 0 NOT NULL,
	"pass_on_age_days" integer DEFAULT 0 NOT NULL,
	"surplus_to" text,
	"search_text" text NOT NULL,
	CONSTRAINT "campaign_slug_unique" UNIQUE("slug"),
	CONSTRAINT "campaign_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "campaign_update" (
	"campaign" text NOT NULL,
	"n" integer NOT NULL,
	"published_on" date NOT NULL,
	"text_vi" text NOT NULL,
	"text_en" text NOT NULL,
	"entry" bigint,
	"animal" text,
	CONSTRAINT "campaign_update_campaign_n_pk" PRIMARY KEY("campaign","n")
);
--> statement-breakpoint
CREATE TABLE "content_version" (
	"name" text PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "household" (
	"code" text PRIMARY KEY NOT NULL,
	"campaign" text NOT NULL,
	"commune" text NOT NULL,
	"commune_from" date NOT NULL,
	"group_id" text NOT NULL,
	"round" integer NOT NULL,
	"category" text NOT NULL,
	"leader" integer DEFAULT 0 NOT NULL,
	"listed_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "household_group" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign" text NOT NULL,
	"commune" text NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"founded_on" date NOT NULL,
	"decision_number" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "household_private" (
	"code" text PRIMARY KEY NOT NULL,
	"full_name" text NOT NULL,
	"hamlet" text NOT NULL,
	"name_consent_on" date,
	"name_consent_channel" text,
	"name_consent_withdrawn_on" date
);
--> statement-breakpoint
CREATE TABLE "need_line" (
	"campaign" text NOT NULL,
	"n" integer NOT NULL,
	"species" text NOT NULL,
	"title_vi" text NOT NULL,
	"title_en" text NOT NULL,
	"quantity" integer NOT NULL,
	"unit_price" bigint NOT NULL,
	"norm_id" text,
	CONSTRAINT "need_line_campaign_n_pk" PRIMARY KEY("campaign","n")
);
--> statement-breakpoint
CREATE TABLE "attention" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"facts" text NOT NULL,
	"raised_at" bigint NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"event_key" text NOT NULL,
	"received_at" bigint NOT NULL,
	"body" "bytea" NOT NULL,
	"signature_valid" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox_answer" (
	"inbox" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"outcome" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment" (
	"ref" text PRIMARY KEY NOT NULL,
	"pledge" text NOT NULL,
	"channel" text NOT NULL,
	"amount" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"provider_ref" text,
	"url" text
);
--> statement-breakpoint
CREATE TABLE "payment_outcome" (
	"ref" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"provider_code" text NOT NULL,
	"provider_transaction" text,
	"inbox" bigint,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pledge" (
	"code" text PRIMARY KEY NOT NULL,
	"campaign" text NOT NULL,
	"amount" bigint NOT NULL,
	"intent" text NOT NULL,
	"promised_on" date,
	"donor_kind" text NOT NULL,
	"donor_name" text NOT NULL,
	"name_public" boolean NOT NULL,
	"channel" text NOT NULL,
	"locale" text NOT NULL,
	"created_at" bigint NOT NULL,
	"state" text NOT NULL,
	"form_key" text NOT NULL,
	CONSTRAINT "pledge_formKey_unique" UNIQUE("form_key")
);
--> statement-breakpoint
CREATE TABLE "sequencer_queue" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"gift" text NOT NULL,
	CONSTRAINT "sequencer_queue_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "statement_line" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"bank_account" text NOT NULL,
	"line_key" text NOT NULL,
	"booked_on" date NOT NULL,
	"reference" text NOT NULL,
	"direction" text NOT NULL,
	"amount" bigint NOT NULL,
	"balance" bigint,
	"text" text NOT NULL,
	"imported_at" bigint NOT NULL,
	"rule" integer NOT NULL,
	"matched_code" text,
	"needs_look" boolean NOT NULL,
	"gift_key" text
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "account_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"unit" text NOT NULL,
	"axis" boolean NOT NULL,
	"may_be_negative" boolean NOT NULL,
	"campaign" text,
	"commune" text,
	"opened_by" bigint NOT NULL,
	CONSTRAINT "account_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "account_closing" (
	"account_id" integer PRIMARY KEY NOT NULL,
	"entry" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_state" (
	"account_id" integer PRIMARY KEY NOT NULL,
	"received" bigint NOT NULL,
	"sent" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "animal" (
	"code" text PRIMARY KEY NOT NULL,
	"species" text NOT NULL,
	"campaign" text NOT NULL,
	"commune" text NOT NULL,
	"round" smallint NOT NULL,
	"entry" bigint NOT NULL,
	"account_id" integer,
	"lo" bigint,
	"price" bigint,
	"dam" text,
	"born_on" date,
	"sex" text,
	"tag_commitment" text,
	"price_reason" text
);
--> statement-breakpoint
CREATE TABLE "animal_event" (
	"animal" text NOT NULL,
	"n" smallint NOT NULL,
	"kind" text NOT NULL,
	"on_day" date NOT NULL,
	"entry" bigint NOT NULL,
	"household" text,
	"other" text,
	"cause" text,
	CONSTRAINT "animal_event_animal_n_pk" PRIMARY KEY("animal","n")
);
--> statement-breakpoint
CREATE TABLE "donation" (
	"code" text PRIMARY KEY NOT NULL,
	"entry" bigint NOT NULL,
	"pledge" text,
	"campaign" text,
	"channel" text NOT NULL,
	"account_id" integer NOT NULL,
	"lo" bigint NOT NULL,
	"amount" bigint NOT NULL,
	"received_on" date NOT NULL,
	CONSTRAINT "donation_entry_unique" UNIQUE("entry")
);
--> statement-breakpoint
CREATE TABLE "entry" (
	"number" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"effective_on" date NOT NULL,
	"recorded_at" bigint NOT NULL,
	"legs" smallint NOT NULL,
	"reverses" bigint,
	"reason" text,
	"idempotency_key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"key_salt" "bytea" NOT NULL,
	"bytes" "bytea" NOT NULL,
	"leaf_hash" "bytea" NOT NULL,
	"written_by" text DEFAULT pg_current_xact_id()::text NOT NULL,
	CONSTRAINT "entry_idempotencyKey_unique" UNIQUE("idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"entry" bigint NOT NULL,
	"n" smallint NOT NULL,
	"kind" text NOT NULL,
	"digest" text NOT NULL,
	CONSTRAINT "evidence_entry_n_pk" PRIMARY KEY("entry","n")
);
--> statement-breakpoint
CREATE TABLE "free_range" (
	"account_id" integer NOT NULL,
	"lo" bigint NOT NULL,
	"hi" bigint,
	CONSTRAINT "free_range_account_id_lo_pk" PRIMARY KEY("account_id","lo")
);
--> statement-breakpoint
CREATE TABLE "ledger_head" (
	"one" boolean PRIMARY KEY NOT NULL,
	"next_entry" bigint NOT NULL,
	"last_recorded_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "movement" (
	"entry" bigint NOT NULL,
	"n" smallint NOT NULL,
	"from_account" integer NOT NULL,
	"to_account" integer NOT NULL,
	"amount" bigint NOT NULL,
	"from_lo" bigint,
	"to_lo" bigint,
	"animal" text,
	CONSTRAINT "movement_entry_n_pk" PRIMARY KEY("entry","n")
);
--> statement-breakpoint
CREATE TABLE "opening" (
	"digest" text PRIMARY KEY NOT NULL,
	"salt" "bytea" NOT NULL,
	"content" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "norm" (
	"id" text PRIMARY KEY NOT NULL,
	"model" text NOT NULL,
	"species" text NOT NULL,
	"per_household" integer NOT NULL,
	"unit_price" bigint NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"place" text,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"successor" text
);
--> statement-breakpoint
CREATE TABLE "place" (
	"code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"full_name" text NOT NULL,
	"slug" text NOT NULL,
	"parent" text,
	"successor" text,
	"other_spellings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"mountain" boolean DEFAULT false NOT NULL,
	"district2024" text,
	"label_lon" real,
	"label_lat" real,
	"search_text" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "place_code_valid_from_pk" PRIMARY KEY("code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "place_shape" (
	"code" text NOT NULL,
	"valid_from" date NOT NULL,
	"geometry" jsonb NOT NULL,
	CONSTRAINT "place_shape_code_valid_from_pk" PRIMARY KEY("code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "plan_model" (
	"code" text PRIMARY KEY NOT NULL,
	"n" integer NOT NULL,
	"title_vi" text NOT NULL,
	"title_en" text NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_target" (
	"district" text NOT NULL,
	"species" text NOT NULL,
	"animals" integer NOT NULL,
	"households" integer NOT NULL,
	"valid_from" date NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "plan_target_district_species_valid_from_pk" PRIMARY KEY("district","species","valid_from")
);
--> statement-breakpoint
CREATE TABLE "rule" (
	"code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"value" jsonb NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "rule_code_valid_from_pk" PRIMARY KEY("code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "twin_pair" (
	"plains_code" text NOT NULL,
	"mountain_code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"status" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "twin_pair_plains_code_mountain_code_valid_from_pk" PRIMARY KEY("plains_code","mountain_code","valid_from")
);
--> statement-breakpoint
CREATE INDEX "campaign_commune" ON "campaign" USING btree ("commune");--> statement-breakpoint
CREATE INDEX "campaign_district" ON "campaign" USING btree ("district");--> statement-breakpoint
CREATE INDEX "household_commune" ON "household" USING btree ("commune","campaign","round");--> statement-breakpoint
CREATE UNIQUE INDEX "attention_once" ON "attention" USING btree ("kind","subject");--> statement-breakpoint
CREATE INDEX "inbox_event" ON "inbox" USING btree ("provider","event_key");--> statement-breakpoint
CREATE INDEX "payment_pledge" ON "payment" USING btree ("pledge");--> statement-breakpoint
CREATE INDEX "payment_provider" ON "payment" USING btree ("provider_ref");--> statement-breakpoint
CREATE INDEX "pledge_campaign" ON "pledge" USING btree ("campaign");--> statement-breakpoint
CREATE UNIQUE INDEX "statement_line_key" ON "statement_line" USING btree ("line_key");--> statement-breakpoint
CREATE INDEX "statement_line_day" ON "statement_line" USING btree ("bank_account","booked_on");--> statement-breakpoint
CREATE INDEX "statement_line_rule" ON "statement_line" USING btree ("rule");--> statement-breakpoint
CREATE INDEX "animal_dam" ON "animal" USING btree ("dam");--> statement-breakpoint
CREATE INDEX "animal_campaign" ON "animal" USING btree ("campaign","round");--> statement-breakpoint
CREATE INDEX "animal_event_household" ON "animal_event" USING btree ("household");--> statement-breakpoint
CREATE INDEX "animal_event_entry" ON "animal_event" USING btree ("entry");--> statement-breakpoint
CREATE INDEX "donation_pledge" ON "donation" USING btree ("pledge") WHERE pledge is not null;--> statement-breakpoint
CREATE INDEX "donation_campaign" ON "donation" USING btree ("campaign");--> statement-breakpoint
CREATE UNIQUE INDEX "entry_reverses" ON "entry" USING btree ("reverses") WHERE reverses is not null;--> statement-breakpoint
CREATE INDEX "entry_kind" ON "entry" USING btree ("kind","effective_on");--> statement-breakpoint
CREATE UNIQUE INDEX "movement_from" ON "movement" USING btree ("from_account","from_lo") WHERE from_lo is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "movement_to" ON "movement" USING btree ("to_account","to_lo") WHERE to_lo is not null;--> statement-breakpoint
CREATE INDEX "movement_animal" ON "movement" USING btree ("animal") WHERE animal is not null;