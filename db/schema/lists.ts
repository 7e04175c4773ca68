import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";

import { bytea } from "./bytea.ts";

/** The working group of a commune (Tổ công tác kết nghĩa), by its decision. Append-only: a later decision is a row more. */
export const workingGroup = pgTable(
  "working_group",
  {
    commune: text().notNull(),
    n: integer().notNull(),
    decisionNumber: text().notNull(),
    decisionDate: date().notNull(),
    /** File of the office. */
    paper: text().notNull(),
    /** Bodies with their capacity: `chair`, `commune`, `twin`, `front`, `women`, `farmers`, `youth`, `veterinary`, `village`. */
    members: jsonb().$type<readonly { body: string; capacity: string }[]>().notNull(),
    keptBy: text().notNull(),
    keptAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.commune, t.n] })],
);

/** A meeting of a village on a round of a campaign. One without quorum stays, and the next one names it. Append-only. */
export const villageMeeting = pgTable(
  "village_meeting",
  {
    id: text().primaryKey(),
    campaign: text().notNull(),
    round: integer().notNull(),
    village: text().notNull(),
    onDay: date().notNull(),
    place: text().notNull(),
    /** Households. */
    called: integer().notNull(),
    present: integer().notNull(),
    /** Households it could choose; those voted behind them are reserves. */
    places: integer().notNull(),
    way: text().$type<"hands" | "ballots">().notNull(),
    /** Capacities. */
    chair: text().notNull(),
    secretary: text().notNull(),
    /** Whether enough came by the rule of that day. */
    quorate: boolean().notNull(),
    /** The meeting without quorum that this one repeats; else null. */
    repeats: text(),
    /** How a tie at the last place was decided; null where there was none. */
    tie: text().$type<"vote-again" | "lot" | "need">(),
    /** Registrations elected to lead the group; null where nobody was. */
    leader: text(),
    deputy: text(),
    /** Minutes, a file of the office. */
    minutes: text().notNull(),
    notedBy: text().notNull(),
    notedAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    index("village_meeting_campaign").on(t.campaign, t.round),
    check("village_meeting_counts", sql`called > 0 and present >= 0 and places > 0`),
    check("village_meeting_way_check", sql`way in ('hands', 'ballots')`),
    check("village_meeting_tie_check", sql`tie in ('vote-again', 'lot', 'need')`),
  ],
);

/** What a meeting gave a household: votes and place. Append-only. */
export const meetingVote = pgTable(
  "meeting_vote",
  {
    meeting: text().notNull(),
    registration: text().notNull(),
    votes: integer().notNull(),
    rank: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.meeting, t.registration] }),
    uniqueIndex("meeting_vote_rank").on(t.meeting, t.rank),
    check("meeting_vote_counts", sql`votes >= 0 and rank > 0`),
  ],
);

/** One version of the list of a campaign's round. */
export const listVersion = pgTable(
  "list_version",
  {
    /** `LD1-r1` */
    list: text().notNull(),
    version: integer().notNull(),
    campaign: text().notNull(),
    round: integer().notNull(),
    state: text().$type<"compiling" | "submitted" | "decided" | "replaced" | "dropped">().notNull(),
    /** Why there is a version after the first, coded: `objection-upheld`, `declined`, `correction`; null for the first. */
    reason: text(),
    /** Raised by each change while it is compiled. */
    revision: integer().notNull(),
    compiledBy: text().array().notNull(),
    submittedOn: date(),
    decidedBy: text(),
    decidedOn: date(),
    decisionNumber: text(),
    /** The decision, a file of the office. */
    paper: text(),
    /** Random number printed on the sheet with names alone: without it nobody tries names against the checksum. */
    sheetNumber: text(),
    /** SHA-256 of the canonical bytes with names, hex; both sheets carry it. */
    checksum: text(),
    /** Entry that published it. */
    entry: bigint({ mode: "number" }),
    changedAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.list, t.version] }),
    index("list_version_campaign").on(t.campaign, t.round),
    uniqueIndex("list_version_checksum").on(t.checksum),
    uniqueIndex("list_in_force")
      .on(t.list)
      .where(sql`state = 'decided'`),
    uniqueIndex("list_at_work")
      .on(t.list)
      .where(sql`state in ('compiling', 'submitted')`),
    check(
      "list_version_state_check",
      sql`state in ('compiling', 'submitted', 'decided', 'replaced', 'dropped')`,
    ),
    check("list_version_checksum_check", sql`checksum ~ '^[0-9a-f]{64}$'`),
    check(
      "decided_whole",
      sql`(state in ('decided', 'replaced')) = (decided_by is not null and decided_on is not null and decision_number is not null and sheet_number is not null and checksum is not null and entry is not null)`,
    ),
    check("another_decides", sql`decided_by is null or not (compiled_by @> array[decided_by])`),
  ],
);

