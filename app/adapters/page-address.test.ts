import { expect, test } from "vitest";

import { keptAddress } from "./page-address.ts";

const rules = {
  path: (pathname: string) => pathname.startsWith("/chien-dich"),
  parameters: new Set(["model", "commune", "page", "q"]),
};

test.each([
  ["/chien-dich", "/chien-dich"],
  ["/chien-dich?", "/chien-dich"],
  ["/chien-dich?model=&commune=", "/chien-dich"],
  ["/chien-dich?utm_source=zalo&fbclid=abc", "/chien-dich"],
  ["/chien-dich?page=2&model=livestock", "/chien-dich?model=livestock&page=2"],
  ["/chien-dich?model=livestock&page=2&gclid=1", "/chien-dich?model=livestock&page=2"],
  ["/chien-dich?q=Tr%c3%a0%20B%E1%BB%93ng", "/chien-dich?q=Tr%C3%A0+B%E1%BB%93ng"],
])("%s is kept as %s", (target, address) => {
  expect(keptAddress(target, rules)).toBe(address);
});

test.each([
  ["a path that is not public", "/quan-tri"],
  ["a parameter no page reads", "/chien-dich?buster=1"],
  ["a very long query", `/chien-dich?q=${"x".repeat(600)}`],
  ["very many parameters", `/chien-dich?${"q=1&".repeat(20)}`],
])("%s is not kept", (_, target) => {
  expect(keptAddress(target, rules)).toBeUndefined();
});

test("the normal form is its own normal form", () => {
  const address = keptAddress("/chien-dich?q=a%26b%3Dc&model=x", rules);
  expect(address).toBeDefined();
  expect(keptAddress(address ?? "", rules)).toBe(address);
});
