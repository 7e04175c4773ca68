import { approveAccount } from "#app/domain/bank-accounts/approve-account.ts";
import { proposeAccount } from "#app/domain/bank-accounts/propose-account.ts";
import { lastDay } from "#app/domain/campaigns/state.ts";
import { addDays, type Day, dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Role } from "#app/domain/people/role.ts";
import { fileStatement } from "#app/domain/progress/file-statement.ts";
import type { OwingCampaign } from "#app/domain/progress/ports.ts";
import { unitOn } from "#app/domain/places/succession.ts";
import { answerPromise } from "#app/domain/twinning/answer-promise.ts";
import { makePromise } from "#app/domain/twinning/make-promise.ts";
import { actingGiver, type Pair } from "#app/domain/twinning/pair.ts";
import type { Database } from "#db/client.ts";
import { officialWriting } from "#db/stores/acts.ts";
import { placesStore } from "#db/stores/places.ts";
import { progressStore } from "#db/stores/progress.ts";
import { twinningStore } from "#db/stores/twinning.ts";

import { COMMITTEE_AFTER, communeCommittee } from "#db/seeds/organisations.ts";
import { LAST_DAY } from "./gift-plan.ts";
import {
  type PlannedPromise,
  PROMISES,
  STATEMENT_TEXTS,
  STATEMENTS,
} from "./office-twinning-plan.ts";
import { chance } from "./random.ts";
import { at, OFFICE, type ReplayTools } from "./stage.ts";

const SIGNS = "abcdefghijklmnopqrstuvwxyz234567";

/** The desk of every scene: the verbs of the site on a clock that is set. */
interface Desk {
  readonly official: ReturnType<typeof officialWriting>;
  /** What each person held at the time; the office's own grants begin later. */
  readonly held: Map<string, Person["grants"]>;
  now(): number;
  newId(): string;
  /** Ids of forms. */
  key(): string;
  /** Set the clock to the morning of a day. */
  on(day: Day): void;
}

/**
 * What twinned bodies promised, what communes stated, and what is proposed about accounts, from 2022 to today, through the
 * same verbs as the office's pages. Run after the replay: it books nothing in the ledger. Run again it does nothing.
 */
export async function fillTwinning(
  db: Database,
  tools: Pick<ReplayTools, "sha256">,
): Promise<{ readonly promises: number; readonly statements: number }> {
  const before = await db.rows(`select 1 from twinning_promise limit 1`);
  if (before.length > 0) return { promises: 0, statements: 0 };
  const draws = chance("ketnghia 9295").stream("office: twinning");
  let moment = at("2022-01-04", OFFICE.morning);
  const now = () => moment;
  const id = () => Array.from({ length: 26 }, () => SIGNS[draws.whole(0, 31)]).join("");
  const held: Desk["held"] = new Map();
  const grantsOf = async (person: string) => [...(held.get(person) ?? [])];
  const making = { now, sha256: tools.sha256, randomHex: (n: number) => draws.hex(n) };
  const official = officialWriting(db, making);
  const desk: Desk = {
    official: {
      write: (work) =>
        official.write((stores) => work({ ...stores, people: { ...stores.people, grantsOf } })),
    },
    held,
    now,
    newId: id,
    key: () => `demo-${id()}`,
    on: (day) => {
      moment = at(day, OFFICE.morning);
    },
  };
  const promises = await promise(db, desk);
  const statements = await state(db, desk);
  await proposeAccounts(desk);
  return { promises, statements };
}

async function promise(db: Database, desk: Desk): Promise<number> {
  const pairs = await twinningStore(db).pairs();
  for (const planned of PROMISES) {
    const pair = pairs.find(({ campaigns }) => campaigns.includes(planned.campaign));
    if (!pair) throw new Error(`no pair for ${planned.campaign}`);
    await promiseOnce(db, desk, pair, planned);
  }
  return PROMISES.length;
}

async function promiseOnce(
  db: Database,
  desk: Desk,
  pair: Pair,
  planned: PlannedPromise,
): Promise<void> {
  const campaign = there(await progressStore(db).campaign(planned.campaign), planned.campaign);
  const communes = await twinningStore(db).communes(pair, planned.on);
  const commune = there(
    communes.find(({ code }) => campaign.communes.includes(code)),
    planned.campaign,
  );
  const twin = actingGiver(pair, planned.on).id;
  desk.on(planned.on);
  const made = must(
    await makePromise(desk, acting(desk, "twin-officer", twin), {
      pair: pair.id,
      commune: commune.code,
      year: Number(planned.on.slice(0, 4)),
      model: planned.model,
      money: planned.money,
      goods: planned.goods ?? [],
      version: planned.version ?? 0,
      key: desk.key(),
    }),
  );
  if (planned.answer === "none") return;
  desk.on(addDays(planned.on, 9));
  const leader = acting(
    desk,
    "commune-leader",
    communeCommittee(commune.code, commune.validFrom),
    commune.code,
  );
  must(
    await answerPromise(desk, leader, {
      promise: made.id,
      outcome: planned.answer,
      reason: planned.reason ?? "",
    }),
  );
}

