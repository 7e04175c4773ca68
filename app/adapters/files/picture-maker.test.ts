import sharp from "sharp";
import { expect, test } from "vitest";

import { must } from "#app/domain/kernel/result.ts";

import { PHONE_WORDS, phonePhoto, pngBytes } from "../../../tests/support/sample-files.ts";
import { pictureMaker } from "./picture-maker.ts";

const maker = pictureMaker();
const WHO = "clerk";

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

test("what a phone writes about place and device does not come out, the picture stands upright", async () => {
  const photo = await phonePhoto();
  // The sample is what it says: a reader of EXIF finds the position in it.
  const before = await sharp(photo).metadata();
  expect(before).toMatchObject({ width: 120, height: 80, orientation: 6 });
  expect(before.exif?.toString("latin1")).toContain("KetNghiaPhone");
  expect(before.xmp?.toString()).toContain("xmp-secret");
  const { large, small } = must(await maker.make(photo, [], WHO));
  for (const { bytes, width, height } of [large, small]) {
    expect([width, height]).toEqual([80, 120]);
    const after = await sharp(bytes).metadata();
    expect(after).toMatchObject({ format: "webp", width: 80, height: 120, space: "srgb" });
    expect(after.exif ?? after.xmp ?? after.iptc ?? after.icc ?? after.orientation).toBeUndefined();
    for (const word of [...PHONE_WORDS, "EXIF", "XMP ", "ICCP"]) {
      expect(textOf(bytes)).not.toContain(word);
    }
  }
});

test("large pictures are made smaller, twice", async () => {
  const { large, small } = must(await maker.make(await phonePhoto(3000, 1500, 60), [], WHO));
  // Turned by its EXIF.
  expect([large.width, large.height]).toEqual([1000, 2000]);
  expect([small.width, small.height]).toEqual([320, 640]);
});

test("a box is covered to the last pixel by nine even patches, in both sizes, and nothing else is", async () => {
  // Lines one pixel wide inside the box, white around it: what was there is nowhere left.
  const [width, height] = [1200, 900];
  const lines = Buffer.alloc(width * height * 3, 255);
  for (let x = 300; x < 375; x += 2) {
    for (let y = 450; y < 525; y += 1) lines.fill(0, (y * width + x) * 3, (y * width + x) * 3 + 3);
  }
  const striped = await sharp(lines, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  const box = { x: 1200, y: 2400, width: 300, height: 400 };
  const made = must(await maker.make(striped, [box], WHO));
  for (const one of [made.large, made.small]) {
    const { data, info } = await sharp(one.bytes).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => data[(y * info.width + x) * info.channels] ?? -1;
    const [left, top] = [Math.floor(one.width / 4), Math.floor(one.height / 2)];
    const [right, bottom] = [
      Math.floor(one.width * 0.3125),
      Math.floor((one.height * 2800) / 4800),
    ];
    const found = new Set<number>();
    for (let x = left + 2; x < right - 2; x += 1) {
      for (let y = top + 2; y < bottom - 2; y += 1) found.add(at(x, y));
    }
    // Half black, half white: grey everywhere, no line in it.
    expect([Math.min(...found) > 100, Math.max(...found) < 156]).toEqual([true, true]);
    expect(at(left - 6, top - 6)).toBeGreaterThan(245);
    expect(at(right + 6, bottom + 6)).toBeGreaterThan(245);
  }
});

test("a truncated picture, a damaged one and one with too many pixels are told apart from good ones", async () => {
  const photo = await phonePhoto(400, 300);
  expect((await maker.check(photo, WHO)).ok).toBe(true);
  // The end is there, the middle is not.
  const cut = Buffer.concat([photo.subarray(0, photo.length / 2), Buffer.from([0xff, 0xd9])]);
  expect(await maker.check(cut, WHO)).toMatchObject({ ok: false });
  const noise = Uint8Array.from({ length: 900 }, (_, n) => (n * 89) % 256);
  expect(await maker.check(noise, WHO)).toMatchObject({ problem: { code: "file.damaged" } });
  const bomb = pngBytes(30_000, 30_000);
  expect(await maker.check(bomb, WHO)).toMatchObject({ problem: { code: "file.too-many-pixels" } });
  expect(await maker.make(bomb, [], WHO)).toMatchObject({
    problem: { code: "file.too-many-pixels" },
  });
});

// docs/stack.md, sharp
test("what takes longer than its time, and what finds no place to wait, is told so", async () => {
  const photo = await phonePhoto(400, 300);
  const hurried = pictureMaker({ seconds: 0 });
  expect(await hurried.check(photo, WHO)).toMatchObject({ problem: { code: "file.too-slow" } });
  const short = pictureMaker({ queue: { atOnce: 1, perPerson: 1, inAll: 2 } });
  const asked = ["a", "a", "a", "b"].map((person) => short.check(photo, person));
  const told = (await Promise.all(asked)).map((one) => (one.ok ? "drawn" : one.problem.code));
  expect(told).toEqual(["drawn", "drawn", "file.busy", "drawn"]);
});
