import { no, ok, type Result } from "../kernel/result.ts";
import { big16, big32, findLastText, little16, little24, little32, standsAt } from "./bytes.ts";
import type { Examined, FormatProblem } from "./format.ts";

type Checked = Result<Examined, FormatProblem>;

const TRUNCATED = no({ code: "file.truncated" });
const DAMAGED = no({ code: "file.damaged" });

/** JPEG: markers up to the scan, a frame with a size, and an end. Phones put more after the end; that is left alone. */
export function checkJpeg(bytes: Uint8Array): Checked {
  let at = 2;
  let size: { width: number; height: number } | undefined;
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    if (at + 4 > bytes.length) return TRUNCATED;
    if (bytes[at] !== 0xff) return DAMAGED;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) return DAMAGED;
    const length = big16(bytes, at + 2);
    if (length < 2) return DAMAGED;
    // SOF0 to SOF15 without DHT, JPG and DAC.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      size = { height: big16(bytes, at + 5), width: big16(bytes, at + 7) };
    }
    at += 2 + length;
    if (at > bytes.length) return TRUNCATED;
    if (marker === 0xda) break;
  }
  if (!size || size.width === 0 || size.height === 0) return DAMAGED;
  if (findLastText(bytes, "\xff\xd9", at) === -1) return TRUNCATED;
  return ok({ format: "jpeg", ...size });
}

/** PNG: chunks from IHDR to IEND, each as long as it says. */
export function checkPng(bytes: Uint8Array): Checked {
  if (bytes.length < 33) return TRUNCATED;
  if (!standsAt(bytes, 12, "IHDR")) return DAMAGED;
  const width = big32(bytes, 16);
  const height = big32(bytes, 20);
  if (width === 0 || height === 0) return DAMAGED;
  let at = 8;
  let drawn = false;
  while (at + 12 <= bytes.length) {
    if (standsAt(bytes, at + 4, "IEND")) {
      return drawn ? ok({ format: "png", width, height }) : DAMAGED;
    }
    drawn ||= standsAt(bytes, at + 4, "IDAT");
    at += 12 + big32(bytes, at);
  }
  return TRUNCATED;
}

/** WebP: as long as its first line says, with one of its three kinds of picture. */
export function checkWebp(bytes: Uint8Array): Checked {
  if (bytes.length < 30 || bytes.length < little32(bytes, 4) + 8) return TRUNCATED;
  const size = webpSize(bytes);
  if (!size || size.width === 0 || size.height === 0) return DAMAGED;
  return ok({ format: "webp", ...size });
}

function webpSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  if (standsAt(bytes, 12, "VP8X")) {
    return { width: little24(bytes, 24) + 1, height: little24(bytes, 27) + 1 };
  }
  if (standsAt(bytes, 12, "VP8 ") && standsAt(bytes, 23, "\x9d\x01*")) {
    return { width: little16(bytes, 26) & 0x3fff, height: little16(bytes, 28) & 0x3fff };
  }
  if (standsAt(bytes, 12, "VP8L") && bytes[20] === 0x2f) {
    const bits = little32(bytes, 21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return undefined;
}
