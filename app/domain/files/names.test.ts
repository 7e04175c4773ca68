import { expect, test } from "vitest";

import { pictureName, readPictureName } from "./public-picture.ts";
import { plainName, stagedOn } from "./stage-files.ts";

test.each([
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\Đào\\Biên bản.pdf", "Biên bản.pdf"],
  ["gpj.\u202eexe.anh", "gpj.exe.anh"],
  ["a\r\nset-cookie: x", "aset-cookie: x"],
  ["  a \t b  ", "a b"],
  ["", "?"],
  ["\u0000\u0001", "?"],
  ["x".repeat(500), "x".repeat(120)],
])("%j is called %j", (given, plain) => expect(plainName(given)).toBe(plain));

test("the name of a public picture is read back, and nothing else is", () => {
  const file = "abcdefghijklmnopqrstuvwxyz".slice(0, 26);
  for (const size of ["large", "small"] as const) {
    expect(readPictureName(pictureName(file, 3, size))).toEqual({ file, n: 3, size });
  }
  for (const other of [
    "",
    "a-1-640.webp",
    `${file}-0-640.webp`,
    `${file}-1-641.webp`,
    `${file}-1-640.png`,
    `../${file}-1-640.webp`,
  ]) {
    expect(readPictureName(other), other).toBeUndefined();
  }
});

test("staged bytes tell their day by their name", () => {
  expect(stagedOn("staged/2026-11-23/abc")).toBe("2026-11-23");
  expect(stagedOn("originals/abc")).toBeUndefined();
});
