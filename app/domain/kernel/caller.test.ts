import { expect, test } from "vitest";

import { callerNames } from "./caller.ts";

test.each([
  "203.0.113.7",
  "::ffff:203.0.113.7",
  "::FFFF:203.0.113.7",
  "::ffff:cb00:7107",
  "0:0:0:0:0:ffff:203.0.113.7",
  "0000:0000:0000:0000:0000:ffff:cb00:7107",
])("%s is one IPv4 address, however it is spelt", (address) => {
  expect(callerNames(address)).toEqual({ one: "203.0.113.7" });
});

test.each([
  "2001:db8:1:2::1",
  "2001:DB8:1:2::1",
  "2001:0db8:0001:0002:0000:0000:0000:0001",
  "2001:db8:1:2:ffff:ffff:ffff:ffff",
  "2001:db8:1:2:a::%eth0",
  "2001:db8:1:2::192.0.2.1",
])("%s is a customer with a /64", (address) => {
  expect(callerNames(address)).toEqual({ one: "2001:db8:1:2::/64", wide: "2001:db8:1::/48" });
});

test.each([
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["2001:db8::", "2001:db8:0:0::/64"],
])("%s is %s", (address, one) => {
  expect(callerNames(address).one).toBe(one);
});

test("neighbours are told apart, and share only the wider name", () => {
  const one = callerNames("2001:db8:1:2::1");
  const other = callerNames("2001:db8:1:3::1");
  expect(one.one).not.toBe(other.one);
  expect(one.wide).toBe(other.wide);
  expect(callerNames("2001:db8:2:2::1").wide).not.toBe(one.wide);
});

test.each(["unknown", "", "1:2", "::1::", "12345::", "2001:db8:1:2:3:4:5:6:7", "[::1]"])(
  "%j is no address, and named as it is",
  (text) => {
    expect(callerNames(text)).toEqual({ one: text.toLowerCase() });
  },
);
