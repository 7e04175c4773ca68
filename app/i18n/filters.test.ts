import fc from "fast-check";
import { expect, test } from "vitest";

import { normalQuery, PAGE_FILTERS, readFilters, unreadFilters } from "./filters.ts";

test.each([
  ["?state=open&vnp_SecureHash=1&model=", "?state=open"],
  ["?utm_source=zalo&fbclid=abc", ""],
  ["?state=abc&commune=%00%27", ""],
  ["?twin=dan-toc&district=505&state=full", "?district=505&state=full&twin=dan-toc"],
  ["?q=Tr%c3%a0%20%20B%E1%BB%93ng+", "?q=Tr%C3%A0+B%E1%BB%93ng"],
  ["?state=open&state=full", "?state=open"],
  ["?page=2&sort=__proto__&constructor=1", ""],
  ["", ""],
])("the list of campaigns reads %s as %s", (search, normal) => {
  expect(normalQuery("campaigns", search)).toEqual({ search: normal, kept: true });
});

test.each([
  ["?before=0042&size=50", "?before=42"],
  ["?size=999999", "?size=300"],
  ["?size=-1&before=1e9", ""],
  ["?from=1/3/2026&to=", "?from=2026-03-01"],
  ["?kind=toString", ""],
])("the ledger reads %s as %s", (search, normal) => {
  expect(normalQuery("ledger", search)).toEqual({ search: normal, kept: true });
});

test("a day that cannot be read is told on the page, so that page is nobody else's", () => {
  const query = new URLSearchParams("from=32/13/2026&to=2026-03-01");
  expect(normalQuery("ledger", `?${query}`).kept).toBe(false);
  expect([...unreadFilters("ledger", query)]).toEqual([["from", "32/13/2026"]]);
  expect(readFilters("ledger", query)).toEqual({ to: "2026-03-01" });
});

test("a question is answered to whoever asks it; elsewhere its word means nothing", () => {
  expect(normalQuery("home", "?code=QN1").kept).toBe(false);
  expect(normalQuery("accounts", "?number=1").kept).toBe(false);
  expect(normalQuery("ledger", "?code=QN1")).toEqual({ search: "", kept: true });
});

test("a file for machines reads nothing", () => {
  expect(normalQuery(undefined, "?q=1&state=open&page=2")).toEqual({ search: "", kept: true });
});

test("whatever is typed, the normal form is its own, short, and reads the same", () => {
  const names = [...Object.keys(PAGE_FILTERS.campaigns), ...Object.keys(PAGE_FILTERS.ledger), "x"];
  const pairs = fc.array(
    fc.tuple(fc.constantFrom(...names), fc.string({ maxLength: 300, unit: "binary" })),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(fc.constantFrom("campaigns", "ledger"), pairs, (page, typed) => {
      const once = normalQuery(page, `?${new URLSearchParams(typed)}`);
      if (!once.kept) return;
      expect(normalQuery(page, once.search)).toEqual(once);
      expect(once.search.length).toBeLessThan(1_500);
    }),
  );
});