/** A line of a list: a household, its place and its level of support. */
export const listLine = pgTable(
  "list_line",
  {
    list: text().notNull(),
    version: integer().notNull(),
    /** Public code such as `H-LD1-018`: the household's own in all versions. */
    code: text().notNull(),
    registration: text().notNull(),
    /** Village, as the sheet says it. */
    village: text().notNull(),
    /** Place, from 1; of reserves behind the others. */
    rank: integer().notNull(),
    reserve: boolean().notNull(),
    leader: boolean().notNull().default(false),
    category: text().$type<"poor" | "near_poor" | "escaped" | "other">().notNull(),
    /** Things it gets: heads, pieces. */
    heads: integer().notNull(),
    /** đồng, by the norm of the day. */
    amount: bigint({ mode: "bigint" }).notNull(),
    /** Coded why it is on the list. */
    why: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.list, t.version, t.code] }),
    foreignKey({
      columns: [t.list, t.version],
      foreignColumns: [listVersion.list, listVersion.version],
      name: "list_line_of_version",
    }),
    uniqueIndex("list_line_rank").on(t.list, t.version, t.rank),
    uniqueIndex("list_line_registration").on(t.list, t.version, t.registration),
    index("list_line_code").on(t.code),
    check("list_line_category_check", sql`category in ('poor', 'near_poor', 'escaped', 'other')`),
    check("list_line_counts", sql`rank > 0 and heads > 0 and amount >= 0`),
  ],
);

/** What a twin, the Front, a union or the district said to a list before it was decided. Append-only. */
export const listOpinion = pgTable(
  "list_opinion",
  {
    list: text().notNull(),
    version: integer().notNull(),
    n: integer().notNull(),
    capacity: text().$type<"twin" | "front" | "union" | "district">().notNull(),
    organisation: text().notNull(),
    agrees: boolean().notNull(),
    /** For the office's eyes. */
    text: text().notNull(),
    saidBy: text().notNull(),
    saidAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.list, t.version, t.n] }),
    check("list_opinion_capacity_check", sql`capacity in ('twin', 'front', 'union', 'district')`),
  ],
);

/** That a version of a list hangs out (niêm yết). */
export const notice = pgTable(
  "notice",
  {
    id: text().primaryKey(),
    list: text().notNull(),
    version: integer().notNull(),
    fromDay: date().notNull(),
    /** Last day, by the rule of the day it was put up. */
    toDay: date().notNull(),
    /** Day on which a clerk took it down, before a second person confirms it; null while it hangs. */
    downOn: date(),
    /** Last day on which it really hung; null while it hangs. */
    endedOn: date(),
    /** Coded: `whole`, `torn-down`, `replaced`, `no-proof`; null while it hangs. */
    outcome: text().$type<"whole" | "torn-down" | "replaced" | "no-proof">(),
    postedBy: text().notNull(),
    postedAt: bigint({ mode: "number" }).notNull(),
    endedBy: text(),
    /** The second person, another than who put it up. */
    confirmedBy: text(),
    postedEntry: bigint({ mode: "number" }).notNull(),
    endedEntry: bigint({ mode: "number" }),
  },
  (t) => [
    foreignKey({
      columns: [t.list, t.version],
      foreignColumns: [listVersion.list, listVersion.version],
      name: "notice_of_version",
    }),
    uniqueIndex("notice_hanging")
      .on(t.list)
      .where(sql`outcome is null`),
    check("notice_days", sql`to_day >= from_day`),
    check("notice_outcome_check", sql`outcome in ('whole', 'torn-down', 'replaced', 'no-proof')`),
    check(
      "ended_whole",
      sql`(outcome is null) = (ended_on is null) and (outcome is null) = (ended_entry is null)`,
    ),
    check("two_people_take_down", sql`confirmed_by is null or confirmed_by <> posted_by`),
    check("whole_is_confirmed", sql`outcome is distinct from 'whole' or confirmed_by is not null`),
  ],
);

/** A place where a notice hangs, with its proofs. */
export const noticePlace = pgTable(
  "notice_place",
  {
    notice: text().notNull(),
    n: integer().notNull(),
    kind: text().$type<"office" | "village" | "web">().notNull(),
    /** Name of the village; empty elsewhere. */
    place: text().notNull(),
    /** Files of the office: picture when it was put up, when it came down, minutes signed by two. Null while missing. */
    upPhoto: text(),
    downPhoto: text(),
    minutes: text(),
    /** Days on which it was read out over the loudspeaker. */
    loudspeakerDays: date().array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.notice, t.n] }),
    check("notice_place_kind_check", sql`kind in ('office', 'village', 'web')`),
  ],
);

