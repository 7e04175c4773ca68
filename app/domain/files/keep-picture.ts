import { ok, type Result } from "../kernel/result.ts";
import type { Box } from "./boxes.ts";
import type { FilePicture } from "./office-file.ts";
import type { FileServices, PictureProblem } from "./ports.ts";

/** Draw a picture anew from its original, with its boxes burnt in, and put both sizes into the store. */
export async function keepPicture(
  { store, pictures }: Pick<FileServices, "store" | "pictures">,
  asked: {
    /** New for each drawing: two who draw at once must not write into each other's bytes. */
    readonly name: string;
    readonly original: Uint8Array;
    readonly n: number;
    readonly boxes: readonly Box[];
    /** Who waits for it. */
    readonly person: string;
  },
): Promise<Result<FilePicture, PictureProblem>> {
  const made = await pictures.make(asked.original, asked.boxes, asked.person);
  if (!made.ok) return made;
  const { large, small } = made.value;
  const blob = `pictures/${asked.name}-large`;
  const smallBlob = `pictures/${asked.name}-small`;
  await store.put(blob, large.bytes, PICTURE_TYPE);
  await store.put(smallBlob, small.bytes, PICTURE_TYPE);
  return ok({
    n: asked.n,
    width: large.width,
    height: large.height,
    blob,
    smallWidth: small.width,
    smallHeight: small.height,
    smallBlob,
    boxes: [...asked.boxes],
  });
}

/** Media type of every picture we draw. */
export const PICTURE_TYPE = "image/webp";
