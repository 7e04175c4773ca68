import { readFile } from "node:fs/promises";

import { digestOf, sealContent, type Sealing } from "#app/domain/acts/paper.ts";
import type { PreparedFile } from "#app/domain/files/add-files.ts";
import { PICTURE_TYPE } from "#app/domain/files/keep-picture.ts";
import { MEDIA_TYPES } from "#app/domain/files/file-rules.ts";
import type { FilePicture } from "#app/domain/files/office-file.ts";
import type { FileServices, MadePicture } from "#app/domain/files/ports.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { Seconds } from "#app/domain/kernel/calendar.ts";

import { demoPaper } from "./demo-paper.ts";

/** Drawn pictures of notices, and how large they are. */
const PICTURES = { up: "niem-yet.jpg", down: "het-niem-yet.jpg" } as const;
const SIZE = { width: 1600, height: 1200 };
type Drawn = keyof typeof PICTURES;

/** Papers and photos for the acts of the replay: made ready as an upload makes them, without a form. */
export interface Papers {
  /** Whether its photos are drawn anew, so that they can be shown. */
  readonly draws: boolean;
  /** A scanned paper with a few lines of plain ASCII. */
  scan(
    kind: "minutes" | "decision",
    name: string,
    ...lines: readonly string[]
  ): Promise<PreparedFile>;
  /** A drawn picture of a notice board. */
  photo(drawn: Drawn, name: string): Promise<PreparedFile>;
}

/** What papers are made with; without `files` their bytes are kept nowhere. */
export interface PaperMaking extends Sealing {
  readonly files?: Pick<FileServices, "store" | "pictures">;
  now(): Seconds;
  newId(): string;
}

/** Each picture is drawn anew once, however often it is brought. */
export function openPapers(making: PaperMaking): Papers {
  const drawn = new Map<Drawn, Promise<{ original: Uint8Array; made: MadePicture | undefined }>>();

  async function draw(which: Drawn) {
    const original = new Uint8Array(
      await readFile(new URL(`../../db/seeds/data/pictures/${PICTURES[which]}`, import.meta.url)),
    );
    const made = making.files && must(await making.files.pictures.make(original, [], "demo"));
    return { original, made };
  }

  async function prepared(
    bytes: Uint8Array,
    about: Pick<PreparedFile["staged"], "kind" | "name" | "format" | "width" | "height">,
    made?: MadePicture,
  ): Promise<PreparedFile> {
    const id = making.newId();
    const blob = `originals/${id}`;
    const store = making.files?.store;
    await store?.put(blob, bytes, MEDIA_TYPES[about.format]);
    const picture = made ? await kept(id, made) : null;
    return {
      staged: {
        ...about,
        id,
        form: "demo",
        person: "demo",
        field: "paper",
        bytes: bytes.length,
        blob,
        at: making.now(),
      },
      id,
      ...sealContent(making, bytes),
      blob,
      picture,
      isSame: ({ digest, salt }) => digestOf(making, salt, bytes) === digest,
    };
  }

  async function kept(id: string, { large, small }: MadePicture): Promise<FilePicture> {
    const blob = `pictures/${id}-large`;
    const smallBlob = `pictures/${id}-small`;
    await making.files?.store.put(blob, large.bytes, PICTURE_TYPE);
    await making.files?.store.put(smallBlob, small.bytes, PICTURE_TYPE);
    return {
      n: 1,
      width: large.width,
      height: large.height,
      blob,
      smallWidth: small.width,
      smallHeight: small.height,
      smallBlob,
      boxes: [],
    };
  }

  return {
    draws: making.files !== undefined,
    scan: (kind, name, ...lines) =>
      prepared(demoPaper("Du lieu minh hoa / demonstration", ...lines), {
        kind,
        name: `${name}.pdf`,
        format: "pdf",
        width: null,
        height: null,
      }),
    async photo(which, name) {
      const known = drawn.get(which) ?? draw(which);
      drawn.set(which, known);
      const { original, made } = await known;
      return prepared(
        original,
        { kind: "photo", name: `${name}.jpg`, format: "jpeg", ...SIZE },
        made,
      );
    },
  };
}