/** What somebody says against a line of a list, or the list. While it is open, that share of the money is locked. */
export const objection = pgTable(
  "objection",
  {
    /** Code by which it is followed: `YK` + 6 + check. */
    code: text().primaryKey(),
    list: text().notNull(),
    version: integer().notNull(),
    /** Code of the line; null against the whole list. */
    line: text(),
    ground: text()
      .$type<
        | "not-poor"
        | "has-job"
        | "left-out"
        | "relative"
        | "already-supported"
        | "not-resident"
        | "unable"
        | "no-meeting"
        | "not-posted"
        | "other"
      >()
      .notNull(),
    channel: text().$type<"web" | "paper" | "phone" | "spoken">().notNull(),
    onDay: date().notNull(),
    openedAt: bigint({ mode: "number" }).notNull(),
    /** Sealed: what was written, and how to reach who wrote it. */
    sealedText: bytea().notNull(),
    sealedContact: bytea(),
    /** Official who noted it; null from the web. */
    notedBy: text(),
    /** Key of its form. */
    formKey: text().notNull(),
    /** The objection whose decision this one takes to the next body; else null. */
    againstDecision: text(),
    body: text().$type<"commune" | "district">().notNull(),
    answerBy: date().notNull(),
    state: text().$type<"open" | "upheld" | "refused">().notNull(),
    /** Coded; null while open. */
    outcome: text(),
    decidedBy: text(),
    decidedOn: date(),
    /** File of the office; null while open. */
    paper: text(),
    openedEntry: bigint({ mode: "number" }).notNull(),
    decidedEntry: bigint({ mode: "number" }),
  },
  (t) => [
    uniqueIndex("objection_form").on(t.formKey),
    index("objection_list").on(t.list, t.line),
    check("objection_channel_check", sql`channel in ('web', 'paper', 'phone', 'spoken')`),
    check("objection_state_check", sql`state in ('open', 'upheld', 'refused')`),
    check("objection_body_check", sql`body in ('commune', 'district')`),
    check(
      "objection_ground_check",
      sql`ground in ('not-poor', 'has-job', 'left-out', 'relative', 'already-supported', 'not-resident', 'unable', 'no-meeting', 'not-posted', 'other')`,
    ),
    check(
      "decided_objection_whole",
      sql`(state = 'open') = (outcome is null) and (state = 'open') = (decided_by is null) and (state = 'open') = (decided_on is null) and (state = 'open') = (decided_entry is null)`,
    ),
  ],
);

/** The decision that founds a group, with its rules; written by a clerk, decided by another person. */
export const groupFounding = pgTable(
  "group_founding",
  {
    /** Id of the group, such as `LD1-N1`. */
    groupId: text().primaryKey(),
    campaign: text().notNull(),
    list: text().notNull(),
    nameVi: text().notNull(),
    nameEn: text().notNull(),
    /** Codes of lines of the list. */
    members: text().array().notNull(),
    leader: text().notNull(),
    deputy: text(),
    /** What the group passes on, and what happens otherwise. */
    rules: jsonb()
      .$type<{
        /** Heads owed for each head received. */
        heads: number;
        sex: "F" | "M" | "any";
        /** Days and kg at passing on, at least. */
        leastAgeDays: number;
        leastKg: number;
        /** Days after hand-over by which it is due. */
        deadlineDays: number;
        onDeath: "postpone" | "waive" | "replace";
        onBarren: "postpone" | "waive" | "replace";
        onTheft: "postpone" | "waive" | "replace";
        onSale: "replace" | "pay";
        mother: "household" | "group" | "commune";
        next: "rank" | "meeting";
      }>()
      .notNull(),
    state: text().$type<"drafted" | "decided">().notNull(),
    draftedBy: text().notNull(),
    draftedAt: bigint({ mode: "number" }).notNull(),
    decidedBy: text(),
    decidedOn: date(),
    decisionNumber: text(),
    paper: text(),
    entry: bigint({ mode: "number" }),
  },
  (t) => [
    index("group_founding_campaign").on(t.campaign),
    check("group_founding_state_check", sql`state in ('drafted', 'decided')`),
    check(
      "decided_founding_whole",
      sql`(state = 'decided') = (decided_by is not null and decided_on is not null and decision_number is not null and entry is not null)`,
    ),
    check("another_founds", sql`decided_by is null or decided_by <> drafted_by`),
  ],
);

/** That a household of a group signed its commitment (cam kết). Append-only. */
export const groupCommitment = pgTable("group_commitment", {
  /** Code of the household. */
  household: text().primaryKey(),
  onDay: date().notNull(),
  paper: text().notNull(),
  textVersion: text().notNull(),
  /** Language in which it was explained. */
  language: text().notNull(),
  notedBy: text().notNull(),
  notedAt: bigint({ mode: "number" }).notNull(),
});

/** A training before hand-over. Append-only. */
export const groupTraining = pgTable(
  "group_training",
  {
    groupId: text().notNull(),
    n: integer().notNull(),
    topic: text().$type<"barn" | "feed" | "vaccination" | "disease">().notNull(),
    onDay: date().notNull(),
    trainer: text().notNull(),
    /** Households. */
    present: integer().notNull(),
    notedBy: text().notNull(),
    notedAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.groupId, t.n] }),
    check("group_training_topic_check", sql`topic in ('barn', 'feed', 'vaccination', 'disease')`),
    check("group_training_present_check", sql`present > 0`),
  ],
);
