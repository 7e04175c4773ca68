import { expect, test } from "vitest";

import { holder } from "../../../tests/support/office-person.ts";
import type { OwingCampaign, ProgressStatement } from "../progress/ports.ts";
import { progressList, statementsList } from "./progress.ts";

const campaign = (id: string, commune: string, filedOn: string | null): OwingCampaign => ({
  id,
  slug: id,
  title: { vi: `Chiến dịch ${id}`, en: "" },
  species: "BO",
  commune: { code: commune, name: commune, fullName: `Xã ${commune}`, validFrom: "2025-07-01" },
  communes: [commune],
  district: "504",
  twinNow: "its-twin",
  startsOn: "2026-01-01",
  endsOn: "2026-12-31",
  closedOn: null,
  progress: {
    filedOn,
    everyDays: [{ from: "2020-01-01", to: null, value: 180 }],
    graceDays: [{ from: "2020-01-01", to: null, value: 30 }],
    promisedDays: null,
  },
});

const statement = (of: string): ProgressStatement => ({
  campaign: of,
  n: 1,
  filedOn: "2026-11-01",
  daysLate: 0,
  entry: 7,
  received: 3n,
  disbursed: 2n,
  spent: 1n,
  delivered: 1n,
  alive: 1,
  lost: 0,
  born: 0,
  textVi: "Đã giao",
  textEn: null,
  office: { vi: "Xã", en: "Commune" },
});

const needs = {
  now: () => Date.parse("2026-11-23T03:00:00Z") / 1000,
  progress: {
    owing: () => Promise.resolve([campaign("B", "1", "2026-11-01"), campaign("A", "2", null)]),
    statements: (of: string) => Promise.resolve([statement(of)]),
  },
};
const INSPECTOR = holder("i", "finance-inspector", null);

test("whoever is latest stands first; a state narrows the list; a clerk reads their own commune", async () => {
  const ids = async (person: typeof INSPECTOR, query = {}) =>
    (await progressList.rows(needs, person, query)).map(({ campaign: { id } }) => id);
  expect(await ids(INSPECTOR)).toEqual(["A", "B"]);
  expect(await ids(INSPECTOR, { state: "in-time" })).toEqual(["B"]);
  expect(await ids(holder("c", "commune-clerk", "1"))).toEqual(["B"]);
});

test("statements are those of campaigns that filed any; an English file without English text has the Vietnamese", async () => {
  const rows = await statementsList.rows(needs, INSPECTOR, {});
  expect(rows.map(({ campaign: { id } }) => id)).toEqual(["B"]);
  const text = statementsList.columns.find(({ name }) => name === "text");
  expect(rows.map((row) => text?.cell(row, "en"))).toEqual(["Đã giao"]);
});
