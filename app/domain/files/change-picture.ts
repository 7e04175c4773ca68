import type { Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { AuditFacts } from "../people/audit.ts";
import { carryOutIn, done, rightTo } from "../people/carry-out.ts";
import { may, type MayProblem, type Person } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";
import { type Box, type BoxProblem, joinBoxes } from "./boxes.ts";
import type { FileMaking } from "./add-files.ts";
import { keepPicture } from "./keep-picture.ts";
import {
  type FileHistory,
  type FilePicture,
  type FileStep,
  publishedAs,
  type RedactionReason,
  subjectOf,
  versionOf,
  type WithdrawalReason,
} from "./office-file.ts";
import type { FileStores, PictureProblem } from "./ports.ts";

export type PictureActProblem =
  | MayProblem
  | { code: "office.stale" }
  | { code: "file.gone" }
  | { code: "file.no-picture" }
  | { code: "file.not-public" };

export type RedactProblem =
  | PictureActProblem
  | PictureProblem
  | BoxProblem
  | { code: "file.no-boxes" };

/** What the verbs about pictures need around their transaction. */
export type PictureServices = FileMaking & {
  readonly official: { write<Value>(work: (stores: FileStores) => Promise<Value>): Promise<Value> };
};

/** What to cover, and which version of the file the form was about. */
export interface Redaction {
  readonly file: string;
  readonly version: number;
  readonly boxes: readonly Box[];
  readonly reason: RedactionReason;
}

/**
 * Cover parts of a picture: it is drawn anew from the original with all boxes so far and these burnt in. What was public
 * before is answered "gone" from then on, and the new one is public in its place.
 */
export async function redactFile(
  services: PictureServices,
  person: Person,
  { file, version, boxes: added, reason }: Redaction,
): Promise<Result<FileHistory, RedactProblem>> {
  if (added.length === 0) return no({ code: "file.no-boxes" });
  return drawAnew(services, person, { file, version, step: "redacted", reason }, (old) =>
    joinBoxes(old, added),
  );
}

/** Take all boxes off again, for boxes in the wrong place. A picture that is public is withdrawn by it. */
export function uncoverFile(
  services: PictureServices,
  person: Person,
  { file, version }: { readonly file: string; readonly version: number },
): Promise<Result<FileHistory, RedactProblem>> {
  const reason = "wrong-boxes" satisfies WithdrawalReason;
  return drawAnew(services, person, { file, version, step: "withdrawn", reason }, () => ok([]));
}

async function drawAnew(
  services: PictureServices,
  person: Person,
  asked: {
    readonly file: string;
    readonly version: number;
    readonly step: "redacted" | "withdrawn";
    readonly reason: RedactionReason | WithdrawalReason;
  },
  boxesFrom: (old: readonly Box[]) => Result<Box[], BoxProblem>,
): Promise<Result<FileHistory, RedactProblem>> {
  const { files } = services;
  const before = await files.reading.history(asked.file);
  const last = before?.pictures.at(-1);
  if (!before) return no({ code: "file.gone" });
  const permitted = may(person, "file.redact", subjectOf(before.file.subject));
  if (!permitted.ok) return permitted;
  if (!last) return no({ code: "file.no-picture" });
  if (versionOf(before) !== asked.version) return no({ code: "office.stale" });
  const boxes = boxesFrom(last.boxes);
  if (!boxes.ok) return boxes;

  const original = await (await files.store.get(before.file.blob))?.bytes();
  if (!original) return no({ code: "file.gone" });
  const n = last.n + 1;
  const made = await keepPicture(files, {
    name: services.newId(),
    original,
    n,
    boxes: boxes.value,
    person: person.id,
  });
  if (!made.ok) return made;
  let stands = false;
  try {
    const result = await services.official.write((stores) =>
      writeStep(stores, person, services.now(), {
        act: "file.redact",
        file: asked.file,
        version: asked.version,
        step: asked.step,
        reason: asked.reason,
        picture: made.value,
        facts: { boxes: boxes.value.length },
      }),
    );
    stands = result.ok;
    return result;
  } finally {
    const { blob, smallBlob } = stands ? last : made.value;
    await Promise.allSettled([blob, smallBlob].map((name) => files.store.remove(name)));
  }
}

/**
 * Make a picture public, as part of an act that publishes what it shows: `act` is that act, such as `campaign.tell`, and
 * is asked for here again. Called inside its transaction.
 */
export async function publishFile(
  stores: FileStores,
  person: Person,
  act: OfficeAct,
  asked: { readonly file: string; readonly tied: { readonly kind: string; readonly id: string } },
  now: Seconds,
): Promise<Result<FileHistory, PictureActProblem>> {
  const history = await stores.files.history(asked.file);
  if (!history) return no({ code: "file.gone" });
  if (history.pictures.length === 0) return no({ code: "file.no-picture" });
  return writeStep(stores, person, now, {
    ...asked,
    act,
    version: versionOf(history),
    step: "published",
    reason: null,
    facts: { tiedKind: asked.tied.kind, tied: asked.tied.id },
  });
}

/** Take a picture back from the public; its address answers "gone". */
export async function withdrawFile(
  services: PictureServices,
  person: Person,
  asked: { readonly file: string; readonly version: number; readonly reason: WithdrawalReason },
): Promise<Result<FileHistory, PictureActProblem>> {
  return services.official.write(async (stores) => {
    const history = await stores.files.history(asked.file);
    if (history && !publishedAs(history)) return no({ code: "file.not-public" });
    return writeStep(stores, person, services.now(), {
      ...asked,
      act: "file.redact",
      step: "withdrawn",
      facts: {},
    });
  });
}

interface StepAsked {
  readonly act: OfficeAct;
  readonly file: string;
  readonly version: number;
  readonly step: FileStep["step"];
  readonly reason: string | null;
  readonly tied?: FileStep["tied"];
  /** Drawn for this step; without it the last one stays. */
  readonly picture?: FilePicture;
  readonly facts: AuditFacts;
}

function writeStep(
  stores: FileStores,
  person: Person,
  now: Seconds,
  asked: StepAsked,
): Promise<Result<FileHistory, PictureActProblem>> {
  return carryOutIn(stores, person, now, {
    find: async ({ files }) => {
      const history = await files.history(asked.file);
      return history ? ok(history) : no({ code: "file.gone" });
    },
    right: (asking, { file }) => rightTo(asking, asked.act, subjectOf(file.subject)),
    work: async ({ found: history, grant }) => {
      if (versionOf(history) !== asked.version) return no({ code: "office.stale" });
      const { step: taken, reason } = asked;
      const step: FileStep = {
        n: asked.version + 1,
        step: taken,
        picture: asked.picture?.n ?? history.pictures.at(-1)?.n ?? null,
        reason,
        tied: asked.tied ?? null,
        person: person.id,
        organisation: grant.organisation,
        at: now,
      };
      const stands = await stores.files.step(asked.file, step, asked.picture ?? null);
      if (!stands) return no({ code: "office.stale" });
      const pictures = asked.picture ? [...history.pictures, asked.picture] : history.pictures;
      const facts = { step: taken, reason, ...asked.facts };
      return done(
        { ...history, steps: [...history.steps, step], pictures },
        { kind: "file", id: asked.file, facts },
      );
    },
  });
}
