/** Clocks that are wrong record nothing, and what one has recorded is answered by an entry (decision 0012). */
import { randomBytes } from "node:crypto";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { correctClock } from "#app/domain/corrections/correct-clock.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { emptyLedger } from "../../tests/support/empty-ledger.ts";
import { killGift } from "../../tests/support/kill-gifts.ts";
import { expectSound, readBooks } from "../../tests/support/sound-books.ts";
import { runChecks } from "../checks/run.ts";
import { officialWriting } from "./acts.ts";
import { auditStore } from "./audit.ts";
import { type RunningIntake, startIntake } from "./intake.ts";
import { ledgerStore } from "./ledger.ts";

const DAY = 86_400;
const machine = () => Math.floor(Date.now() / 1000);

/** A process whose clock is `off` seconds ahead of its machine's, and can be set. */
function making(off = 0, compared = true) {
  const set = { off };
  return {
    set,
    sha256: sha256Hex,
    randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
    now: () => machine() + set.off,
    compared,
  };
}

describe.each(databaseKinds())("clocks on %s", (kind) => {
  let base: TestDatabase;
  const running: RunningIntake[] = [];
  beforeAll(async () => {
    base = await testDatabase(kind);
  });
  afterAll(() => base.close());
  beforeEach(() => emptyLedger(base.db));
  afterEach(async () => {
    for (const intake of running.splice(0)) await intake.stop();
    expectSound(await readBooks(base.db));
  });

  async function intakeBy(clock: ReturnType<typeof making>): Promise<RunningIntake> {
    const intake = await startIntake(base.db, clock);
    running.push(intake);
    return intake;
  }

  const act = (clock: ReturnType<typeof making>, key: string) =>
    ledgerStore(base.db, clock).post({
      key,
      kind: "donation-received",
      effectiveOn: dayOf(machine()),
      legs: [{ from: "world:donor:cash", to: "fund:LD1", amount: 5n }],
    });

  test.each([3 * DAY, -3 * DAY, 400, -400])(
    "%i seconds off: nothing is recorded, and all is well when the clock is",
    async (off) => {
      const clock = making();
      const intake = await intakeBy(clock);
      expect(await intake.record(killGift(1))).toMatchObject({ state: "booked" });
      clock.set.off = off;
      await expect(intake.record(killGift(2))).rejects.toMatchObject({ code: "ledger.clock-off" });
      // Also one that opens its account, which goes another way.
      await expect(intake.record(killGift(5))).rejects.toMatchObject({ code: "ledger.clock-off" });
      expect(await act(clock, "act")).toMatchObject({
        ok: false,
        problem: { code: "ledger.clock-off" },
      });
      const state = await intake.clock();
      expect(state.problem).toMatchObject({ code: "ledger.clock-off" });
      expect(Math.abs(state.ahead - off)).toBeLessThan(10);
      clock.set.off = 0;
      expect(await intake.record(killGift(2))).toMatchObject({ state: "booked" });
      expect(await act(clock, "act")).toMatchObject({ ok: true });
      expect(await intake.clock()).toMatchObject({ problem: null });
    },
  );

  test("servers that differ by less than minutes both record, and times do not go back", async () => {
    const clock = making(250);
    const intake = await intakeBy(clock);
    await intake.record(killGift(1));
    clock.set.off = -250;
    expect(await intake.record(killGift(2))).toMatchObject({ state: "booked" });
  });

  test("what a wrong clock recorded stops the books until an entry says so", async () => {
    const wrong = await startIntake(base.db, making(40 * DAY, false));
    await wrong.record(killGift(1));
    await wrong.stop();
    const right = making();
    const intake = await intakeBy(right);
    await expect(intake.record(killGift(2))).rejects.toMatchObject({
      code: "ledger.recorded-ahead",
    });
    expect((await intake.clock()).problem).toMatchObject({ code: "ledger.recorded-ahead" });
    const services = { official: officialWriting(base.db, right), now: right.now };
    expect(await correctClock(services, 7)).toMatchObject({ problem: { code: "entry.unknown" } });
    expect(await correctClock(services, 1)).toEqual({
      ok: true,
      value: { entry: 2, again: false },
    });
    expect(await correctClock(services, 1)).toEqual({ ok: true, value: { entry: 2, again: true } });
    expect(await correctClock(services, 2)).toMatchObject({
      problem: { code: "ledger.clock-fits" },
    });
    expect(await intake.record(killGift(2))).toMatchObject({ state: "booked", entry: 3 });
    const recorded = await base.db.rows<{ ahead: boolean }>(
      `select recorded_at > $1 as ahead from entry order by number`,
      [machine() + 600],
    );
    expect(recorded.map(({ ahead }) => ahead)).toEqual([true, false, false]);
    const [line] = await auditStore(base.db, right.now).list({}, undefined, 1);
    expect(line).toMatchObject({ act: "clock.corrected", subject: "2", facts: { last: 1 } });
    const order = (await runChecks(base.db, machine)).filter(
      ({ name }) => name === "entries-in-time",
    );
    expect(order).toMatchObject([{ ok: true, counted: 3 }]);
  });

  test("a clock that fits is not corrected", async () => {
    const clock = making();
    const intake = await intakeBy(clock);
    await intake.record(killGift(1));
    const services = { official: officialWriting(base.db, clock), now: clock.now };
    expect(await correctClock(services, 1)).toMatchObject({
      problem: { code: "ledger.clock-fits" },
    });
    clock.set.off = -3 * DAY;
    expect(await correctClock(services, 1)).toMatchObject({
      problem: { code: "ledger.clock-off" },
    });
  });

  test.runIf(kind === "postgres")(
    "who numbers lets go when its clock goes wrong, and another numbers what waits",
    async () => {
      const clock = making();
      const one = await intakeBy(clock);
      const two = await intakeBy(making());
      expect([one.sequencing(), two.sequencing()]).toEqual([true, false]);
      clock.set.off = 3 * DAY;
      expect(await two.record(killGift(1))).toEqual({ state: "queued" });
      await expect.poll(() => two.sequencing(), { timeout: 15_000 }).toBe(true);
      const queued = () => base.db.rows("select key from sequencer_queue");
      await expect.poll(queued, { timeout: 15_000 }).toEqual([]);
      await expect(one.record(killGift(2))).rejects.toMatchObject({ code: "ledger.clock-off" });
      expect(await queued()).toEqual([]);
    },
  );
});
