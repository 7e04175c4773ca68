import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { digestOf } from "#app/domain/acts/paper.ts";
import { addingFiles, keepFiles } from "#app/domain/files/add-files.ts";
import { publishFile } from "#app/domain/files/change-picture.ts";
import type { FileKind } from "#app/domain/files/file-rules.ts";
import { fileRulesOn } from "#app/domain/files/file-rules.ts";
import { pictureName } from "#app/domain/files/public-picture.ts";
import { stageFile } from "#app/domain/files/stage-files.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { Person } from "#app/domain/people/may.ts";
import { officePath } from "#app/i18n/office-paths.ts";

import { app, type TestApp } from "../support/app.ts";
import { holder, holdersSql, holding } from "../support/office-person.ts";
import { PHONE_WORDS, pdfBytes, phonePhoto } from "../support/sample-files.ts";

const COMMUNE = "20446";
const subject = {
  kind: "campaign",
  id: "LD1",
  communes: [COMMUNE],
  district: null,
  twin: null,
} as const;
const clerk = holder("clerk", "commune-clerk", COMMUNE);
const elsewhere = holder("elsewhere", "commune-clerk", "20707");
const inspector = holder("inspector", "finance-inspector", null);
const administrator = holder("administrator", "administrator", null);

let folder: string;
let site: TestApp;
let visitor: Person | undefined;
let photo: Uint8Array;
let picture: string;
let paper: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "office-files-"));
  site = await app({ FILES_DIRECTORY: folder });
  await site.asOwner(holdersSql([clerk, elsewhere, inspector, administrator]));
  // Who is signed in is another file's matter: here somebody simply is.
  const { accounts, official } = site.services;
  Object.assign(site.services, {
    accounts: { ...accounts, visitor: async () => ({ person: visitor, locale: undefined }) },
    official: holding(official, [clerk, elsewhere, inspector, administrator]),
  });
  photo = await phonePhoto(1200, 800);
  picture = await add("photo", "IMG_20260701 Trà Mai.jpg", photo);
  paper = await add("decision", "Quyết định số 5/QĐ.pdf", pdfBytes());
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  visitor = clerk;
});

async function add(kind: FileKind, name: string, bytes: Uint8Array): Promise<string> {
  const { services } = site;
  const form = { form: `form-${name}`, person: clerk.id, field: "f", kind, name, bytes };
  const staged = must(await stageFile(services, form, fileRulesOn("2026-11-23")));
  await services.files.staged.add([staged]);
  const kept = await addingFiles(services, [staged], (files) =>
    services.official.write((stores) => keepFiles(stores, clerk, files, subject, services.now())),
  );
  return must(kept)[0]?.id ?? "";
}

const page = (file: string) => officePath("file", { file });
const bytesOf = (file: string) => officePath("fileBytes", { file });
const hinh = (n: number, size: "large" | "small" = "large") =>
  `/hinh/${pictureName(picture, n, size)}`;

async function versionNow(): Promise<string> {
  const html = await (await site.get(page(picture))).text();
  return /name="version" value="(\d+)"/.exec(html)?.[1] ?? "";
}

test("nobody, other communes and roles without papers get 403 with nothing in it, known or not", async () => {
  for (const who of [undefined, elsewhere, administrator]) {
    visitor = who;
    for (const path of [page(picture), bytesOf(picture), bytesOf(paper)]) {
      const answer = await site.get(path);
      const text = await answer.text();
      expect(answer.status, path).toBe(403);
      expect(text).not.toMatch(/IMG_2026|Quyết định số 5|[0-9a-f]{64}/);
      expect((await site.post(path, { intent: "withdraw" })).status, path).toBeOneOf([403, 405]);
    }
  }
  visitor = administrator;
  expect((await site.get(page("a".repeat(26)))).status).toBe(403);
  visitor = clerk;
  expect((await site.get(page("a".repeat(26)))).status).toBe(404);
});

test("the page shows digest and salt, and with the original they open the seal", async () => {
  for (const who of [clerk, inspector]) {
    visitor = who;
    const html = await (await site.get(page(picture))).text();
    expect(html).toContain("IMG_20260701 Trà Mai.jpg");
    const [digest = "", salt = ""] = [...html.matchAll(/<code[^>]*>([0-9a-f]{64})<\/code>/g)].map(
      ([, hex]) => hex,
    );
    const answer = await site.get(bytesOf(picture));
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; .*filename\*=UTF-8''IMG_20260701%20Tr/,
    );
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(answer.headers.get("cache-control")).toContain("no-store");
    const original = new Uint8Array(await answer.arrayBuffer());
    expect(Buffer.from(original).equals(photo)).toBe(true);
    expect(digestOf({ sha256: sha256Hex }, salt, original)).toBe(digest);
  }
});

