/**
 * A small ledger made by hand with every way in which money and animals can go: gifts of all channels, a hole by a refund,
 * a bounced gift, a gift that never came, suspense found and not found, a re-designation, a purchase undone, a death, a birth,
 * a pass-on and a merger. Small enough to check with pencil and paper, so expected figures can be written down.
 */
import { createHash } from "node:crypto";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { sealValue, type SealedValue } from "#app/domain/acts/paper.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { EntryDraft, Leg } from "#app/domain/ledger/entry.ts";
import type { IntakeGift } from "#app/domain/ledger/intake.ts";
import type { Ledger } from "#app/domain/ledger/ports.ts";
import { reversalDraft } from "#app/domain/ledger/reversal.ts";
import type { Database } from "#db/client.ts";
import { seedPlan } from "#db/seeds/plan.ts";
import { bankAccount, campaign, household } from "#db/schema/campaigns.ts";
import { pledge, pledgeConfirmation } from "#db/schema/giving.ts";
import { registerHousehold, registration } from "#db/schema/register.ts";
import { startIntake } from "#db/stores/intake.ts";
import { ledgerStore } from "#db/stores/ledger.ts";
import { openingsStore } from "#db/stores/openings.ts";

import { asIfPublished, showGift } from "./shown-gifts.ts";

const DAY = "2024-05-02";
const NOW = Math.floor(Date.parse(`${DAY}T03:00:00Z`) / 1000);
const M = 1_000_000n;

/** Texts that are private and must be in nothing published. */
export const SECRETS = ["Nguyễn Thị Bí Mật", "Thôn Kín", "khoá-riêng", "@Alăng Giấu"];

/** A title that a spreadsheet would take for a formula. */
export const FORMULA_TITLE = '=HYPERLINK("http://evil.example","Đàn bò")';

const ACCOUNTS = { appeal: "KN", communes: { "20446": "C46" } };

/** Fill an empty migrated database; answers the ledger for more. */
export async function bookByHand(db: Database): Promise<Ledger> {
  await seedPlan(db);
  await insertCampaigns(db);
  await asIfPublished(db);
  let salt = 0;
  const making = {
    sha256: sha256Hex,
    now: () => NOW,
    randomHex: (bytes: number) =>
      createHash("sha512")
        .update(`${salt++}`)
        .digest("hex")
        .slice(0, bytes * 2),
  };
  const intake = await startIntake(db, making);
  const entries = new Map<string, number>();
  // One by one: together, those that open an account would come first.
  for (const gift of gifts()) {
    const recorded = await intake.record(await showGift(db, making, ACCOUNTS, gift));
    if (recorded.state !== "booked") throw new Error(`${gift.code} is ${recorded.state}`);
    entries.set(gift.code, recorded.entry);
  }
  await intake.stop();
  const ledger = ledgerStore(db, making);
  const tags = [1, 2].map((n) => sealValue(making, "ear-tag", `tag ${n}`));
  await openingsStore(db).keep(tags.map((tag) => ({ ...tag, digest: tag.commitment })));
  await book(ledger, entries.get("QNJ") ?? 0, tags);
  return ledger;
}

function gifts(): IntakeGift[] {
  const gift = (
    code: string,
    to: string,
    amount: bigint,
    more: Partial<IntakeGift> = {},
  ): IntakeGift => ({
    key: `khoá-riêng:${code}`,
    code,
    campaign: "LD1",
    channel: "bank",
    to,
    amount,
    receivedOn: DAY,
    evidence: [sha256Hex(code)],
    ...more,
  });
  const { campaign: _, ...unknown } = gift("QNSUSP", "suspense:KN", 700_000n);
  return [
    gift("QNA", "fund:LD1", 25n * M),
    gift("QNB", "fund:LD1", 15n * M, { pledge: "QNB" }),
    gift("QNPART", "fund:LD1", 500_000n, { pledge: "QNPART" }),
    gift("QND", "clearing:vnpay:LD1", 10n * M, { channel: "vnpay" }),
    gift("QNE", "clearing:vnpay:LD1", 2n * M, { channel: "vnpay" }),
    gift("QNF", "clearing:stripe:LD1", 3n * M, { channel: "stripe" }),
    unknown,
    { ...unknown, key: "khoá-riêng:2", code: "QNFOUND", amount: 4n * M },
    gift("QNI", "commune:20446:LD1", 5n * M),
    gift("QNJ", "fund:LD1", 1n * M),
    gift("QNK", "fund:LD1", 6n * M, { channel: "cash" }),
    gift("QNL", "fund:LD2", 9n * M, { campaign: "LD2" }),
  ];
}

