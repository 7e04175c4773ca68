import { describe, expect, it } from "vitest";

import { checkPages } from "../outside/pages.ts";
import type { Tables } from "../outside/tables.ts";

const NOTHING = { accounts: [], entries: [], movements: [], animals: [], donations: [] };
const tables: Tables = {
  ...NOTHING,
  pledges: [],
  animal_events: [],
  places: [
    { code: "1", valid_from: "2021-11-01", valid_to: "2025-06-30", successor: "2" },
    { code: "2", valid_from: "2025-07-01", valid_to: "", successor: "" },
  ],
  campaigns: [
    { campaign: "A", slug: "a", commune: "1", commune_from: "2021-11-01", goal: "900000000" },
  ],
};
const totals = new Map([
  ["A", { pledged: 1_285_400_000n, received: 800_000n, disbursed: 5_000n, delivered: 0n }],
]);
const gift = {
  line: {},
  code: "QNA",
  amount: 15_000n,
  resting: [
    { account: "fund:A", lo: 1n, amount: 9_000n, animal: "", entry: undefined },
    { account: "fund:A", lo: 20_000n, amount: 6_000n, animal: "", entry: undefined },
  ],
};

const FIGURES = `<data class="amount" value="1285400000" title="1.285.400.000 đ">1,285 tỷ đ</data>
  <td>800.000&nbsp;đ</td> <p>900.000.000 <b>đ</b>, 5.000 đ và 0 đ</p>`;

/** What the checker says of a site whose pages are all `html` (gift pages: `giftHtml`). */
async function said(html: string, giftHtml = "15.000 đ"): Promise<string[]> {
  const problems: string[] = [];
  const source = {
    name: "test",
    live: true,
    text: async (address: string) => (address.startsWith("/ung-ho/") ? giftHtml : html),
  };
  await checkPages(source, tables, totals, [gift], problems);
  return problems;
}

describe("figures on pages", () => {
  it("are found in full, in <data>, across elements and unbreakable blanks", async () => {
    expect(await said(FIGURES)).toEqual([]);
  });

  it.each([
    ["a missing figure", FIGURES.replace("800.000", "800.001"), /\/chien-dich\/a: received 800000/],
    ["the end of a longer amount", FIGURES.replace("5.000 đ", "15.000 đ"), /disbursed 5000/],
    ["an amount rounded up", FIGURES.replace("1,285 tỷ", "1,286 tỷ"), /says "1,286 tỷ đ"/],
    [
      "words that differ from the value",
      `${FIGURES}<data value="7">8 đ</data>`,
      /says "8 đ" for 7/,
    ],
    [
      "a named figure that is wrong",
      `${FIGURES}<data value="800001" data-figure="received">800.001 đ</data>`,
      /received is 800001, not 800000/,
    ],
  ])("%s is named", async (_, html, named) => {
    expect(html).not.toBe(FIGURES);
    expect((await said(html)).join("\n")).toMatch(named);
  });

  it("of a gift are its own, and what rests on one account together", async () => {
    expect(await said(FIGURES, "<p>16.000 đ</p>")).toEqual([
      "/ung-ho/QNA: gift 15000 is not shown",
      "/ung-ho/QNA: rest of fund:A 15000 is not shown",
    ]);
  });
});