test("the picture in the office is the one drawn anew; a paper is a download whatever is asked", async () => {
  const shown = await site.get(`${bytesOf(picture)}?ban=anh`);
  expect(shown.headers.get("content-type")).toBe("image/webp");
  const text = Buffer.from(await shown.arrayBuffer()).toString("latin1");
  for (const word of PHONE_WORDS) expect(text).not.toContain(word);
  for (const query of ["", "?ban=anh", "?ban=nho"]) {
    const answer = await site.get(`${bytesOf(paper)}${query}`);
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  }
});

test("only who may redact sees the form, and only theirs is taken", async () => {
  visitor = inspector;
  expect(await (await site.get(page(picture))).text()).not.toContain('name="cell"');
  const refused = await site.post(page(picture), {
    intent: "redact",
    version: "1",
    cell: "0-0",
    reason: "face",
  });
  expect(refused.status).toBe(403);
});

test("from published to redacted to withdrawn, over the forms alone", async () => {
  expect((await site.get(hinh(1))).status).toBe(404);
  const { services } = site;
  const tied = { kind: "campaign", id: "LD1" };
  const published = await services.official.write((stores) =>
    publishFile(stores, clerk, "campaign.tell", { file: picture, tied }, services.now()),
  );
  expect(published.ok).toBe(true);
  visitor = undefined;
  const open = await site.get(hinh(1));
  expect(open.status).toBe(200);
  expect(Object.fromEntries(open.headers)).toMatchObject({
    "content-type": "image/webp",
    "content-disposition": "inline",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": expect.stringMatching(/max-age=31536000.*immutable/),
  });

  // What is wrong is told, and what was ticked stays ticked.
  visitor = clerk;
  const version = await versionNow();
  const nothing = await site.post(page(picture), {
    intent: "redact",
    version,
    view: "0.0.0",
    reason: "face",
  });
  expect([nothing.status, await nothing.text()]).toEqual([
    422,
    expect.stringContaining("Chưa chọn phần nào"),
  ]);
  const noReason = await site.post(page(picture), {
    intent: "redact",
    version,
    view: "0.0.0",
    cell: "3-4",
  });
  expect(noReason.status).toBe(422);
  expect(await noReason.text()).toMatch(
    /name="cell"[^>]*checked=""[^>]*value="3-4"|value="3-4"[^>]*checked=""|checked=""[^>]*value="3-4"/,
  );
  const outside = await site.post(page(picture), {
    intent: "redact",
    version,
    view: "0.0.0",
    reason: "face",
    left: "90",
    top: "0",
    width: "20",
    height: "5",
  });
  expect([outside.status, await outside.text()]).toEqual([
    422,
    expect.stringContaining("phải nằm trong ảnh"),
  ]);

  const done = await site.post(page(picture), {
    intent: "redact",
    version,
    view: "1.0.0",
    cell: "0-0",
    reason: "face",
    left: "50",
    top: "50",
    width: "12,5",
    height: "25",
  });
  expect([done.status, done.headers.get("location")]).toEqual([303, `${page(picture)}?vung=1.0.0`]);
  const stale = await site.post(page(picture), {
    intent: "redact",
    version,
    cell: "1-1",
    reason: "face",
  });
  expect([stale.status, await stale.text()]).toEqual([
    409,
    expect.stringContaining("Trong lúc đó"),
  ]);

  visitor = undefined;
  const gone = await site.get(hinh(1));
  expect([gone.status, gone.headers.get("cache-control")]).toEqual([410, "no-store"]);
  for (const size of ["large", "small"] as const) {
    const bytes = Buffer.from(await (await site.get(hinh(2, size))).arrayBuffer());
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const light = (x: number, y: number) =>
      data[
        (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
      ] ?? -1;
    // One patch of the box of 50 to 62.5 percent across and 50 to 75 down is one colour; beside the box the photograph is not.
    const spread = (left: number) => {
      const seen = [0.003, 0.011, 0.019, 0.027, 0.035].flatMap((across) =>
        [0.52, 0.54, 0.56].map((y) => light(left + across, y)),
      );
      return Math.max(...seen) - Math.min(...seen);
    };
    expect(spread(0.5)).toBeLessThan(8);
    expect(spread(0.7)).toBeGreaterThan(16);
  }

  visitor = clerk;
  const html = await (await site.get(page(picture))).text();
  expect(html).toContain("Khuôn mặt của người chưa đồng ý");
  const withdrawn = await site.post(page(picture), {
    intent: "withdraw",
    version: await versionNow(),
    reason: "person-asked",
  });
  expect(withdrawn.status).toBe(303);
  expect((await site.get(hinh(2))).status).toBe(410);
  expect(site.errors).toEqual([]);
});

test.each(["x", "..%2f..%2fetc", "a-1-640.webp", `${"a".repeat(26)}-1-640.webp`])(
  "/hinh/%s is a 404",
  async (name) => expect((await site.get(`/hinh/${name}`)).status).toBe(404),
);
