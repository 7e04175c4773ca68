import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { RouterContextProvider } from "react-router";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { readEnvironment } from "#app/adapters/environment.ts";
import { type Answer, createListener } from "#app/front/listener.ts";
import { createLog } from "#app/front/log.ts";
import { createMetrics } from "#app/front/metrics.ts";
import { createPageCache } from "#app/front/page-cache.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import { digestOf } from "#app/domain/acts/paper.ts";
import { addingFiles, keepFiles, papersOf } from "#app/domain/files/add-files.ts";
import {
  publishFile,
  redactFile,
  uncoverFile,
  withdrawFile,
} from "#app/domain/files/change-picture.ts";
import { fileRulesOn, LARGEST_UPLOAD } from "#app/domain/files/file-rules.ts";
import { openPicture, pictureName } from "#app/domain/files/public-picture.ts";
import { tidyFiles } from "#app/domain/files/stage-files.ts";
import { must } from "#app/domain/kernel/result.ts";
import { isOfficePath } from "#app/i18n/office-paths.ts";
import { readUpload, type Upload } from "#app/requests/read-upload.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor, visitorContext } from "#app/requests/visitor.ts";
import type { Person } from "#app/domain/people/may.ts";

import { type TestDatabase, testDatabase } from "../tests/support/database.ts";
import { holder, holding } from "../tests/support/office-person.ts";
import { PHONE_WORDS, pdfBytes, phonePhoto } from "../tests/support/sample-files.ts";
import { compose, type Composed } from "./compose.ts";

const NOW = 1_795_000_000;
const rules = fileRulesOn("2026-11-23");
const clerk = holder("clerk", "commune-clerk", "20446");
const stranger = holder("stranger", "commune-clerk", "20707");
const inspector = holder("inspector", "finance-inspector", null);
const officer = holder("officer", "committee-officer", null);
const subject = {
  kind: "campaign",
  id: "LD1",
  communes: ["20446"],
  district: null,
  twin: null,
} as const;

let folder: string;
let base: TestDatabase;
let composed: Composed;
let server: Server;
let port: number;
let now = NOW;
let visitor: Person | undefined;
let last: Upload | undefined;
let asked = 0;

/** The application in small: a door, then the form, then what the form says should happen. */
const answer: Answer = async (request) => {
  const context = new RouterContextProvider();
  context.set(servicesContext, composed.services);
  context.set(visitorContext, async () => ({ person: visitor, locale: undefined }));
  asked += 1;
  try {
    const { person } = await officeDoor(context, "file.add");
    last = await readUpload(request, context, {
      person,
      kinds: { paper: "decision", photos: "photo" },
    });
    const told = {
      ...Object.fromEntries(last.fields),
      refused: last.refused,
      kept: last.files.length,
    };
    return Response.json(told);
  } catch (thrown) {
    if (thrown instanceof Error) throw thrown;
    const { data, init } = thrown as { data: object; init: ResponseInit };
    return Response.json(data, init);
  }
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "uploads-"));
  base = await testDatabase();
  const environment = must(readEnvironment({ NODE_ENV: "test", FILES_DIRECTORY: folder }));
  const log = createLog({ level: "silent", process: "test" });
  const whole = await compose({ db: base.db, environment, log, now: () => now });
  const official = holding(whole.services.official, [clerk, stranger, inspector, officer]);
  composed = { ...whole, services: { ...whole.services, official } };
  const cache = createPageCache({ maxBytes: 1_000 });
  server = createServer(
    { requestTimeout: 60_000 },
    createListener({
      answer,
      cache,
      keep: { path: () => undefined, inLine: () => false },
      files: (_request, _response, next) => next(),
      metrics: createMetrics(cache.figures),
      log,
      origin: { trustProxy: false, publicUrl: undefined },
      bodyLimit: 1000,
      uploads: { limit: LARGEST_UPLOAD, takes: isOfficePath },
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await composed.stop();
  await base.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  now = NOW;
  visitor = clerk;
  last = undefined;
  asked = 0;
});

async function onDisk(): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files = await Promise.all(
    names.map(async (name) => (await stat(join(folder, name))).isFile()),
  );
  return names.filter((_, n) => files[n]);
}

function send(form: FormData, path = "/quan-tri/chien-dich/moi"): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body: form });
}

function formOf(fields: Record<string, string | File | File[]>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") form.append(name, value);
    else for (const blob of [value].flat()) form.append(name, blob, blob.name);
  }
  return form;
}