/** Acts one after another; the comments say what is left where. */
async function book(ledger: Ledger, bounced: number, tags: readonly SealedValue[]): Promise<void> {
  let at = 0;
  const post = async (kind: EntryDraft["kind"], legs: Leg[], more: Partial<EntryDraft> = {}) => {
    at += 1;
    return must(
      await ledger.post({ key: `khoá-riêng:act:${at}`, kind, effectiveOn: DAY, legs, ...more }),
    );
  };
  const leg = (from: string, to: string, amount: bigint, more: Partial<Leg> = {}): Leg => ({
    from,
    to,
    amount,
    ...more,
  });
  const reverse = async (number: number) => {
    const entry = await ledger.find(number);
    if (!entry) throw new Error(`no entry ${number}`);
    const draft = must(reversalDraft(entry, { effectiveOn: DAY, reason: "wrong-campaign" }));
    return must(await ledger.post(draft));
  };

  // QND: 9,890,000 to the fund, 110,000 fee. QNF never came. QNFOUND was meant for LD2.
  await post("donation-confirmed", [
    leg("clearing:vnpay:LD1", "fund:LD1", 9_890_000n),
    leg("clearing:vnpay:LD1", "fee:vnpay:LD1", 110_000n),
  ]);
  await post("donation-expired", [leg("clearing:stripe:LD1", "world:donor:stripe", 3n * M)]);
  await post("suspense-assigned", [
    leg("suspense:KN", "fund:LD2", 4n * M, { take: [{ lo: 700_001n, length: 4n * M }] }),
  ]);
  // QNB goes back: a hole from 25,000,001 to 40,000,000 of fund:LD1.
  await post("refund", [
    leg("fund:LD1", "refund:payable:LD1", 15n * M, {
      take: [{ lo: 25n * M + 1n, length: 15n * M }],
    }),
    leg("refund:payable:LD1", "world:refund", 15n * M, { take: { broughtBy: 0 } }),
  ]);
  // QNJ bounced.
  await reverse(bounced);
  // 28,000,000 over the hole: QNA, QNPART, and 2,500,000 of QNK.
  await post("disbursement", [leg("fund:LD1", "commune:20446:LD1", 28n * M)]);
  await post("redesignation", [leg("fund:LD1", "fund:LD2", 1n * M)], { reason: "surplus" });
  await post("advance", [leg("commune:20446:LD1", "proc:LD1:p1", 32n * M)]);
  await post(
    "purchase",
    [
      leg("proc:LD1:p1", "delivered:20446:LD1:r1", 21_500_000n, { animal: "LD1-0001" }),
      leg("proc:LD1:p1", "delivered:20446:LD1:r1", 10n * M, { animal: "LD1-0002" }),
      leg("world:market:BO", "herd:20446:BO:r1", 1n, { animal: "LD1-0001" }),
      leg("world:market:BO", "herd:20446:BO:r1", 1n, { animal: "LD1-0002" }),
      leg("world:duty:BO", "owed:G1:BO", 2n),
    ],
    {
      animals: [1, 2].map((n) => ({
        code: `LD1-000${n}`,
        species: "BO",
        campaign: "LD1",
        commune: "20446",
        round: 1,
        sex: "F" as const,
        tagCommitment: tags[n - 1]?.commitment ?? "",
        ...(n === 1 ? { priceReason: "market-price" } : {}),
      })),
      animalEvents: [1, 2].map((n) => ({
        animal: `LD1-000${n}`,
        kind: "handed-over" as const,
        on: DAY,
        household: `H-LD1-00${n}`,
      })),
    },
  );
  // 500,000 of the advance comes back to the commune, and from there to the fund.
  await post("unspent-advance", [leg("proc:LD1:p1", "commune:20446:LD1", 500_000n)]);
  await post("returned-money", [leg("commune:20446:LD1", "fund:LD1", 300_000n)]);
  // The second cow dies; insurance pays a part into the fund.
  await post(
    "loss",
    [
      leg("delivered:20446:LD1:r1", "loss:disease:LD1", 10n * M, {
        take: [{ lo: 21_500_001n, length: 10n * M }],
        animal: "LD1-0002",
      }),
      leg("herd:20446:BO:r1", "world:death:BO", 1n, { animal: "LD1-0002" }),
    ],
    {
      animalEvents: [
        { animal: "LD1-0002", kind: "died", on: DAY, household: "H-LD1-002", cause: "disease" },
      ],
    },
  );
  await post("compensation", [leg("world:compensation", "fund:LD1", 2n * M)]);
  // A calf of the first cow goes to a household of the second round.
  await post("birth", [leg("world:birth:BO", "herd:20446:BO:r1", 1n, { animal: "LD1-0003" })], {
    animals: [
      {
        code: "LD1-0003",
        species: "BO",
        campaign: "LD1",
        commune: "20446",
        round: 1,
        dam: "LD1-0001",
        bornOn: "2024-04-28",
        sex: "M",
      },
    ],
    animalEvents: [
      {
        animal: "LD1-0003",
        kind: "born",
        on: "2024-04-28",
        other: "LD1-0001",
        household: "H-LD1-001",
      },
    ],
  });
  await post(
    "pass-on",
    [
      leg("herd:20446:BO:r1", "herd:20446:BO:r2", 1n, { animal: "LD1-0003" }),
      leg("owed:G1:BO", "world:duty:BO", 1n),
    ],
    {
      animalEvents: [{ animal: "LD1-0003", kind: "passed-on", on: DAY, household: "H-LD1-015" }],
    },
  );
  // LD2: a purchase from money of three origins, one thing undone with its whole entry.
  await post("disbursement", [leg("fund:LD2", "commune:20455:LD2", 13n * M)]);
  await post("advance", [leg("commune:20455:LD2", "proc:LD2:p1", 12n * M)]);
  const goat = (code: string, price: bigint): Partial<EntryDraft> & { legs: Leg[] } => ({
    legs: [
      leg("proc:LD2:p1", "delivered:20455:LD2:r1", price, { animal: code }),
      leg("world:market:DE", "herd:20455:DE:r1", 1n, { animal: code }),
    ],
    animals: [{ code, species: "DE", campaign: "LD2", commune: "20455", round: 1 }],
    animalEvents: [{ animal: code, kind: "handed-over", on: DAY }],
  });
  const first = goat("LD2-0001", 4_100_000n);
  await post("purchase", first.legs, first);
  const second = goat("LD2-0002", 3_900_000n);
  const wrong = await post("purchase", second.legs, second);
  await reverse(wrong.number);
  const third = goat("LD2-0003", 5n * M);
  await post("purchase", third.legs, third);
  // The death was told of the wrong animal once: the event is undone with its entry.
  const told = await post(
    "loss",
    [
      leg("delivered:20455:LD2:r1", "loss:theft:LD2", 4_100_000n, {
        take: [{ lo: 1n, length: 4_100_000n }],
        animal: "LD2-0001",
      }),
      leg("herd:20455:DE:r1", "world:death:DE", 1n, { animal: "LD2-0001" }),
    ],
    { animalEvents: [{ animal: "LD2-0001", kind: "died", on: DAY, cause: "theft" }] },
  );
  await reverse(told.number);
  // The commune of LD1 ends: what it holds moves to its successor and the account closes.
  const left = await ledger.state("commune:20446:LD1");
  await post(
    "succession",
    [leg("commune:20446:LD1", "commune:20443:LD1", (left?.received ?? 0n) - (left?.sent ?? 0n))],
    { closes: ["commune:20446:LD1"], reason: "commune-merged" },
  );
}

