import type { FormatProblem } from "./examined.ts";
import { type Day, dayOf, type Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { type FileKind, type FileRules, isPicture, MEDIA_TYPES } from "./file-rules.ts";
import { examine } from "./format.ts";
import type { StagedFile } from "./office-file.ts";
import type { FileServices, PictureProblem } from "./ports.ts";

export type FileProblem = FormatProblem | PictureProblem | { code: "file.too-many"; limit: number };

/** What staging needs. */
export interface StageMaking {
  readonly files: Pick<FileServices, "store" | "pictures" | "unpack">;
  now(): Seconds;
  newId(): string;
}

/** A file as a form brought it. */
export interface BroughtFile {
  readonly form: string;
  readonly person: string;
  readonly field: string;
  readonly kind: FileKind;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Look at a file's bytes and put them aside; what is refused is not kept. The row is written by `StagedFiles.add`. */
export async function stageFile(
  { files, now, newId }: StageMaking,
  { bytes, name, ...brought }: BroughtFile,
  rules: FileRules,
): Promise<Result<StagedFile, FileProblem>> {
  const examined = examine(bytes, brought.kind, rules, files.unpack);
  if (!examined.ok) return examined;
  if (isPicture(examined.value.format)) {
    const whole = await files.pictures.check(bytes, brought.person);
    if (!whole.ok) return no(whole.problem);
  }
  const id = newId();
  const at = now();
  const blob = stagedName(dayOf(at), id);
  await files.store.put(blob, bytes, MEDIA_TYPES[examined.value.format]);
  return ok({
    ...brought,
    ...examined.value,
    id,
    name: plainName(name),
    bytes: bytes.length,
    blob,
    at,
  });
}

/** What names of staged bytes begin with; the day follows, so that forgotten ones can be told from new ones. */
const STAGED = "staged/";

/** Name of bytes that are put aside on a day. */
export function stagedName(day: Day, id: string): string {
  return `${STAGED}${day}/${id}`;
}

/** The day on which bytes of this name were staged; undefined for lasting ones. */
export function stagedOn(blob: string): string | undefined {
  return blob.startsWith(STAGED) ? blob.slice(STAGED.length, STAGED.length + 10) : undefined;
}

const LONGEST_NAME = 120;

/** A file's name without folders, control signs and signs that turn the writing direction; never empty. */
export function plainName(name: string): string {
  const last = name.normalize("NFC").split(/[\\/]/).at(-1) ?? "";
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  return [...plain].slice(0, LONGEST_NAME).join("") || "?";
}

/** Remove what forms left behind, and tell of bytes that nothing speaks of and rows whose bytes are missing. */
export async function tidyFiles(
  { store, staged, reading }: FileServices,
  now: Seconds,
  rules: FileRules,
): Promise<{ removed: number; orphans: string[]; missing: string[] }> {
  const oldest = now - rules.stagedHours * 3600;
  const old = await staged.before(oldest);
  for (const { blob } of old) await store.remove(blob);
  await staged.remove(old.map(({ id }) => id));

  let removed = old.length;
  const found = new Set<string>();
  for await (const name of store.names()) found.add(name);
  const orphans: string[] = [];
  for (const name of await reading.unknownBlobs([...found])) {
    const day = stagedOn(name);
    // Put aside by a process that died before it wrote the row.
    if (day !== undefined && day < dayOf(oldest)) {
      await store.remove(name);
      removed += 1;
    } else if (day === undefined) {
      orphans.push(name);
    }
  }
  const missing = (await reading.blobs()).filter((blob) => !found.has(blob));
  return { removed, orphans, missing };
}
