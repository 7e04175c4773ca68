import type { FilePicture, PublishedPicture } from "./office-file.ts";
import type { FileServices, StoredBlob } from "./ports.ts";

/** Sizes of a picture by its longer side, pixels. */
export const PICTURE_SIZES = { large: 2000, small: 640 } as const;
export type PictureSize = keyof typeof PICTURE_SIZES;

/**
 * The name of a public picture in its address: it changes with every redaction, so that nobody who kept the old one is
 * shown it under the new name.
 */
export function pictureName(file: string, n: number, size: PictureSize): string {
  return `${file}-${n}-${PICTURE_SIZES[size]}.webp`;
}

/** Read a name of `pictureName`. */
export function readPictureName(
  name: string,
): { file: string; n: number; size: PictureSize } | undefined {
  const [, file, n, pixels] = /^([a-z2-7]{26})-([1-9]\d{0,5})-(2000|640)\.webp$/.exec(name) ?? [];
  if (file === undefined) return undefined;
  return { file, n: Number(n), size: pixels === "640" ? "small" : "large" };
}

/** What a page needs to show a public picture. */
export interface PictureSource {
  readonly src: string;
  readonly width: number;
  readonly height: number;
  readonly smallSrc: string;
  readonly smallWidth: number;
  readonly smallHeight: number;
}

/** The public addresses of a picture, both sizes. */
export function pictureSource(
  picture: Pick<PublishedPicture, "file" | "n"> & Omit<FilePicture, "boxes" | "blob" | "smallBlob">,
): PictureSource {
  const { file, n, width, height, smallWidth, smallHeight } = picture;
  return {
    width,
    height,
    smallWidth,
    smallHeight,
    src: `/hinh/${pictureName(file, n, "large")}`,
    smallSrc: `/hinh/${pictureName(file, n, "small")}`,
  };
}

export type PictureAnswer =
  | { readonly state: "shown"; readonly blob: StoredBlob }
  /** It was public and is not any more, or was redacted since. */
  | { readonly state: "gone" }
  | { readonly state: "unknown" };

/** The bytes behind a public name. */
export async function openPicture(
  { reading, store }: Pick<FileServices, "reading" | "store">,
  name: string,
): Promise<PictureAnswer> {
  const asked = readPictureName(name);
  if (!asked) return { state: "unknown" };
  const published = await reading.published(asked.file);
  if (published?.n === asked.n) {
    const blob = await store.get(asked.size === "large" ? published.blob : published.smallBlob);
    if (blob) return { state: "shown", blob };
  }
  return { state: (await reading.wasPublished(asked.file)) ? "gone" : "unknown" };
}
