import { own } from "#app/domain/kernel/own.ts";
import { parseFormData } from "@remix-run/form-data-parser";
import { data, type RouterContextProvider } from "react-router";

import { type FileKind, type FileRules, fileRulesOn } from "#app/domain/files/file-rules.ts";
import type { StagedFile } from "#app/domain/files/office-file.ts";
import { type FileProblem, plainName, stageFile } from "#app/domain/files/stage-files.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Services } from "#app/domain/services.ts";

import { servicesContext } from "./services.ts";

/** A file that was not taken, and why: told at its field, the rest of the form stays. */
interface RefusedFile {
  readonly field: string;
  readonly name: string;
  readonly problem: FileProblem;
}

/** A form with files, read. */
export interface Upload {
  /** The ordinary fields. */
  readonly fields: FormData;
  /** Files kept for this form, of this attempt and those before, oldest first. */
  readonly files: readonly StagedFile[];
  readonly refused: readonly RefusedFile[];
}

/** What a route says about its form. */
export interface UploadForm {
  /** Who is at the door: ask `officeDoor` first, so that nobody else's body is read. */
  readonly person: Person;
  /** Fields that bring files, and what they bring. Files in other fields are refused. */
  readonly kinds: Readonly<Record<string, FileKind>>;
}

/** Name of the field with the form's key, and of the fields that take a staged file away again. */
export const FORM_KEY = "key";
const DROP_FILE = "drop";

/** Signs of all ordinary fields of one form together. */
const MOST_TEXT = 1_000_000;

/**
 * Read a multipart form while it comes. Each file is judged by its bytes and put aside under the form's key, where it is
 * found again when another field was wrong. A body that breaks off or breaks a limit is answered 400, 408 or 413 and
 * leaves nothing behind. Ordinary forms are read too.
 */
export async function readUpload(
  request: Request,
  context: Readonly<RouterContextProvider>,
  form: UploadForm,
): Promise<Upload> {
  const services = context.get(servicesContext);
  const rules = fileRulesOn(dayOf(services.now()));
  const fresh: StagedFile[] = [];
  try {
    const { fields, refused } = await parse(request, services, form, rules, fresh);
    const key = fields.get(FORM_KEY);
    const formKey = typeof key === "string" ? key.slice(0, 64) : "";
    const dropped = new Set(fields.getAll(DROP_FILE));
    if (formKey === "" && fresh.length > 0) throw data({ code: "form.broken" }, { status: 400 });
    const before = formKey === "" ? [] : await services.files.staged.of(formKey, form.person.id);
    const left = before.filter(({ id }) => !dropped.has(id));
    const room = Math.max(0, rules.filesPerForm - left.length);
    const taken = fresh.slice(0, room).map((file) => ({ ...file, form: formKey }));
    for (const { field, name } of fresh.slice(room)) {
      refused.push({ field, name, problem: { code: "file.too-many", limit: rules.filesPerForm } });
    }
    await services.files.staged.add(taken);
    // From here on the rows answer for the bytes.
    const unwanted = [
      ...fresh.splice(0).slice(room),
      ...before.filter(({ id }) => dropped.has(id)),
    ];
    await services.files.staged.remove(unwanted.map(({ id }) => id));
    await removeBytes(services, unwanted);
    return { fields, files: [...left, ...taken], refused };
  } catch (error) {
    await removeBytes(services, fresh);
    throw error;
  }
}

/** The files of one field. */
export function filesIn(upload: Upload, field: string): StagedFile[] {
  return upload.files.filter((file) => file.field === field);
}

async function parse(
  request: Request,
  services: Services,
  form: UploadForm,
  rules: FileRules,
  fresh: StagedFile[],
): Promise<{ fields: FormData; refused: RefusedFile[] }> {
  const refused: RefusedFile[] = [];
  const limits = {
    maxFiles: rules.filesPerRequest,
    // Judged by ourselves for each file, so that one that is too large does not take the form down with it.
    maxFileSize: rules.bytesPerRequest,
    maxTotalSize: rules.bytesPerRequest,
    maxParts: rules.partsPerRequest,
  };
  const fields = await parseFormData(request, limits, async (upload) => {
    // A browser sends an empty nameless file for a field that nothing was chosen in.
    if (upload.size === 0 && (upload.name === "" || upload.name === "file-upload")) return;
    const { fieldName: field, name } = upload;
    const kind = own(form.kinds, field);
    if (kind === undefined) throw data({ code: "upload.unknown-field" }, { status: 400 });
    const bytes = new Uint8Array(await upload.arrayBuffer());
    const brought = { form: "", person: form.person.id, field, kind, name, bytes };
    const staged = await stageFile(services, brought, rules);
    if (staged.ok) fresh.push(staged.value);
    else refused.push({ field, name: plainName(name), problem: staged.problem });
  }).catch((error: unknown) => {
    throw answerOf(error, rules);
  });
  checkText(fields);
  return { fields, refused };
}

/** No field is endless, and PostgreSQL keeps no NUL sign in text. */
function checkText(fields: FormData): void {
  let length = 0;
  for (const [, value] of fields) {
    if (typeof value !== "string") continue;
    length += value.length;
    if (value.includes("\0")) throw data({ code: "form.broken" }, { status: 400 });
  }
  if (length > MOST_TEXT)
    throw data({ code: "upload.too-large", limit: MOST_TEXT }, { status: 413 });
}

/** What broke, told by names: the build and the tests hold different copies of the classes. */
const TOO_MUCH: Readonly<Record<string, (rules: FileRules) => object>> = {
  MaxFilesExceededError: (rules) => ({
    code: "upload.too-many-files",
    limit: rules.filesPerRequest,
  }),
  MaxPartsExceededError: (rules) => ({
    code: "upload.too-many-parts",
    limit: rules.partsPerRequest,
  }),
  MaxFileSizeExceededError: (rules) => ({ code: "upload.too-large", limit: rules.bytesPerRequest }),
  MaxTotalSizeExceededError: (rules) => ({
    code: "upload.too-large",
    limit: rules.bytesPerRequest,
  }),
};

function answerOf(error: unknown, rules: FileRules): unknown {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    const tooMuch = own(TOO_MUCH, at.name);
    if (tooMuch) return data(tooMuch(rules), { status: 413 });
    if (code === "upload.too-large") {
      return data({ code, limit: rules.bytesPerRequest }, { status: 413 });
    }
    if (code === "upload.too-slow") return data({ code }, { status: 408 });
  }
  const ours = !(error instanceof Error) || error.name !== "FormDataParseError";
  const headers = error instanceof Error && error.name === "MaxHeaderSizeExceededError";
  return ours && !headers ? error : data({ code: "upload.broken" }, { status: 400 });
}

async function removeBytes(services: Services, files: readonly StagedFile[]): Promise<void> {
  await Promise.allSettled(files.map(({ blob }) => services.files.store.remove(blob)));
}
