import { redesignate } from "#app/domain/campaigns/redesignate.ts";
import { changeAccount } from "#app/domain/campaigns/change-account.ts";
import { reverseEntry } from "#app/domain/corrections/reverse-entry.ts";
import { disburse } from "#app/domain/disbursements/disburse.ts";
import { type Day } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { accountCode } from "#app/domain/ledger/chart.ts";
import { succeedCommune } from "#app/domain/places/succeed-commune.ts";
import { successorOf } from "#app/domain/places/succession.ts";
import { closePeriod } from "#app/domain/statements/close-period.ts";

import { type Banks, FOLLOWED_BY } from "./banks.ts";
import { balance } from "./herds.ts";
import { tell } from "./news.ts";
import { actOf, at, OFFICE, type Stage } from "./stage.ts";

/** Last days of the half-years that are closed; each is closed on the third day after. */
const PERIODS: readonly Day[] = [
  "2022-06-30",
  "2022-12-31",
  "2023-06-30",
  "2023-12-31",
  "2024-06-30",
  "2024-12-31",
  "2025-06-30",
  "2025-12-31",
  "2026-06-30",
];

/** Close each half-year: its last statement lines come in first, then the balances are stated. */
export function scheduleCloses(stage: Stage, banks: Banks): void {
  for (const lastDay of PERIODS) {
    const day = thirdDayAfter(lastDay);
    stage.agenda.add(at(day, 8 * 3600), async () => {
      await banks.importUntil(lastDay);
      const {
        key: _,
        on: __,
        ...act
      } = actOf(stage, "committee", day, {
        minutes: `Biên bản khóa sổ đến ${lastDay}`,
      });
      must(await closePeriod(stage.official, { ...act, lastDay }));
    });
  }
}

function thirdDayAfter(lastDay: Day): Day {
  const year = Number(lastDay.slice(0, 4));
  return lastDay.endsWith("06-30") ? `${year}-07-03` : `${year + 1}-01-03`;
}

/** The merger of 1 July 2025, in the middle of seven campaigns; booked on 3 July, once June is closed. */
export function scheduleMerger(stage: Stage): void {
  const merged = stage.campaigns.filter(({ communeFrom }) => communeFrom < "2025-07-01");
  stage.agenda.add(at("2025-07-03", OFFICE.noon), async () => {
    for (const code of new Set(merged.map(({ commune }) => commune))) {
      await succeed(
        stage,
        code,
        merged.filter(({ commune }) => commune === code).map(({ id }) => id),
      );
    }
    for (const { id, account } of merged) {
      const next = FOLLOWED_BY[account];
      if (next === undefined) continue;
      const change = { campaign: id, bankAccount: next, on: "2025-07-03" };
      must(await changeAccount(stage.official, change));
    }
  });
}

async function succeed(stage: Stage, commune: string, campaigns: readonly string[]): Promise<void> {
  const validFrom = "2021-11-01";
  const lineage = await stage.official.write(({ places }) => places.lineage(commune, validFrom));
  const next = lineage[0] && successorOf(lineage, lineage[0]);
  if (!next) throw new Error(`${commune} has no successor`);
  let entry: number | undefined;
  // A commune whose successor carries its code goes on with the same accounts.
  if (next.code !== commune) {
    const { key: _, ...act } = actOf(stage, "committee", "2025-07-01", {
      decision: `1659/NQ-UBTVQH15: ${commune} -> ${next.code}`,
    });
    const order = { ...act, reason: "commune-merged", commune, validFrom } as const;
    const done = await succeedCommune(stage.official, order);
    if (done.ok) entry = done.value.entry;
    else if (done.problem.code !== "succession.nothing") must(done);
  }
  for (const campaign of campaigns) {
    await tell(stage, campaign, next.code === commune ? "goes-on" : "merged", {
      name: next.fullName.replace(/^Xã/u, "xã"),
      ...(entry === undefined ? {} : { entry }),
    });
  }
}

/** What is over the goal of Mà Cooi goes to the campaign of the commune beside it. */
export function scheduleSurplus(stage: Stage): void {
  const day = "2024-01-17";
  stage.agenda.add(at(day, OFFICE.morning), async () => {
    const totals = await stage.official.write(({ campaignTerms }) => campaignTerms.totals("MC1"));
    const over = totals.received - 1_200_000_000n;
    const there = await balance(stage, accountCode.fund("MC1"));
    const amount = over < there ? over : there;
    const act = actOf(stage, "committee", day, {
      decision: `Quyết định dùng ${amount} đồng vượt mục tiêu MC1 cho KD1`,
    });
    const order = { ...act, reason: "surplus", from: "MC1", to: "KD1", amount } as const;
    const { entry } = must(await redesignate(stage.official, order));
    await tell(stage, "MC1", "surplus-given", { entry, name: "Ka Dăng" });
    await tell(stage, "KD1", "surplus-taken", { entry, name: "Mà Cooi" });
  });
}

/** What Tr'Hy has left after its end goes to the goat campaign that still needs most. */
export function scheduleRest(stage: Stage): void {
  const day = "2024-10-15";
  stage.agenda.add(at(day, OFFICE.morning), async () => {
    const amount = await balance(stage, accountCode.fund("TH1"));
    const act = actOf(stage, "committee", day, {
      decision: `Quyết định dùng ${amount} đồng còn lại của TH1 cho PL1`,
    });
    const order = { ...act, reason: "campaign-ended", from: "TH1", to: "PL1", amount } as const;
    const { entry } = must(await redesignate(stage.official, order));
    await tell(stage, "TH1", "rest-given", { entry, name: "Phước Lộc" });
    await tell(stage, "PL1", "rest-taken", { entry, name: "Tr'Hy" });
  });
}

/** A payment to a commune entered twice by two people, and the second undone an hour later. */
export function scheduleMistake(stage: Stage, banks: Banks): void {
  const day = "2024-05-28";
  const order = { campaign: "LD1", amount: 50_000_000n };
  stage.agenda.add(at(day, OFFICE.afternoon), async () => {
    const text = "Ủy nhiệm chi LD1 đợt 1, 50.000.000 đồng";
    const first = actOf(stage, "committee", day, { "payment-order": text });
    must(await disburse(stage.official, { ...first, ...order }));
    banks.move("van-dong", -order.amount, "CHI CHUYEN UBND XA DOT 1 CD LD1");
    stage.agenda.add(stage.agenda.now() + 1_200, async () => {
      const again = actOf(stage, "committee", day, { "payment-order": text });
      const { entry } = must(await disburse(stage.official, { ...again, ...order }));
      stage.agenda.add(stage.agenda.now() + 3_700, () => undo(stage, entry, day));
    });
  });
}

async function undo(stage: Stage, entry: number, day: Day): Promise<void> {
  const { key: _, ...act } = actOf(stage, "committee", day, {
    minutes: `Biên bản nhập trùng, bút toán ${entry}`,
  });
  const reversed = must(
    await reverseEntry(stage.official, { ...act, entry, reason: "entered-twice" }),
  );
  await tell(stage, "LD1", "undone", { entry: reversed.entry });
}
