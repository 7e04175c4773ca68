import { kept } from "./kept.ts";

/** What is said against lists, what groups are founded of, and what is decided about rows of the register. */
export const KEPT_HOUSEHOLDS: readonly string[] = [
  kept("objection o where o.noted_by is not null", {
    kind: "objection",
    subject: "o.code",
    act: "'objection.note'",
    person: "o.noted_by",
    at: "o.opened_at",
    said: { list: "o.list", ground: "o.ground", channel: "o.channel", entry: "o.opened_entry" },
  }),
  kept("objection o where o.state <> 'open'", {
    kind: "objection",
    subject: "o.code",
    act: "null",
    person: "o.decided_by",
    said: { outcome: "o.outcome", list: "o.list", entry: "o.decided_entry" },
  }),
  kept("group_founding g where g.entry is not null", {
    kind: "group",
    subject: "g.group_id",
    act: "'group.decide'",
    person: "g.decided_by",
    said: { members: "cardinality(g.members)", entry: "g.entry" },
  }),
  kept("duplicate_check d where d.decision is not null", {
    kind: "duplicate",
    subject: "d.id",
    act: "'register.judge'",
    person: "d.decided_by",
    at: "d.decided_at",
    said: { decision: "d.decision", reason: "d.reason", one: "d.one", other: "d.other" },
  }),
  kept("household_request r where r.kind = 'erase' and r.outcome is not null", {
    kind: "household",
    subject: "r.household",
    act: "'register.erase'",
    person: "r.done_by",
    said: { request: "r.id", outcome: "r.outcome" },
  }),
];
