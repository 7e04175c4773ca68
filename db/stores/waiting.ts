import { subjectOfCampaign } from "#app/domain/campaigns/draft.ts";
import { type Day, startOf } from "#app/domain/kernel/calendar.ts";
import { preparersFor } from "#app/domain/orders/place.ts";
import { MONEY_KINDS, type MoneyKind } from "#app/domain/people/office-act.ts";
import { subjectOfGroup } from "#app/domain/groups/draft-group.ts";
import { DECIDING } from "#app/domain/objections/decide-objection.ts";
import { bodyOn, dueOn } from "#app/domain/objections/objection.ts";
import { subjectOfList } from "#app/domain/objections/open-objection.ts";
import type { Matter, Waiting } from "#app/domain/people/waiting.ts";

import type { Db } from "../client.ts";
import { inEnglish } from "./in-english.ts";
import { COMMUNES, TWIN_NOW } from "./became.ts";
import { draftReadingStore } from "./draft-reading.ts";
import { listsWaiting } from "./waiting-lists.ts";
import { groupReadingStore } from "./groups.ts";
import { objectionReadingStore } from "./objections.ts";
import { pledgeStore } from "./pledges.ts";
import { registerMatters } from "./register-waiting.ts";
import { progressStore } from "./progress.ts";

/** Everything that waits for an act of the office: one query a kind. */
export function waitingStore(db: Db, now: () => number): Waiting {
  return {
    async matters(day) {
      const kinds = await Promise.all([
        roles(db),
        drafts(db, now),
        orders(db),
        attention(db),
        pledges(db),
        accounts(db),
        promises(db),
        progress(db, day),
        listsWaiting(db, day),
        objections(db, day),
        groups(db),
        registerMatters(db),
      ]);
      return kinds.flat();
    },
  };
}

const same = (text: string) => ({ vi: text, en: text });

/** Roles that are proposed: somebody else approves them. */
async function roles(db: Db): Promise<Matter[]> {
  const rows = await db.rows<{ person: string; name: string; proposed_by: string; at: bigint }>(
    `select g.person, coalesce(u.name, g.person) as name, g.proposed_by, g.proposed_at as at
       from role_grant g left join "user" u on u.id = g.person where g.state = 'proposed' order by g.proposed_at`,
  );
  return rows.map((row) => ({
    kind: "role-approve",
    acts: ["role.approve"],
    subject: { preparedBy: [row.proposed_by, row.person] },
    id: row.person,
    title: same(row.name),
    amount: null,
    since: Number(row.at),
    dueOn: null,
  }));
}

/** Campaign drafts: the commune finishes what was sent back, district and twin give opinions, the Committee decides. */
async function drafts(db: Db, now: () => number): Promise<Matter[]> {
  const [lines, given] = await Promise.all([
    draftReadingStore(db, now).list(),
    db.rows<{ draft: string; side: string }>(
      `select o.draft, o.side from draft_opinion o join campaign_draft d on d.id = o.draft and d.round = o.round
        where d.state = 'submitted'`,
    ),
  ]);
  const gave = new Set(given.map(({ draft, side }) => `${draft} ${side}`));
  return lines.flatMap((line): Matter[] => {
    const place = { communes: line.communes, district: line.district };
    const matter = {
      id: line.id,
      title: same(line.title === "" ? line.communeName : line.title),
      amount: line.goal,
      since: line.changedAt,
      dueOn: null,
    };
    if (line.state === "drafting" || line.state === "sent-back") {
      return [{ ...matter, kind: "draft-finish", acts: ["campaign.draft"], subject: place }];
    }
    if (line.state !== "submitted" && line.state !== "opinions") return [];
    const review: Matter = {
      ...matter,
      kind: "draft-review",
      acts: ["campaign.review", "campaign.publish"],
      subject: place,
    };
    if (line.state === "opinions") return [review];
    // A side is asked by its own key: the district by place, the twin by its organisation.
    const district: Matter[] = gave.has(`${line.id} district`)
      ? []
      : [{ ...matter, kind: "draft-opine", acts: ["campaign.opine"], subject: place }];
    const twin: Matter[] =
      line.twinNow === null || gave.has(`${line.id} twin`)
        ? []
        : [
            {
              ...matter,
              kind: "draft-opine",
              acts: ["campaign.opine"],
              subject: { twin: line.twinNow },
            },
          ];
    return [...district, ...twin, review];
  });
}

interface OrderRow {
  id: string;
  number: number;
  kind: MoneyKind;
  state: "requested" | "sent-back" | "approved";
  amount: bigint;
  communes: string[];
  district: string | null;
  twin: string | null;
  prepared_by: string[];
  approved_by: string[];
  changed_at: bigint;
  title_vi: string | null;
  title_en: string | null;
}

const ORDER_STEPS = {
  requested: ["order-approve", "approve"],
  approved: ["order-book", "book"],
  "sent-back": ["order-change", "request"],
} as const;

