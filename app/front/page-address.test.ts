import { expect, test } from "vitest";

import { keptAddress } from "./page-address.ts";

const rules = {
  path: (pathname: string) =>
    pathname === "/quan-tri"
      ? undefined
      : {
          pathname: pathname.toLowerCase(),
          query: (search: string) => ({
            search: search.includes("q=1") ? "?q=1" : "",
            kept: !search.includes("code="),
          }),
          topics: ["ledger"] as const,
          heavy: false,
        },
  inLine: () => true,
};

test.each([
  ["/chien-dich", "/chien-dich"],
  ["/CHIEN-dich?", "/chien-dich"],
  ["/chien-dich?buster=1&q=1", "/chien-dich?q=1"],
  ["/chien-dich?buster=2", "/chien-dich"],
])("%s is kept as %s", (target, address) => {
  expect(keptAddress(target, rules)).toEqual({
    address,
    pathname: "/chien-dich",
    topics: ["ledger"],
    heavy: false,
  });
});

test.each([
  ["a path that is not public", "/quan-tri"],
  ["a question of one visitor", "/chien-dich?code=QN1"],
])("%s is not kept", (_, target) => {
  expect(keptAddress(target, rules)).toBeUndefined();
});
