import { digestOf, sealContent, type SealedPaper, type Sealing } from "../acts/paper.ts";
import type { Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { carryOutIn, done, nothing, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { isPicture, MEDIA_TYPES } from "./file-rules.ts";
import { keepPicture } from "./keep-picture.ts";
import {
  type FilePicture,
  type FileSubject,
  type OfficeFile,
  type StagedFile,
  subjectOf,
} from "./office-file.ts";
import type { FileServices, FileStores, PictureProblem } from "./ports.ts";

/** A staged file made ready for an act: sealed, drawn anew, its bytes in their lasting place. */
export interface PreparedFile {
  readonly staged: StagedFile;
  /** Id that the file will have; an act may already write it into its own rows. */
  readonly id: string;
  readonly digest: string;
  readonly salt: string;
  readonly blob: string;
  readonly picture: FilePicture | null;
  /** Whether a sealed file has the same bytes: digests are salted, so they tell it only with the salt. */
  readonly isSame: (sealed: { readonly digest: string; readonly salt: string }) => boolean;
}

/** What adding files needs outside the transaction. */
export type FileMaking = Sealing & {
  readonly files: FileServices;
  now(): Seconds;
  newId(): string;
};

export type AddProblem = PictureProblem | { code: "file.gone" };

/**
 * Take staged files into an act. Slow work (sealing, drawing) is done before `act`, which is the act's own transaction
 * and calls `keepFiles` in it. When the act refuses or fails, nothing of the files stays but what was staged, so that the
 * form can be sent again; when it stands, nothing stays staged.
 */
export async function addingFiles<Value, Problem extends { code: string }>(
  services: FileMaking,
  staged: readonly StagedFile[],
  act: (files: readonly PreparedFile[]) => Promise<Result<Value, Problem>>,
): Promise<Result<Value, Problem | AddProblem>> {
  const prepared: PreparedFile[] = [];
  let done = false;
  try {
    for (const one of staged) {
      const ready = await prepare(services, one);
      if (!ready.ok) return ready;
      prepared.push(ready.value);
    }
    const result = await act(prepared);
    done = result.ok;
    return result;
  } finally {
    const { store } = services.files;
    const leftOver = done ? staged.map(({ blob }) => blob) : prepared.flatMap(blobsOf);
    // What cannot be removed now is found by the nightly job; the act stands all the same.
    await Promise.allSettled(leftOver.map((blob) => store.remove(blob)));
  }
}

/**
 * Write prepared files inside an act's transaction, tied to their subject, with a line of the audit trail each. Call it
 * when nothing else can refuse any more: a refusal after it would leave rows without bytes.
 */
export async function keepFiles(
  stores: FileStores,
  person: Person,
  files: readonly PreparedFile[],
  subject: FileSubject,
  now: Seconds,
): Promise<Result<OfficeFile[], MayProblem>> {
  return carryOutIn(stores, person, now, {
    find: nothing,
    right: (asking) => rightTo(asking, "file.add", subjectOf(subject)),
    work: async ({ grant }) => {
      const kept: OfficeFile[] = [];
      for (const prepared of files) {
        const { staged, id, digest, salt, blob, picture } = prepared;
        const { kind, name, format, bytes, width, height } = staged;
        const file: OfficeFile = {
          id,
          kind,
          subject,
          name,
          format,
          bytes,
          width,
          height,
          digest,
          blob,
          addedBy: person.id,
          addedAt: now,
        };
        const step = {
          n: 1,
          step: "added",
          picture: picture?.n ?? null,
          reason: null,
          tied: null,
          person: person.id,
          organisation: grant.organisation,
          at: now,
        } as const;
        await stores.files.add(file, step, picture);
        await stores.openings.keep([{ digest, salt, blob }]);
        kept.push(file);
      }
      await stores.files.unstage(files.map(({ staged }) => staged.id));
      const of = { subjectKind: subject.kind, subject: subject.id };
      const notes = kept.map(({ id, kind, bytes, digest }) => ({
        kind: "file",
        id,
        facts: { kind, bytes, digest, ...of },
      }));
      return done(kept, ...notes);
    },
  });
}

/**
 * The papers of files kept before, in the order of `ids`, for booking an order whose papers came with its request. A bank
 * statement is no evidence of its own: its lines are.
 */
export async function papersOf(
  { files: register }: Pick<FileStores, "files">,
  ids: readonly string[],
): Promise<Result<SealedPaper[], { code: "file.gone" | "file.no-evidence" }>> {
  const papers: SealedPaper[] = [];
  const files = await register.files(ids);
  if (files.length !== ids.length) return no({ code: "file.gone" });
  for (const { kind, digest, blob } of files) {
    if (kind === "statement") return no({ code: "file.no-evidence" });
    const salt = await register.salt(digest);
    if (salt === undefined) return no({ code: "file.gone" });
    papers.push({ kind, digest, salt, blob });
  }
  return ok(papers);
}

async function prepare(
  services: FileMaking,
  staged: StagedFile,
): Promise<Result<PreparedFile, AddProblem>> {
  const { files } = services;
  const original = await (await files.store.get(staged.blob))?.bytes();
  if (!original) return no({ code: "file.gone" });
  const id = services.newId();
  const blob = `originals/${id}`;
  const sealed = sealContent(services, original);
  let picture: FilePicture | null = null;
  if (isPicture(staged.format)) {
    const made = await keepPicture(files, {
      name: id,
      original,
      n: 1,
      boxes: [],
      person: staged.person,
    });
    if (!made.ok) return made;
    picture = made.value;
  }
  await files.store.put(blob, original, MEDIA_TYPES[staged.format]);
  const isSame: PreparedFile["isSame"] = ({ digest, salt }) =>
    digestOf(services, salt, original) === digest;
  return ok({ staged, id, ...sealed, blob, picture, isSame });
}

function blobsOf({ blob, picture }: PreparedFile): string[] {
  return picture ? [blob, picture.blob, picture.smallBlob] : [blob];
}
