import { kept } from "./kept.ts";

/** What the road of a list keeps, and whose doers stand in the trail. */
export const KEPT_LISTS: readonly string[] = [
  kept("village_meeting m", {
    kind: "meeting",
    subject: "m.id",
    act: "'meeting.record'",
    person: "m.noted_by",
    at: "m.noted_at",
    said: {
      campaign: "m.campaign",
      round: "m.round",
      called: "m.called",
      present: "m.present",
      quorate: "m.quorate",
    },
  }),
  // A version that an upheld objection began has nobody until a clerk takes it up.
  kept("list_version v cross join lateral unnest(v.compiled_by) as by(person)", {
    kind: "list",
    subject: "v.list",
    act: "'list.compile'",
    person: "by.person",
    said: { version: "v.version" },
  }),
  kept("list_version v where v.decided_by is not null", {
    kind: "list",
    subject: "v.list",
    act: "'list.decide'",
    person: "v.decided_by",
    said: { version: "v.version", step: "'decided'", entry: "v.entry", checksum: "v.checksum" },
  }),
  kept("list_opinion o", {
    kind: "list",
    subject: "o.list",
    act: "'list.opine'",
    person: "o.said_by",
    organisation: "o.organisation",
    at: "o.said_at",
    said: { version: "o.version", capacity: "o.capacity", agrees: "o.agrees" },
  }),
  kept("notice n", {
    kind: "notice",
    subject: "n.id",
    act: "'notice.post'",
    person: "n.posted_by",
    at: "n.posted_at",
    said: {
      list: "n.list",
      version: "n.version",
      from: "n.from_day::text",
      to: "n.to_day::text",
    },
  }),
  kept("notice n where n.down_on is not null", {
    kind: "notice",
    subject: "n.id",
    act: "'notice.post'",
    person: "'*'",
    said: { step: "'down'", on: "n.down_on::text" },
  }),
  kept("notice n where n.outcome in ('torn-down', 'no-proof')", {
    kind: "notice",
    subject: "n.id",
    act: "'notice.post'",
    person: "'*'",
    said: { step: "'ended'", outcome: "n.outcome" },
  }),
  kept("notice n where n.confirmed_by is not null", {
    kind: "notice",
    subject: "n.id",
    act: "'notice.confirm'",
    person: "n.confirmed_by",
    said: { outcome: "n.outcome", entry: "n.ended_entry" },
  }),
];