async function insertCampaigns(db: Database): Promise<void> {
  const account = {
    id: "KN",
    holder: "Ban Vận động kết nghĩa",
    bankName: "Ngân hàng thử",
    bin: "970400",
    number: "0123456789",
    owner: "appeal" as const,
    validFrom: "2021-12-24",
  };
  const ofCommune = {
    id: "C46",
    number: "9876543210",
    owner: "commune" as const,
    commune: "20446",
  };
  await (await db.orm()).insert(bankAccount).values([account, { ...account, ...ofCommune }]);
  const one = (id: string, commune: string, species: string, goal: bigint, title: string) => ({
    id,
    slug: `dot-${id.toLowerCase()}`,
    model: "livestock" as const,
    species,
    commune,
    communeFrom: "2021-11-01",
    district: "504",
    titleVi: title,
    titleEn: `Herd ${id}`,
    summaryVi: "Tóm tắt",
    summaryEn: "Summary",
    storyVi: "Chuyện",
    storyEn: "Story",
    goal,
    households: 10,
    startsOn: "2024-01-01",
    endsOn: "2024-12-31",
    bankAccount: "KN",
    code: `QN${id}`,
    twin: "twin",
    responsible: "office",
    publishedBy: "office",
    publishedOn: "2024-01-01",
    decisionNumber: "12/QĐ-UBND",
    decisionDate: "2023-12-20",
    passOnHeads: 1,
    passOnAgeDays: 180,
    searchText: "",
  });
  await (
    await db.orm()
  )
    .insert(campaign)
    .values([
      one("LD1", "20446", "BO", 200n * M, FORMULA_TITLE),
      one("LD2", "20455", "DE", 40n * M, 'Dê "cỏ", đợt hai'),
      one("LD3", "20455", "DE", 40n * M, "Chưa có gì"),
    ]);
  const promise = (
    code: string,
    amount: bigint,
    more: Partial<typeof pledge.$inferInsert> = {},
  ): typeof pledge.$inferInsert => ({
    code,
    campaign: "LD1",
    amount,
    intent: "promised",
    promisedOn: "2024-09-01",
    donorKind: "person",
    donorName: "@Alăng Giấu",
    namePublic: true,
    channel: "bank",
    locale: "vi",
    createdAt: NOW,
    state: "open",
    formKey: `form ${code}`,
    ...more,
  });
  await (
    await db.orm()
  )
    .insert(pledge)
    .values([
      promise("QNPART", 2n * M),
      promise("QNWHOLE", 30n * M),
      promise("QNGONE", 50n * M, { state: "withdrawn" }),
      promise("QNB", 10n * M),
      promise("QNNOW", 70n * M, { intent: "now", promisedOn: null }),
    ]);
  await (await db.orm()).insert(pledgeConfirmation).values(
    ["QNPART", "QNWHOLE", "QNB"].map((code) => ({
      pledge: code,
      way: "link" as const,
      note: "",
      confirmedAt: NOW,
    })),
  );
  const homes = Array.from({ length: 16 }, (_, n) => ({
    code: `H-LD1-${String(n + 1).padStart(3, "0")}`,
    campaign: "LD1",
    commune: "20446",
    communeFrom: "2021-11-01",
    group: "G1",
    round: n < 13 ? 1 : 2,
    category: n < 7 ? ("poor" as const) : n < 12 ? ("near_poor" as const) : ("escaped" as const),
    listedOn: DAY,
  }));
  // Whoever was given something here was listed before there was a register; the others asked by a request.
  const given = new Set(["H-LD1-001", "H-LD1-002", "H-LD1-015"]);
  await (await db.orm()).insert(household).values(
    homes.map((home, n) => ({
      ...home,
      registration: given.has(home.code) ? null : `request ${n + 1}`,
    })),
  );
  await (await db.orm()).insert(registerHousehold).values(
    homes.map(({ category, commune, communeFrom }, n) => ({
      id: `household ${n + 1}`,
      commune,
      communeFrom,
      village: "Thôn Kín",
      sealed: Buffer.from(JSON.stringify({ name: "Nguyễn Thị Bí Mật" })),
      category,
      categoryDecision: "15/QĐ-UBND",
      categoryOn: "2023-12-20",
      ability: {},
      version: 1,
      keptBy: "clerk",
      keptAt: NOW,
    })),
  );
  await (await db.orm()).insert(registration).values(
    homes.map(({ campaign: asked, round }, n) => ({
      id: `request ${n + 1}`,
      household: `household ${n + 1}`,
      campaign: asked,
      round,
      channel: "paper" as const,
      onDay: DAY,
      earlierSupport: "none",
      state: "open" as const,
      registeredBy: "clerk",
      registeredAt: NOW,
    })),
  );
}
