import { OFFICE_ACTS } from "#app/domain/people/office-act.ts";
import { SET_UP } from "#app/domain/people/first-grant.ts";

import type { Invariant } from "./invariant.ts";
import { kept } from "./kept.ts";
import { KEPT_HOUSEHOLDS } from "./kept-households.ts";
import { KEPT_LISTS } from "./kept-lists.ts";

/** A line is written in the same transaction; clocks are asked twice. */
const SECONDS_APART = 60;

/** The act of a step of an order, where it follows from the step alone. */
const ORDER_ACT = `case when s.step in ('request', 'change') then o.kind || '.request' when s.step in ('approve', 'refuse') then o.kind || '.approve'
                when s.step = 'book' then o.kind || '.book' end`;
const DRAFT_ACT = `case when s.step in ('begun', 'submitted') then 'campaign.draft' when s.step = 'opinion' then 'campaign.opine'
                when s.step = 'published' then 'campaign.publish' end`;

/** Everything that the office keeps and whose doer stands in the trail. */
const KEPT = [
  kept(`role_grant g where g.proposed_by <> '${SET_UP}'`, {
    kind: "grant",
    subject: "g.id",
    act: "'role.propose'",
    person: "g.proposed_by",
    at: "g.proposed_at",
    said: {
      person: "g.person",
      role: "g.role",
      organisation: "g.organisation",
      place: "g.place",
      from: "g.valid_from::text",
      to: "g.valid_to::text",
    },
  }),
  kept(`role_grant g where g.proposed_by = '${SET_UP}'`, {
    kind: "grant",
    subject: "g.id",
    act: "'role.approve'",
    person: "null",
    said: { by: `'${SET_UP}'`, person: "g.person", role: "g.role", organisation: "g.organisation" },
  }),
  kept(`role_grant g where g.decided_by <> '${SET_UP}'`, {
    kind: "grant",
    subject: "g.id",
    act: "'role.approve'",
    person: "g.decided_by",
    at: "g.decided_at",
    said: {
      person: "g.person",
      state: "case g.state when 'withdrawn' then 'approved' else g.state end",
    },
  }),
  kept("role_grant g where g.withdrawn_by is not null", {
    kind: "grant",
    subject: "g.id",
    act: "'role.withdraw'",
    person: "g.withdrawn_by",
    at: "g.withdrawn_at",
    said: { person: "g.person", state: "'withdrawn'" },
  }),
  kept("order_step s join money_order o on o.id = s.order_id", {
    kind: "order",
    subject: "s.order_id",
    act: ORDER_ACT,
    person: "s.person",
    organisation: "s.organisation",
    role: "s.role",
    at: "s.at",
    also: {
      reason: "s.reason",
      amount: "s.amount::text",
      entry: "case when s.step = 'book' then s.entry end",
    },
    said: { step: "s.step", number: "o.number", version: "s.version" },
  }),
  // What an order asks for now is what its last step was told to ask for.
  kept("money_order o", {
    kind: "order",
    subject: "o.id",
    act: "null",
    person: "'*'",
    said: {
      number: "o.number",
      version: "(select max(s.version) from order_step s where s.order_id = o.id)",
      amount: "o.amount::text",
    },
  }),
  kept("office_file f", {
    kind: "file",
    subject: "f.id",
    act: "'file.add'",
    person: "f.added_by",
    at: "f.added_at",
    said: {
      kind: "f.kind",
      bytes: "f.bytes",
      digest: "f.digest",
      subjectKind: "f.subject_kind",
      subject: "f.subject_id",
    },
  }),
  kept("file_step s where s.step <> 'added'", {
    kind: "file",
    subject: "s.file",
    act: "case when s.step <> 'published' then 'file.redact' end",
    person: "s.person",
    organisation: "s.organisation",
    at: "s.at",
    also: { tiedKind: "s.tied_kind", tied: "s.tied_id" },
    said: { step: "s.step", reason: "s.reason" },
  }),
  kept("draft_step s", {
    kind: "draft",
    subject: "s.draft",
    act: DRAFT_ACT,
    person: "s.person",
    organisation: "s.organisation",
    role: "s.role",
    at: "s.at",
    said: { step: "s.step" },
  }),
  kept("draft_opinion p", {
    kind: "draft",
    subject: "p.draft",
    act: "'campaign.opine'",
    person: "p.person",
    organisation: "p.organisation",
    at: "p.at",
    said: { side: "p.side", verdict: "p.verdict", round: "p.round" },
  }),
  kept("campaign_version v where v.draft is not null", {
    kind: "draft",
    subject: "v.draft",
    act: "'campaign.publish'",
    person: "'*'",
    said: { campaign: "v.campaign", version: "v.version" },
  }),
  kept("account_change c", {
    kind: "account",
    subject: "case c.kind when 'open' then c.id else c.bank_account end",
    act: "'account.propose'",
    person: "c.proposed_by",
    organisation: "c.organisation",
    at: "c.proposed_at",
    said: { kind: "c.kind", number: "c.number" },
  }),
  kept("account_decision d join account_change c on c.id = d.change", {
    kind: "account",
    subject: "c.bank_account",
    act: "'account.approve'",
    person: "d.decided_by",
    organisation: "d.organisation",
    at: "d.decided_at",
    said: { kind: "c.kind", outcome: "d.outcome", number: "c.number" },
  }),
  kept("twinning_promise p", {
    kind: "promise",
    subject: "p.id",
    act: "'twinning.promise'",
    person: "p.promised_by",
    organisation: "p.organisation",
    at: "p.promised_at",
    said: {
      pair: "p.pair",
      commune: "p.commune",
      year: "p.year",
      model: "p.model",
      version: "p.version",
      money: "p.money::text",
      goods: "jsonb_array_length(p.goods)",
    },
  }),
  kept("twinning_answer a", {
    kind: "promise",
    subject: "a.promise",
    act: "'twinning.confirm'",
    person: "a.answered_by",
    organisation: "a.organisation",
    at: "a.answered_at",
    said: { outcome: "a.outcome" },
  }),
  kept("progress_statement s", {
    kind: "campaign",
    subject: "s.campaign",
    act: "'progress.file'",
    person: "s.filed_by",
    organisation: "s.organisation",
    at: "s.filed_at",
    said: { n: "s.n", entry: "s.entry" },
  }),
  kept("campaign_update u where u.told_by is not null", {
    kind: "campaign",
    subject: "u.campaign",
    act: "'campaign.tell'",
    person: "'*'",
    organisation: "u.told_by",
    said: {
      update: "u.n",
      tied: "case when u.animal is not null then 'animal' when u.entry is not null then 'entry' else 'need' end",
      photos:
        "(select count(*) from campaign_picture p where p.campaign = u.campaign and p.of_update = u.n)",
    },
  }),
  kept("attention t where t.closed_at is not null", {
    kind: "attention",
    subject: "t.id",
    act: "'attention.close'",
    person: "t.closed_by",
    at: "t.closed_at",
    said: { outcome: "t.outcome" },
  }),
  kept("pledge_confirmation k where k.way = 'office'", {
    kind: "pledge",
    subject: "k.pledge",
    act: "'pledge.confirm'",
    person: "k.person",
    at: "k.confirmed_at",
    said: {},
  }),
  ...KEPT_LISTS,
  ...KEPT_HOUSEHOLDS,
].join("\n      union all\n      ");

