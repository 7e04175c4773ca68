import { reverseEntry } from "#app/domain/corrections/reverse-entry.ts";
import { addDays, dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { assignSuspense } from "#app/domain/refunds/assign-suspense.ts";
import { refundGift } from "#app/domain/refunds/refund-gift.ts";

import type { Banks } from "./banks.ts";
import type { Gateways } from "./gateways.ts";
import type { PlannedGift } from "./gift-plan.ts";
import { type LostGift, pledge } from "./giving.ts";
import { actOf, at, OFFICE, type Stage } from "./stage.ts";

/** A gift as booked, found for an office that acts on it. */
interface Found {
  readonly code: string;
  readonly entry: number;
}

/** Gifts that do not go the plain way: paid twice, taken back by the bank, asked back, without a purpose. */
export function scheduleOddGifts(
  stage: Stage,
  banks: Banks,
  gateways: Gateways,
  lost: readonly LostGift[],
): void {
  paidTwice(stage, banks);
  bounced(stage, banks);
  askedBack(stage, banks);
  stage.agenda.add(at("2026-09-17", 21 * 3600), async () => {
    const gift = simpleGift(stage, "LD1", 3_000_000n, "");
    const code = await pledge(stage, { ...gift, way: "vnpay" });
    await gateways.payUnderSuspicion(code, gift.amount);
  });
  // Found out a month later, for most; the others still wait.
  for (const month of ["2023-03", "2023-10", "2024-06", "2025-02", "2025-10", "2026-07"]) {
    stage.agenda.add(at(`${month}-20`, OFFICE.noon), () => findPurposes(stage, lost));
  }
}

/** The phone said "failed", so the donor paid again; the bank had taken both. */
function paidTwice(stage: Stage, banks: Banks): void {
  stage.agenda.add(at("2024-08-06", 10 * 3600), async () => {
    const code = await pledge(stage, simpleGift(stage, "LD1", 2_000_000n, "Trương Gia Huy"));
    const pay = async () => void banks.move("van-dong", 2_000_000n, `${code} ung ho la dee`);
    stage.agenda.add(stage.agenda.now() + 900, pay);
    stage.agenda.add(stage.agenda.now() + 1_500, pay);
    stage.agenda.add(at("2024-08-14", OFFICE.noon), async () => {
      const act = actOf(stage, "committee", "2024-08-14", {
        minutes: `Xác minh ${code} chuyển hai lần`,
      });
      const gift = `${code}-2`;
      must(await refundGift(stage.official, { ...act, gift, reason: "paid-twice" }));
      banks.move("van-dong", -2_000_000n, `TRA LAI KHOAN CHUYEN THUA ${gift.replace("-", " ")}`);
    });
  });
}

/** The sending bank takes a transfer back two days later. */
function bounced(stage: Stage, banks: Banks): void {
  stage.agenda.add(at("2025-03-11", 20 * 3600), async () => {
    const code = await pledge(stage, simpleGift(stage, "TL1", 5_000_000n, "Hà Minh Thư"));
    const reference = banks.move("van-dong", 5_000_000n, `ND: ${code} giup tra leng`);
    stage.agenda.add(at("2025-03-13", 11 * 3600), async () => {
      banks.move("van-dong", -5_000_000n, `HOAN TRA GIAO DICH ${reference} THEO YC NH GUI`);
    });
    stage.agenda.add(at("2025-03-18", OFFICE.morning), async () => {
      const { entry } = await giftOf(stage, code);
      const { key: _, ...act } = actOf(stage, "committee", "2025-03-18", {
        "statement-line": `Ngân hàng thu hồi ${reference}`,
      });
      must(await reverseEntry(stage.official, { ...act, entry, reason: "bank-returned" }));
    });
  });
}

/** A donor sent ten times as much as meant, and asks for it back before it is used. */
function askedBack(stage: Stage, banks: Banks): void {
  stage.agenda.add(at("2023-11-13", 19 * 3600), async () => {
    const code = await pledge(stage, simpleGift(stage, "TH1", 10_000_000n, "Lương Thị Nga"));
    banks.move("van-dong", 10_000_000n, `${code.toLowerCase()} gui ba con`);
    stage.agenda.add(at("2023-11-21", OFFICE.afternoon), async () => {
      const act = actOf(stage, "committee", "2023-11-21", {
        minutes: `Đơn xin nhận lại khoản ${code}`,
      });
      must(await refundGift(stage.official, { ...act, gift: code, reason: "donor-asked" }));
      banks.move("van-dong", -10_000_000n, `TRA LAI NGUOI UNG HO ${code}`);
    });
  });
}

/** An official has called the banks: two in three gifts without a readable code find their campaign. */
async function findPurposes(stage: Stage, lost: readonly LostGift[]): Promise<void> {
  const today = dayOf(stage.agenda.now());
  const chance = stage.chance.stream(`purposes ${today}`);
  for (const one of lost) {
    const ended = one.account === "ga-ri" || one.account === "song-kon";
    if (one.done || addDays(one.paidOn, 20) > today || (ended && today > "2025-06-30")) continue;
    if (!chance.happens(0.7)) continue;
    const gift = await lostGift(stage, one);
    if (!gift) continue;
    const act = actOf(stage, "committee", today, { minutes: `Xác minh mục đích ${gift.code}` });
    must(await assignSuspense(stage.official, { ...act, gift: gift.code, campaign: one.campaign }));
    one.done = true;
  }
}

async function giftOf(stage: Stage, code: string): Promise<Found> {
  const [row] = await stage.db.rows<{ code: string; entry: bigint }>(
    `select code, entry from donation where code = $1`,
    [code],
  );
  if (!row) throw new Error(`no gift ${code}`);
  return { code: row.code, entry: Number(row.entry) };
}

/** The one gift in suspense of this account, sum and day; none when it cannot be told apart. */
async function lostGift(stage: Stage, one: LostGift): Promise<Found | undefined> {
  const rows = await stage.db.rows<{ code: string; entry: bigint }>(
    `select d.code, d.entry from donation d join account a on a.id = d.account_id
      where a.code = $1 and d.amount = $2 and d.received_on = $3::text::date`,
    [`suspense:${one.account}`, one.amount, one.paidOn],
  );
  const row = rows[0];
  return row && rows.length === 1 ? { code: row.code, entry: Number(row.entry) } : undefined;
}

function simpleGift(stage: Stage, campaign: string, amount: bigint, name: string): PlannedGift {
  return {
    campaign,
    amount,
    at: stage.agenda.now(),
    way: "pledge",
    organisation: false,
    name,
    namePublic: false,
    locale: "vi",
    parts: [],
  };
}