const file = (bytes: Uint8Array | string, name: string, type = "application/octet-stream") =>
  new File([typeof bytes === "string" ? bytes : new Uint8Array(bytes)], name, { type });

let keys = 0;
function newKey(): string {
  keys += 1;
  return `form-${keys}`;
}

/** Bytes on the line as they are; answers what came back until the server or we end it. */
function raw(
  parts: (string | Uint8Array)[],
  then: "end" | "destroy" | "wait",
  most = 5_000,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString("latin1")));
    socket.on("close", () => resolve(text));
    socket.on("error", (error) => (text === "" && then === "wait" ? reject(error) : resolve(text)));
    for (const part of parts) socket.write(part);
    if (then === "destroy") setTimeout(() => socket.destroy(), 150);
    if (then === "end") setTimeout(() => socket.end(), 50);
    socket.setTimeout(most, () => socket.destroy());
  });
}

const HEAD = (length: number) =>
  `POST /quan-tri/chien-dich/moi HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=XX\r\nContent-Length: ${length}\r\n\r\n`;
const PART = `--XX\r\nContent-Disposition: form-data; name="paper"; filename="a.pdf"\r\n\r\n`;
const KEY_PART = `--XX\r\nContent-Disposition: form-data; name="key"\r\n\r\nraw-key\r\n`;

async function clean(): Promise<void> {
  await base.db.rows(`delete from staged_file`);
  for await (const name of composed.services.files.store.names()) {
    if (name.startsWith("staged/")) await composed.services.files.store.remove(name);
  }
}

test("fields and files come through; a wrong file is named and the rest of the form stays", async () => {
  const key = newKey();
  const form = formOf({
    key,
    title: "Ươm tôm 'giống' – đợt 2",
    paper: file(pdfBytes(), "../../Quyết định\u202e số 5.pdf", "text/html"),
    photos: [
      file("<svg><script>1</script></svg>", "a.jpg", "image/jpeg"),
      file(await phonePhoto(), "b.png"),
    ],
    none: "",
  });
  form.append("paper", new File([], ""));
  const answered = await send(form);
  expect(await answered.json()).toMatchObject({
    key,
    title: "Ươm tôm 'giống' – đợt 2",
    kept: 2,
    refused: [
      { field: "photos", name: "a.jpg", problem: { code: "file.not-allowed", found: "svg" } },
    ],
  });
  expect(last?.files.map(({ name, format, width }) => [name, format, width])).toEqual([
    ["Quyết định số 5.pdf", "pdf", null],
    ["b.png", "jpeg", 120],
  ]);
  // The next attempt of the same form has them again, without sending them; another's form has not.
  const again = await send(formOf({ key, drop: last?.files[1]?.id ?? "" }));
  expect(await again.json()).toMatchObject({ kept: 1 });
  visitor = officer;
  expect(await (await send(formOf({ key }))).json()).toMatchObject({ kept: 0 });
  await clean();
  expect(await onDisk()).toEqual([]);
});

test("whoever may not is refused before the body is read", async () => {
  const parts = [HEAD(100_000_000), KEY_PART, PART, "%PDF-"];
  for (const nobody of [undefined, inspector]) {
    visitor = nobody;
    expect(await raw(parts, "wait", 1_000)).toMatch(/^HTTP\/1\.1 403 /);
  }
  expect(last).toBeUndefined();
  expect(await onDisk()).toEqual([]);
});

test("200 MB are answered 413, announced or not, and leave nothing", async () => {
  const chunk = new Uint8Array(1_000_000).fill(0x41);
  const total = 200_000_000;
  const announced = await raw([HEAD(total), KEY_PART, PART, chunk], "wait", 1_000);
  expect(announced).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"upload.too-large"/);

  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === 0) controller.enqueue(new TextEncoder().encode(KEY_PART + PART));
      sent += chunk.length;
      if (sent > total) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const before = process.memoryUsage().rss;
  const streamed = await fetch(`http://127.0.0.1:${port}/quan-tri/chi/moi`, {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=XX" },
    body,
    duplex: "half",
  } as RequestInit);
  expect(streamed.status).toBe(413);
  expect(await streamed.json()).toMatchObject({ code: "upload.too-large" });
  expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  expect(last).toBeUndefined();
  expect(await onDisk()).toEqual([]);
});