/** File what each campaign stated, on the day and by the commune of that day. */
async function state(db: Database, desk: Desk): Promise<number> {
  const progress = progressStore(db);
  let filed = 0;
  for (const campaign of await progress.owing()) {
    const days = daysOf(campaign);
    for (const [n, day] of days.entries()) {
      desk.on(day);
      const clerk = await clerkOn(desk, db, campaign, day);
      const last = day >= lastDay(campaign);
      const texts = STATEMENT_TEXTS[campaign.species] ?? [];
      const text = last ? texts.at(-1) : texts[n % (texts.length - 1)];
      must(
        await fileStatement(desk, clerk, {
          campaign: campaign.id,
          textVi: text?.vi ?? "",
          // Most communes write none in English.
          textEn: n === days.length - 1 ? (text?.en ?? "") : "",
          key: desk.key(),
        }),
      );
      filed += 1;
    }
  }
  return filed;
}

/** Every five months or so until the last; after the end one more, and then no further. */
function daysOf(campaign: OwingCampaign): Day[] {
  const planned = STATEMENTS[campaign.id];
  const until = planned?.last ?? LAST_DAY;
  const days: Day[] = [];
  let day = addDays(campaign.startsOn, 150 + (planned?.slow ?? 0));
  while (day <= until && (planned?.last === undefined || day <= addDays(planned.last, -90))) {
    days.push(day);
    if (day >= lastDay(campaign)) return days;
    day = addDays(day, 160);
  }
  if (planned?.last !== undefined) days.push(planned.last);
  return days;
}

async function clerkOn(
  desk: Desk,
  db: Database,
  campaign: OwingCampaign,
  day: Day,
): Promise<Person> {
  const [row] = await db.rows<{ commune: string; from: string }>(
    `select commune, commune_from::text as "from" from campaign where id = $1`,
    [campaign.id],
  );
  const lineage = row ? await placesStore(db).lineage(row.commune, row.from) : [];
  const first = lineage[0];
  const unit = there(first && unitOn(lineage, first, day), `${campaign.id} on ${day}`);
  return acting(desk, "commune-clerk", communeCommittee(unit.code, unit.validFrom), unit.code);
}

async function proposeAccounts(desk: Desk): Promise<void> {
  const officer = acting(desk, "committee-officer", COMMITTEE_AFTER);
  const leader = acting(desk, "committee-leader", COMMITTEE_AFTER);
  const wish = {
    bankName: "Agribank",
    bin: "970405",
    owner: "commune",
    validFrom: "2027-01-01",
    paperDate: addDays(LAST_DAY, -12),
  } as const;
  desk.on(addDays(LAST_DAY, -10));
  const wrong = must(
    await proposeAccount(desk, officer, {
      ...wish,
      holder: "UBND xã Trà Giáp (minh họa)",
      number: "DEMO20929TRAGIAP",
      commune: "20929",
      reason: "Xã mở tài khoản tiền gửi riêng cho kết nghĩa",
      paperNumber: "41/CV-UBND",
      key: desk.key(),
    }),
  );
  desk.on(addDays(LAST_DAY, -7));
  must(
    await approveAccount(desk, leader, {
      change: wrong.id,
      outcome: "refused",
      reason: "Giấy xác nhận của ngân hàng chưa có dấu; đề nghị gửi lại",
    }),
  );
  desk.on(addDays(LAST_DAY, -2));
  must(
    await proposeAccount(desk, officer, {
      ...wish,
      holder: "UBND xã Trà Tập (minh họa)",
      number: "DEMO20941TRATAP",
      commune: "20941",
      reason: "Xã mở tài khoản tiền gửi riêng cho kết nghĩa",
      paperNumber: "57/CV-UBND",
      key: desk.key(),
    }),
  );
}

/** Somebody of the demonstration in a role, as they held it then. */
function acting(
  { held }: Pick<Desk, "held">,
  role: Role,
  organisation: string,
  place: string | null = null,
): Person {
  const suffix = role === "twin-officer" ? organisation : place;
  const id = suffix === null ? `demo-${role}` : `demo-${role}-${suffix}`;
  const to = dayOf(at(LAST_DAY, 0));
  const grants = [{ id: `${id}-then`, role, organisation, place, from: "2022-01-01", to }];
  held.set(id, grants);
  return { id, name: id, secondFactor: true, grants };
}

function there<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`the demonstration has no ${what}`);
  return value;
}
