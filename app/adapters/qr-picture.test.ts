import { expect, test } from "vitest";

import { qrFile, qrPicture } from "./qr-picture.ts";

test("the picture to be saved is a PNG of the same code, large enough to be read back", async () => {
  const file = await qrFile("00020101021238");
  expect(file.startsWith("data:image/png;base64,")).toBe(true);
  const bytes = Buffer.from(file.slice(file.indexOf(",") + 1), "base64");
  expect([...bytes.subarray(1, 4)]).toEqual([...Buffer.from("PNG")]);
  const side = Number(/viewBox='0 0 (\d+)/.exec(qrPicture("00020101021238"))?.[1]);
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([side * 8, side * 8]);
});