/** Money orders: approved by another than who asked, booked by a third person, changed when sent back. */
async function orders(db: Db): Promise<Matter[]> {
  const rows = await db.rows<OrderRow>(
    `select o.id, o.number, o.kind, o.state, o.amount, o.communes, o.district, coalesce(${TWIN_NOW("o.twin")}, o.twin) as twin, o.prepared_by, o.approved_by,
            o.changed_at, c.title_vi, ${inEnglish("c.title")} as title_en
       from money_order o left join campaign c on c.id = o.campaign
      where o.state in ('requested', 'approved', 'sent-back') order by o.changed_at`,
  );
  return rows.flatMap((row): Matter[] => {
    if (!MONEY_KINDS.includes(row.kind)) return [];
    const [kind, step] = ORDER_STEPS[row.state];
    return [
      {
        kind,
        acts: [`${row.kind}.${step}`],
        subject: {
          communes: row.communes,
          ...(row.district === null ? {} : { district: row.district }),
          ...(row.twin === null ? {} : { twin: row.twin }),
          preparedBy: preparersFor(
            { kind: row.kind, preparedBy: row.prepared_by, approvedBy: row.approved_by },
            row.state === "approved" ? "book" : "approve",
          ),
        },
        id: row.id,
        title: {
          vi: [`#${row.number}`, row.title_vi ?? ""].join(" ").trim(),
          en: [`#${row.number}`, row.title_en ?? ""].join(" ").trim(),
        },
        amount: row.amount,
        since: Number(row.changed_at),
        dueOn: null,
      },
    ];
  });
}

/** Payments and statement lines that a person has to look at: one matter for all of them. */
async function attention(db: Db): Promise<Matter[]> {
  const [row] = await db.rows<{ n: bigint; since: bigint | null }>(
    `select count(*) as n, min(raised_at) as since from attention where closed_at is null`,
  );
  if (!row || row.n === 0n || row.since === null) return [];
  return [
    {
      kind: "attention",
      acts: ["attention.close"],
      subject: {},
      id: "attention",
      title: same(String(row.n)),
      amount: null,
      since: Number(row.since),
      dueOn: null,
    },
  ];
}

/** Promises of donors that nobody has stood for: together one matter, as anybody can make them. */
async function pledges(db: Db): Promise<Matter[]> {
  const store = pledgeStore(db);
  const [oldest] = await store.unconfirmed(0, 1);
  if (!oldest) return [];
  return [
    {
      kind: "pledge-confirm",
      acts: ["pledge.confirm"],
      subject: {},
      id: "pledges",
      title: same(String(await store.unconfirmedCount())),
      amount: null,
      since: oldest.createdAt,
      dueOn: null,
    },
  ];
}

/** Changes of the registry of official accounts that nobody decided yet. */
async function accounts(db: Db): Promise<Matter[]> {
  const rows = await db.rows<{ id: string; holder: string; proposed_by: string; at: bigint }>(
    `select c.id, c.holder, c.proposed_by, c.proposed_at as at from account_change c
      where not exists (select 1 from account_decision d where d.change = c.id) order by c.proposed_at`,
  );
  return rows.map((row) => ({
    kind: "account-approve",
    acts: ["account.approve"],
    subject: { preparedBy: [row.proposed_by] },
    id: row.id,
    title: same(row.holder),
    amount: null,
    since: Number(row.at),
    dueOn: null,
  }));
}

/** Promises of twinned bodies that their commune has not answered: the newest version of each. */
async function promises(db: Db): Promise<Matter[]> {
  const rows = await db.rows<{
    id: string;
    year: number;
    codes: string[];
    name: string;
    promised_by: string;
    money: bigint;
    at: bigint;
  }>(
    `select t.id, t.year, t.promised_by, t.money, t.promised_at as at,
            ${COMMUNES("t.commune", "t.commune_from")} as codes,
            (select p.full_name from place p where p.code = t.commune and p.valid_from = t.commune_from) as name
       from twinning_promise t
      where not exists (select 1 from twinning_answer a where a.promise = t.id)
        and not exists (
          select 1 from twinning_promise n
           where n.pair = t.pair and n.commune = t.commune and n.commune_from = t.commune_from and n.year = t.year
             and n.model = t.model and n.version > t.version)
      order by t.promised_at`,
  );
  return rows.map((row) => ({
    kind: "promise-confirm",
    acts: ["twinning.confirm"],
    subject: { communes: row.codes, preparedBy: [row.promised_by] },
    id: row.id,
    title: same(`${row.name}, ${row.year}`),
    amount: row.money,
    since: Number(row.at),
    dueOn: null,
  }));
}

/** Objections that nobody answered: the commune's in its days, then the district's. */
async function objections(db: Db, day: Day): Promise<Matter[]> {
  const all = await objectionReadingStore(db).all();
  return all
    .filter(({ state }) => state === "open")
    .map((one) => ({
      kind: "objection-answer",
      acts: [DECIDING[bodyOn(one, day)]],
      subject: subjectOfList(one),
      id: one.code,
      title: same(`${one.code} · ${one.line ?? one.list}`),
      amount: one.locked,
      since: one.openedAt,
      dueOn: dueOn(one, day),
    }));
}

/** Groups that are drafted: somebody else founds them. */
async function groups(db: Db): Promise<Matter[]> {
  const all = await groupReadingStore(db).all();
  return all
    .filter(({ state }) => state === "drafted")
    .map((one) => ({
      kind: "group-decide",
      acts: ["group.decide"],
      subject: subjectOfGroup(one, [one.draftedBy]),
      id: one.groupId,
      title: { vi: `${one.groupId} · ${one.nameVi}`, en: `${one.groupId} · ${one.nameEn}` },
      amount: null,
      since: one.draftedAt,
      dueOn: null,
    }));
}

/** Campaigns whose progress statement is overdue. */
async function progress(db: Db, day: Day): Promise<Matter[]> {
  const overdue = await progressStore(db).overdue(day);
  return overdue.map(({ campaign, dueOn }) => ({
    kind: "progress-late",
    acts: ["progress.file"],
    subject: subjectOfCampaign(campaign),
    id: campaign.id,
    title: campaign.title,
    amount: null,
    since: startOf(dueOn),
    dueOn,
  }));
}
