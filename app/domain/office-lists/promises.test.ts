import type { PlaceName } from "../places/unit.ts";
import { expect, test } from "vitest";

import { holder } from "../../../tests/support/office-person.ts";
import type { Pair, PromiseVersion } from "../twinning/pair.ts";
import { pairSubject, promisesList } from "./promises.ts";

const COMMUNE: PlaceName = {
  code: "20443",
  name: "Hùng Sơn",
  fullName: "Xã Hùng Sơn",
  validFrom: "2025-07-01",
};

const pair = (id: string, giver: string, over: Partial<Pair> = {}): Pair => ({
  id,
  kind: "commune",
  giver: { id: giver, name: { vi: giver, en: giver } },
  giverUntil: null,
  giverNow: null,
  receiver: COMMUNE,
  receiverNow: null,
  from: "2022-01-01",
  to: null,
  basis: "decided",
  source: "",
  campaigns: [],
  ...over,
});

const version = (of: string, n: number, over: Partial<PromiseVersion> = {}): PromiseVersion => ({
  id: `${of}-${n}`,
  pair: of,
  commune: COMMUNE,
  year: 2026,
  model: "livestock",
  version: n,
  money: 1_000n,
  goods: [],
  organisation: { vi: "Sở", en: "Department" },
  promisedOn: "2026-03-01",
  answer: null,
  ...over,
});

const needs = {
  now: () => Date.parse("2026-11-23T03:00:00Z") / 1000,
  twinning: {
    pairs: () => Promise.resolve([pair("one", "org-a"), pair("two", "org-b")]),
    communes: () => Promise.resolve([COMMUNE]),
    versions: () =>
      Promise.resolve([
        version("two", 1),
        version("one", 1, {
          answer: {
            outcome: "declined",
            reason: "không cần",
            organisation: { vi: "Xã", en: "Commune" },
            on: "2026-03-02",
          },
        }),
        version("one", 2),
      ]),
  },
};

test("a twinned body reads the promises of its own pairs, newest first, an auditor those of all", async () => {
  const ids = async (person: ReturnType<typeof holder>) =>
    (await promisesList.rows(needs, person, {})).map(({ id }) => id);
  expect(await ids(holder("a", "twin-officer", null, "org-a"))).toEqual(["one-2", "one-1"]);
  expect(await ids(holder("i", "finance-inspector", null))).toEqual(["one-2", "one-1", "two-1"]);
  expect(await ids(holder("c", "commune-clerk", "99999"))).toEqual([]);
});

test("the cells say where each version stands", async () => {
  const rows = await promisesList.rows(needs, holder("i", "finance-inspector", null), {});
  const cells = (name: string) =>
    rows.map((row) => promisesList.columns.find((one) => one.name === name)?.cell(row, "vi"));
  expect(cells("state")).toEqual(["waiting", "declined", "waiting"]);
  expect(cells("reason")).toEqual([null, "không cần", null]);
});

test("a body that took over a pair acts for it, with the district of the pair", () => {
  const district = { ...COMMUNE, code: "504" };
  const over = { giverUntil: "2025-06-30", giverNow: { id: "new", name: { vi: "", en: "" } } };
  const taken = pair("d", "old", { kind: "district", receiver: district, ...over });
  expect(pairSubject(taken, [COMMUNE], "2025-07-01")).toEqual({
    communes: ["504", "20443"],
    district: "504",
    twin: "new",
  });
  expect(pairSubject(taken, [], "2025-06-30").twin).toBe("old");
});
