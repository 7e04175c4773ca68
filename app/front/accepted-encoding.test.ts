import { expect, test } from "vitest";

import { acceptedEncoding } from "./accepted-encoding.ts";

test.each([
  [undefined, "identity"],
  ["", "identity"],
  ["gzip, deflate, br, zstd", "br"],
  ["gzip, deflate", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["gzip;q=1.0, br;q=0.5", "gzip"],
  ["*", "br"],
  ["br;q=0, gzip;q=0, *", "identity"],
  ["identity", "identity"],
  ["GZIP", "gzip"],
  ["q=;;,,", "identity"],
] as const)("%s gives %s", (line, encoding) => {
  expect(acceptedEncoding(line)).toBe(encoding);
});