test("one file over its own limit is named, the form stays", async () => {
  const large = new Uint8Array(rules.bytesPerFile + 1);
  large.set(pdfBytes());
  const answered = await send(formOf({ key: newKey(), title: "x", paper: file(large, "a.pdf") }));
  expect(answered.status).toBe(200);
  expect(await answered.json()).toMatchObject({
    title: "x",
    kept: 0,
    refused: [{ problem: { code: "file.too-large", limit: rules.bytesPerFile } }],
  });
  expect(await onDisk()).toEqual([]);
});

test("a form that breaks off leaves nothing, also of the files that were whole", async () => {
  const whole = Buffer.concat([Buffer.from(KEY_PART + PART), pdfBytes(), Buffer.from("\r\n")]);
  // The line is cut, before and within the second file.
  await raw([HEAD(whole.length + 500_000), whole, PART, "%PDF-1.7 half"], "destroy");
  await raw([HEAD(whole.length + 500_000), whole, PART, "%PDF-1.7 half"], "end");
  // The body is as long as announced, but its end is missing.
  const unfinished = await raw([HEAD(whole.length), whole], "wait", 1_000);
  expect(unfinished).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"upload.broken"/);
  await expect.poll(onDisk).toEqual([]);
  expect(await base.db.rows(`select 1 from staged_file`)).toEqual([]);
});

test("too many files, too many fields, files where none belong, no key", async () => {
  const pdf = file(pdfBytes(), "a.pdf");
  const many = Array.from({ length: rules.filesPerRequest + 1 }, () => pdf);
  const files = await send(formOf({ key: newKey(), paper: many }));
  expect([files.status, await files.json()]).toMatchObject([
    413,
    { code: "upload.too-many-files" },
  ]);
  const form = formOf({ key: newKey(), paper: pdf });
  for (let n = 0; n < rules.partsPerRequest; n += 1) form.append("x", "y");
  const fields = await send(form);
  expect([fields.status, await fields.json()]).toMatchObject([
    413,
    { code: "upload.too-many-parts" },
  ]);
  const elsewhere = await send(formOf({ key: newKey(), paper: pdf, other: pdf }));
  expect([elsewhere.status, await elsewhere.json()]).toMatchObject([
    400,
    { code: "upload.unknown-field" },
  ]);
  const keyless = await send(formOf({ paper: pdf }));
  expect([keyless.status, await keyless.json()]).toMatchObject([400, { code: "form.broken" }]);
  expect(await onDisk()).toEqual([]);
});

test("elsewhere than in the office a form with files has the limit of all forms", async () => {
  const sent = await send(
    formOf({ key: newKey(), paper: file(new Uint8Array(5_000), "a.pdf") }),
    "/chien-dich",
  );
  expect(sent.status).toBe(413);
  expect(asked).toBe(0);
});

/** Send files, take them into an act, answer the file's history. */
async function added(fields: Record<string, Blob>, person = clerk) {
  visitor = clerk;
  await send(formOf({ key: newKey(), ...fields }));
  const staged = last?.files ?? [];
  const { services } = composed;
  const kept = await addingFiles(services, staged, (files) =>
    services.official.write((stores) => keepFiles(stores, person, files, subject, now)),
  );
  return kept;
}