/** Whether something tells the same as a line `l`: `k.person` of `*` and `k.act` of null are told by the line alone. */
const SAME = `(k.kind, k.subject) = (l.subject_kind, l.subject) and (k.act is null or k.act = l.act)
             and (k.person = '*' or k.person is not distinct from l.person) and l.told @> k.said
             and (k.organisation is null or k.organisation = l.organisation) and (k.role is null or k.role = l.role)
             and (k.at is null or abs(k.at - l.at) <= ${SECONDS_APART})`;
/** Lines that leave nothing behind but others of the same trail: a look, a form kept so far, a list sent back, a proof, which is a file. */
const LEAVES_NOTHING = `(l.told ->> 'look' = 'true' or l.told ->> 'step' = 'saved'
             or (l.act, l.told ->> 'step') in (('list.decide', 'sent-back'), ('notice.post', 'proof')))`;
/**
 * Acts that leave something behind; what the trail alone keeps (sign-ins, invitations, imports), and drafts of groups, which are
 * written over, have nothing to be compared with.
 */
const COMPARED = OFFICE_ACTS.filter(
  (act) =>
    !/\.(enter|read|import|keep|sheet)$/.test(act) &&
    act !== "group.draft" &&
    act !== "commitment.record",
).map((act) => `'${act}'`);

const LINES = `(select *, facts::jsonb as told from audit_line where outcome = 'done' offset 0)`;

/** The audit trail, and what it tells against what stands in the tables. */
export const TRAIL_INVARIANTS: readonly Invariant[] = [
  {
    name: "audit-trail",
    counted: `select count(*) as counted from audit_line`,
    offenders: `select 'audit line ' || n as subject, 'number or seal does not follow from the line before' as fact
        from (
          select l.n, l.hash, coalesce(lag(l.n) over line, 0) + 1 as follows,
                 sha256(lag(l.hash, 1, ''::bytea) over line || audit_text(l)) as sealed
            from audit_line l window line as (order by l.n)
        ) c where c.n <> c.follows or c.hash <> c.sealed
      union all
      select 'audit_head', 'says ' || coalesce(h.n::text, 'nothing')
        from (select 1) one left join audit_head h on true
       where h.n is distinct from (select coalesce(max(n), 0) from audit_line)
      union all
      select 'audit_head', 'is not the seal of the last line'
        from audit_head h left join audit_line l on l.n = h.n where h.hash <> coalesce(l.hash, ''::bytea)`,
  },
  {
    name: "trail-tells",
    counted: `select count(*) as counted from (${KEPT}) k`,
    offenders: `select k.kind || ' ' || k.subject as subject,
             'stands in no line of the trail: ' || coalesce(k.act, 'done') || coalesce(' by ' || k.person, '') || ' ' || k.said as fact
        from (${KEPT}) k where not exists (select from ${LINES} l where ${SAME})`,
  },
  {
    name: "trail-told",
    counted: `select count(*) as counted from audit_line where outcome = 'done'`,
    offenders: `select 'audit line ' || l.n as subject, 'tells of ' || l.subject_kind || ' ' || l.subject || ' what does not stand there' as fact
        from ${LINES} l
       where l.act in (${COMPARED.join(", ")}) and ${LEAVES_NOTHING} is not true
         and not exists (select from (${KEPT}) k where ${SAME})`,
  },
];
