/** A decided list that hung out whole, and texts that are sealed for nobody: for tests of what lists are for. */
import { sha256Hex } from "#app/adapters/sha256.ts";
import { must, ok } from "#app/domain/kernel/result.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import type { SealedTexts } from "#app/domain/register/personal-data.ts";
import type { EntryFacts } from "#app/domain/ledger/entry.ts";
import type { AuditFacts } from "#app/domain/people/audit.ts";
import type { OfficeAct } from "#app/domain/people/office-act.ts";
import { building } from "#db/building.ts";
import { auditStore } from "#db/stores/audit.ts";
import type { Database } from "#db/client.ts";
import type { BookMaking } from "#db/stores/book-clock.ts";
import { ledgerStore } from "#db/stores/ledger.ts";

/** A list to be put there. */
export interface ListWish {
  readonly campaign: string;
  readonly round?: number;
  readonly version?: number;
  /** Lines that are no reserves. */
  readonly lines: number;
  readonly reserves?: number;
  readonly heads?: number;
  /** đồng a head */
  readonly price?: bigint;
  /** How its notice stands. */
  readonly notice?: "whole" | "hangs" | "torn-down" | "none";
  readonly state?: "compiling" | "decided";
  /** Number of the first line's code, from 1. */
  readonly from?: number;
  /** Who decides it: where triggers count, somebody who holds a role. */
  readonly decidedBy?: string;
  /** Lines without these codes. */
  readonly without?: readonly string[];
  /** Whether the trail tells who did it, as `runChecks` wants it; those people need hold no role then. */
  readonly trail?: boolean;
}

/** Code of a line. */
function lineCode(campaign: string, n: number): string {
  return `H-${campaign}-${String(n).padStart(3, "0")}`;
}

/** Put a list there as its offices would have brought it about; answers the codes of its lines, reserves last. */
export async function postList(
  db: Database,
  making: BookMaking,
  wish: ListWish,
): Promise<string[]> {
  const { campaign, round = 1, version = 1, heads = 1, price = 15_000_000n, from = 1 } = wish;
  const { notice = "whole", state = "decided", reserves = 0, without = [] } = wish;
  const list = `${campaign}-r${round}`;
  const at = making.now();
  const ledger = ledgerStore(db, making);
  const post = async (kind: "list-decided" | "notice-posted" | "notice-ended", facts: EntryFacts) =>
    must(
      await ledger.post({
        key: `${kind}:${list}:${version}`,
        kind,
        effectiveOn: dayOf(at),
        legs: [],
        facts: { list, version, ...facts },
      }),
    ).number;
  const trail = auditStore(db, making.now);
  const told = async (
    act: OfficeAct,
    [subjectKind, subject]: readonly [string, string],
    person: string,
    facts: AuditFacts,
  ) => {
    if (wish.trail !== true) return;
    await trail.add({
      act,
      subjectKind,
      subject,
      person,
      facts,
      outcome: "done",
      grant: null,
      role: null,
      organisation: null,
    });
  };
  const checksum = sha256Hex(`${list} ${version}`);
  const amount = price * BigInt(heads);
  const chair = wish.decidedBy ?? "chair";
  const { orm, t, op } = await building(db);
  await orm.insert(t.listVersion).values({
    list,
    version,
    campaign,
    round,
    state: "compiling",
    reason: version > 1 ? "objection-upheld" : null,
    revision: 1,
    compiledBy: ["clerk"],
    changedAt: at,
  });
  const codes = Array.from({ length: wish.lines + reserves }, (_, n) =>
    lineCode(campaign, from + n),
  ).filter((code) => !without.includes(code));
  const lines = codes.length - reserves;
  await told("list.compile", ["list", list], "clerk", { version, step: "begun" });
  await orm.insert(t.listLine).values(
    codes.map((code, n) => ({
      list,
      version,
      code,
      registration: `reg ${code}`,
      village: "Thôn 1",
      rank: n + 1,
      reserve: n >= codes.length - reserves,
      leader: n === 0,
      category: "poor" as const,
      heads,
      amount,
      why: "ranked",
    })),
  );
  if (state === "decided") {
    const mine = op.and(op.eq(t.listVersion.list, list), op.eq(t.listVersion.version, version));
    await orm.update(t.listVersion).set({ state: "submitted" }).where(mine);
    const decided = {
      decidedBy: chair,
      decidedOn: dayOf(at),
      decisionNumber: "7/QĐ-UBND",
      sheetNumber: `s${version}`,
      checksum,
      entry: await post("list-decided", {
        checksum,
        households: lines,
        reserves,
        heads: heads * lines,
        amount: amount * BigInt(lines),
        lines: codes.map((code) => ({ code, heads, amount })),
      }),
    };
    const { entry } = decided;
    await told("list.decide", ["list", list], chair, { version, step: "decided", entry, checksum });
    await orm
      .update(t.listVersion)
      .set({ state, ...decided })
      .where(mine);
  }
  if (notice !== "none" && state === "decided") {
    const over = notice !== "hangs";
    const id = `n ${list} ${version}`;
    const fromDay = "2024-01-10";
    const toDay = over ? "2024-01-29" : "2024-06-30";
    const days = { from: fromDay, to: toDay };
    const postedEntry = await post("notice-posted", { checksum, ...days });
    await told("notice.post", ["notice", id], "clerk", { list, version, ...days });
    const endedEntry = over ? await post("notice-ended", { outcome: notice, to: "2024-01-30" }) : 0;
    if (over) {
      const facts = { outcome: notice, entry: endedEntry };
      await told("notice.confirm", ["notice", id], "chair", facts);
    }
    await orm.insert(t.notice).values({
      id,
      list,
      version,
      fromDay,
      toDay,
      postedBy: "clerk",
      postedAt: at,
      postedEntry,
      ...(over
        ? {
            endedOn: "2024-01-30",
            outcome: notice,
            endedBy: "clerk",
            confirmedBy: "chair",
            endedEntry,
          }
        : {}),
    });
  }
  return codes;
}

/** Sealed texts that open again, under no key at all. */
export const openTexts: SealedTexts = {
  seal: async (text) => ok(new TextEncoder().encode([...text].toReversed().join(""))),
  open: async (sealed) => ok([...new TextDecoder().decode(sealed)].toReversed().join("")),
  mark: async (folded) => ok(sha256Hex(`mark ${folded}`)),
};