test("a photo with a position is public without it; the seal opens with the salt; redaction replaces it", async () => {
  const { services } = composed;
  const { reading, store } = services.files;
  const photo = await phonePhoto(1200, 800);
  const [kept] = must(await added({ photos: file(photo, "IMG_1.jpg") }));
  if (!kept) throw new Error("nothing was kept");
  expect(await base.db.rows(`select 1 from staged_file`)).toEqual([]);

  // Sealed: the digest is of salt and original.
  const salt = (await reading.salt(kept.digest)) ?? "";
  const original = (await (await store.get(kept.blob))?.bytes()) ?? new Uint8Array();
  expect(Buffer.from(original).equals(photo)).toBe(true);
  expect(digestOf({ sha256: sha256Hex }, salt, original)).toBe(kept.digest);
  expect(sha256Hex(original)).not.toBe(kept.digest);
  const papers = must(await services.official.write((stores) => papersOf(stores, [kept.id])));
  expect(papers).toEqual([{ kind: "photo", digest: kept.digest, salt, blob: kept.blob }]);

  // Not public before it is published.
  const name = (n: number) => pictureName(kept.id, n, "large");
  expect(await openPicture(services.files, name(1))).toEqual({ state: "unknown" });
  const tied = { kind: "campaign", id: "LD1" };
  const publish = (person: Person) =>
    services.official.write((stores) =>
      publishFile(stores, person, "campaign.tell", { file: kept.id, tied }, now),
    );
  expect(await publish(stranger)).toMatchObject({ problem: { code: "people.not-your-place" } });
  must(await publish(clerk));
  const shown = await openPicture(services.files, name(1));
  if (shown.state !== "shown") throw new Error(shown.state);
  const text = Buffer.from(await shown.blob.bytes()).toString("latin1");
  for (const word of PHONE_WORDS) expect(text).not.toContain(word);
  expect(await reading.publishedFor("campaign", ["LD1"])).toMatchObject([{ file: kept.id, n: 1 }]);

  // Redacted: the old address is gone, the new one is public; two at once do not both win.
  const boxes = [{ x: 0, y: 0, width: 2400, height: 2400 }];
  const redact = (version: number, person = clerk) =>
    redactFile(services, person, { file: kept.id, version, boxes, reason: "face" });
  expect(await redact(2, inspector)).toMatchObject({ problem: { code: "people.not-your-role" } });
  expect(await redact(1)).toMatchObject({ problem: { code: "office.stale" } });
  const both = await Promise.all([redact(2), redact(2, officer)]);
  expect(both.map((one) => (one.ok ? "done" : one.problem.code)).toSorted()).toEqual([
    "done",
    "office.stale",
  ]);
  expect((await openPicture(services.files, name(1))).state).toBe("gone");
  expect((await openPicture(services.files, name(2))).state).toBe("shown");

  // Covers taken off: withdrawn by it. Published again, withdrawn by itself.
  must(await uncoverFile(services, clerk, { file: kept.id, version: 3 }));
  expect((await openPicture(services.files, name(2))).state).toBe("gone");
  expect((await openPicture(services.files, name(3))).state).toBe("gone");
  must(await publish(clerk));
  expect((await openPicture(services.files, name(3))).state).toBe("shown");
  const withdraw = { file: kept.id, version: 5, reason: "person-asked" } as const;
  must(await withdrawFile(services, officer, withdraw));
  expect((await openPicture(services.files, name(3))).state).toBe("gone");
  expect(await withdrawFile(services, officer, { ...withdraw, version: 6 })).toMatchObject({
    problem: { code: "file.not-public" },
  });

  // Only the original and the last picture's two sizes are kept, and each act has its line.
  expect((await onDisk()).length).toBe(6);
  const lines = await base.db.rows<{ act: string; outcome: string }>(
    `select act, outcome from audit_line where subject = $1 order by n`,
    [kept.id],
  );
  expect(lines.map(({ act }) => act)).toEqual([
    "file.add",
    "campaign.tell",
    "file.redact",
    "file.redact",
    "campaign.tell",
    "file.redact",
  ]);
  for (const table of ["office_file", "file_picture", "file_step"]) {
    await expect(base.db.rows(`delete from ${table}`)).rejects.toThrow(/never changed/);
  }
});

test("an act that is refused or fails leaves what was staged and nothing else", async () => {
  const before = await onDisk();
  const paper = file(pdfBytes("/Lang (vi)"), "a.pdf");
  expect(await added({ paper }, stranger)).toMatchObject({
    problem: { code: "people.not-your-place" },
  });
  expect((await onDisk()).length).toBe(before.length + 2);
  const { services } = composed;
  const failing = addingFiles(services, last?.files ?? [], () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect((await onDisk()).length).toBe(before.length + 2);
  const rows = await base.db.rows(`select 1 from staged_file`);
  expect(rows.length).toBe(1);

  // A day later the nightly job takes it away, and forgotten bytes too, and tells of those nobody knows.
  const { store } = services.files;
  await store.put("staged/2026-01-01/forgotten", new Uint8Array([1]), "x");
  await store.put("originals/orphan", new Uint8Array([1]), "x");
  now = NOW + 23 * 3600;
  expect(await tidyFiles(services.files, now, rules)).toMatchObject({ removed: 1 });
  now = NOW + 25 * 3600;
  expect(await tidyFiles(services.files, now, rules)).toEqual({
    removed: 1,
    orphans: ["originals/orphan"],
    missing: [],
  });
  await store.remove("originals/orphan");
  expect(await onDisk()).toEqual(before);
});

test("what is in the folder tells nothing by its names", async () => {
  const names = await onDisk();
  expect(names.length).toBeGreaterThan(1);
  for (const name of names) {
    expect(name).toMatch(/^[0-9a-f]{2}\/[0-9a-f]{64}\.(dat|meta\.json)$/);
    if (name.endsWith(".json"))
      expect(await readFile(join(folder, name), "utf8")).not.toContain("IMG_1");
  }
});
