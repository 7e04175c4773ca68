import type { Sharp } from "sharp";

import { type Box, boxInPixels } from "#app/domain/files/boxes.ts";
import { FILE_RULES } from "#app/domain/files/file-rules.ts";
import type { MadePicture, PictureMaker, PictureProblem } from "#app/domain/files/ports.ts";
import { PICTURE_SIZES } from "#app/domain/files/public-picture.ts";
import { no, ok, type Result } from "#app/domain/kernel/result.ts";

import { fairQueue } from "./fair-queue.ts";

/** Good enough that nobody sees the difference, a third of a JPEG's bytes. */
const QUALITY = 80;
/** Pictures drawn at once: one can take some hundred megabytes. Two forms with all their files may wait for one person. */
const QUEUE = { atOnce: 1, perPerson: 24, inAll: 120 };
/** For all of one picture, seconds: the costliest that the rules take needs a few. */
const MOST_SECONDS = 20;

const MOST_PIXELS = Math.max(...FILE_RULES.map(({ pixels }) => pixels));

/** Drawing pictures with libvips. Without `withMetadata` nothing but the pixels comes out: no EXIF, XMP, IPTC, no profile. */
export function pictureMaker({ seconds = MOST_SECONDS, queue = QUEUE } = {}): PictureMaker {
  const turn = fairQueue(queue);
  const inTurn = async <Value>(person: string, work: (timed: Timed) => Promise<Value>) =>
    (await turn(person, () => caught(() => work(timedFor(seconds))))) ??
    no({ code: "file.busy" as const });
  return {
    check: (original, person) => inTurn(person, (timed) => decode(original, timed)),
    make: (original, boxes, person) => inTurn(person, (timed) => draw(original, boxes, timed)),
  };
}

/** Gives a step of a picture's work the time that is left of the whole. */
type Timed = (step: Sharp) => Sharp;

/** libvips looks at the time between lines: a decoder that takes the whole at once is refused when it is done. */
function timedFor(seconds: number): Timed {
  const until = performance.now() + seconds * 1000;
  return (step) => {
    const left = Math.ceil((until - performance.now()) / 1000);
    if (left <= 0) throw new Error("timeout: nothing left");
    return step.timeout({ seconds: left });
  };
}

/** Decode every line, whatever the size of what comes out. */
async function decode(original: Uint8Array, timed: Timed): Promise<void> {
  const line = async (failOn: "warning" | "error") =>
    timed(await open(original, failOn))
      .resize(16, 16, { fit: "fill" })
      .raw()
      .toBuffer();
  try {
    await line("warning");
  } catch (error) {
    // Some cameras write needless bytes, which libjpeg warns about; nothing of the picture is missing.
    if (!(error instanceof Error && /extraneous bytes/i.test(error.message))) throw error;
    await line("error");
  }
}

async function draw(
  original: Uint8Array,
  boxes: readonly Box[],
  timed: Timed,
): Promise<MadePicture> {
  const { large: most, small: less } = PICTURE_SIZES;
  const { data, info } = await timed(await open(original))
    .autoOrient()
    .toColourspace("srgb")
    .flatten({ background: "#ffffff" })
    .resize(most, most, { fit: "inside", withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  // Painted into the pixels themselves before anything is encoded: no layer that could be taken off.
  for (const box of boxes) cover(data, info, boxInPixels(box, info.width, info.height));

  const { default: sharp } = await import("sharp");
  const pixels = () =>
    timed(
      sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } }),
    );
  const large = await encode(pixels());
  const small = await encode(
    pixels().resize(less, less, { fit: "inside", withoutEnlargement: true }),
  );
  return { large, small };
}

/** Patches a covered box is made of, across and down: too few to tell a face by, enough that it does not look like a hood. */
const PATCHES = 3;

/** Paint a box over with the average colours of a few patches of it: what was there cannot be worked out from nine values. */
function cover(data: Uint8Array, info: { width: number; channels: number }, box: Box): void {
  for (let down = 0; down < PATCHES; down += 1) {
    for (let across = 0; across < PATCHES; across += 1) {
      const x = box.x + Math.floor((box.width * across) / PATCHES);
      const y = box.y + Math.floor((box.height * down) / PATCHES);
      fillWithAverage(data, info, {
        x,
        y,
        width: box.x + Math.floor((box.width * (across + 1)) / PATCHES) - x,
        height: box.y + Math.floor((box.height * (down + 1)) / PATCHES) - y,
      });
    }
  }
}

function fillWithAverage(data: Uint8Array, info: { width: number; channels: number }, box: Box) {
  const { width, channels } = info;
  const sums = Array.from({ length: channels }, () => 0);
  const each = (work: (at: number) => void) => {
    for (let row = box.y; row < box.y + box.height; row += 1) {
      const start = (row * width + box.x) * channels;
      for (let at = start; at < start + box.width * channels; at += 1) work(at);
    }
  };
  each((at) => {
    sums[at % channels] = (sums[at % channels] ?? 0) + (data[at] ?? 0);
  });
  const pixels = Math.max(1, box.width * box.height);
  each((at) => {
    data[at] = Math.round((sums[at % channels] ?? 0) / pixels);
  });
}

async function encode(picture: Sharp): Promise<MadePicture["large"]> {
  const { data, info } = await picture
    .webp({ quality: QUALITY, effort: 4 })
    .toBuffer({ resolveWithObject: true });
  return { bytes: new Uint8Array(data), width: info.width, height: info.height };
}

async function open(original: Uint8Array, failOn: "warning" | "error" = "error"): Promise<Sharp> {
  const { default: sharp } = await import("sharp");
  sharp.cache(false);
  return sharp(original, { failOn, limitInputPixels: MOST_PIXELS, pages: 1 });
}

/** What libvips finds wrong with a picture is an answer; anything else is ours. */
async function caught<Value>(work: () => Promise<Value>): Promise<Result<Value, PictureProblem>> {
  try {
    return ok(await work());
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (text.startsWith("timeout:")) return no({ code: "file.too-slow" });
    if (/pixel limit|too large/i.test(text)) return no({ code: "file.too-many-pixels" });
    if (/premature|truncat|end of (file|stream|data)|unexpected end|not enough/i.test(text)) {
      return no({ code: "file.truncated" });
    }
    if (/ENOMEM|EMFILE|out of memory/i.test(text)) throw error;
    return no({ code: "file.damaged" });
  }
}
