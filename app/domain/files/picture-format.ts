import type { FormatProblem } from "./examined.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { big16, big32, findLastText, little16, little24, little32, standsAt } from "./bytes.ts";

/** What a picture's head says about decoding it. */
export interface Decoding {
  readonly width: number;
  readonly height: number;
  /** All channels together, as its decoder keeps them; a fraction where colour is kept coarser than brightness. */
  readonly bytesPerPixel: number;
  /** No line can be drawn before the whole picture is in memory. */
  readonly whole: boolean;
}

type Checked = Result<Decoding, FormatProblem>;

const TRUNCATED = no({ code: "file.truncated" });
const DAMAGED = no({ code: "file.damaged" });

/** JPEG: markers up to the scan, a frame with a size, and an end. Phones put more after the end; that is left alone. */
export function checkJpeg(bytes: Uint8Array): Checked {
  let at = 2;
  let frame: JpegFrame | undefined;
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    if (at + 4 > bytes.length) return TRUNCATED;
    if (bytes[at] !== 0xff) return DAMAGED;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) return DAMAGED;
    const length = big16(bytes, at + 2);
    if (length < 2) return DAMAGED;
    if (isFrame(marker)) frame = jpegFrame(bytes, at, marker);
    // A scan of some of the components: the others come later, and nothing can be drawn before.
    if (marker === 0xda && frame) frame.whole ||= (bytes[at + 4] ?? 0) < frame.components;
    at += 2 + length;
    if (at > bytes.length) return TRUNCATED;
    if (marker === 0xda) break;
  }
  if (!frame || frame.width === 0 || frame.height === 0) return DAMAGED;
  if (findLastText(bytes, "\xff\xd9", at) === -1) return TRUNCATED;
  return ok(jpegDecoding(frame));
}

/** SOF0 to SOF15 without DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** What stands whole is not samples but coefficients of 16 bits, each component at its own fineness. */
function jpegDecoding(frame: JpegFrame): Decoding {
  const { width, height, whole, components, bytesPerSample, kept } = frame;
  const bytesPerPixel = whole ? kept * 2 : components * bytesPerSample;
  return { width, height, whole, bytesPerPixel };
}

interface JpegFrame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly bytesPerSample: number;
  /** Samples kept for each pixel, all components together. */
  readonly kept: number;
  whole: boolean;
}

/** SOFn at `at`: SOF2, SOF6, SOF10 and SOF14 are progressive. */
function jpegFrame(bytes: Uint8Array, at: number, marker: number): JpegFrame {
  const components = bytes[at + 9] ?? 0;
  const fineness = Array.from({ length: components }, (_, n) => {
    const factors = bytes[at + 11 + n * 3] ?? 0x11;
    return { across: factors >> 4, down: factors & 15 };
  });
  const finest =
    Math.max(1, ...fineness.map(({ across }) => across)) *
    Math.max(1, ...fineness.map(({ down }) => down));
  return {
    height: big16(bytes, at + 5),
    width: big16(bytes, at + 7),
    components,
    bytesPerSample: (bytes[at + 4] ?? 8) > 8 ? 2 : 1,
    kept: fineness.reduce((sum, { across, down }) => sum + across * down, 0) / finest,
    whole: marker % 4 === 2,
  };
}

/** PNG: chunks from IHDR to IEND, each as long as it says. */
export function checkPng(bytes: Uint8Array): Checked {
  if (bytes.length < 33) return TRUNCATED;
  if (!standsAt(bytes, 12, "IHDR")) return DAMAGED;
  const width = big32(bytes, 16);
  const height = big32(bytes, 20);
  if (width === 0 || height === 0) return DAMAGED;
  const [depth, colour, interlace] = [bytes[24] ?? 8, bytes[25] ?? 6, bytes[28] ?? 0];
  let at = 8;
  let drawn = false;
  let transparent = false;
  while (at + 12 <= bytes.length) {
    if (standsAt(bytes, at + 4, "IEND")) {
      const channels = (PNG_CHANNELS.get(colour) ?? 4) + (transparent ? 1 : 0);
      const bytesPerPixel = channels * (depth > 8 ? 2 : 1);
      return drawn ? ok({ width, height, bytesPerPixel, whole: interlace !== 0 }) : DAMAGED;
    }
    transparent ||= standsAt(bytes, at + 4, "tRNS");
    drawn ||= standsAt(bytes, at + 4, "IDAT");
    at += 12 + big32(bytes, at);
  }
  return TRUNCATED;
}

/** Channels of PNG's colour types as they are decoded: a palette's entries are of three. */
const PNG_CHANNELS = new Map([
  [0, 1],
  [2, 3],
  [3, 3],
  [4, 2],
  [6, 4],
]);

/** WebP: as long as its first line says, with one of its three kinds of picture. */
export function checkWebp(bytes: Uint8Array): Checked {
  if (bytes.length < 30 || bytes.length < little32(bytes, 4) + 8) return TRUNCATED;
  const size = webpSize(bytes);
  if (!size || size.width === 0 || size.height === 0) return DAMAGED;
  // Its decoder hands out the whole picture only.
  return ok({ ...size, bytesPerPixel: size.alpha ? 4 : 3, whole: true });
}

function webpSize(
  bytes: Uint8Array,
): { width: number; height: number; alpha: boolean } | undefined {
  if (standsAt(bytes, 12, "VP8X")) {
    const alpha = ((bytes[20] ?? 0) & 0x10) !== 0;
    return { width: little24(bytes, 24) + 1, height: little24(bytes, 27) + 1, alpha };
  }
  if (standsAt(bytes, 12, "VP8 ") && standsAt(bytes, 23, "\x9d\x01*")) {
    return {
      width: little16(bytes, 26) & 0x3fff,
      height: little16(bytes, 28) & 0x3fff,
      alpha: false,
    };
  }
  if (standsAt(bytes, 12, "VP8L") && bytes[20] === 0x2f) {
    const bits = little32(bytes, 21);
    const alpha = ((bits >>> 28) & 1) === 1;
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, alpha };
  }
  return undefined;
}
