/**
 * Whether a sheet of names in one's hand is the list that is in the books, computed from what is printed on it. Part of the outside
 * script: nothing of the application is imported here, only what Node has. The bytes are described in
 * docs/recipes/check-a-list.md.
 *
 *   node tests/outside/check-list.ts sheet.txt [https://site]
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { type Source, siteSource } from "./source.ts";

/** What is printed on a sheet. */
export interface TypedSheet {
  readonly list: string;
  readonly version: number;
  readonly sheet: string;
  readonly entry: number | undefined;
  readonly lines: readonly {
    readonly code: string;
    readonly name: string;
    readonly village: string;
    readonly category: string;
    readonly heads: number;
    readonly amount: number;
    readonly reserve: boolean;
  }[];
}

/** Categories as the sheet prints them, in both languages. */
const CATEGORIES: Readonly<Record<string, string>> = {
  "hộ nghèo": "poor",
  "hộ cận nghèo": "near_poor",
  "hộ mới thoát nghèo": "escaped",
  "hộ khác": "other",
  poor: "poor",
  "near-poor": "near_poor",
  "lately out of poverty": "escaped",
  other: "other",
};

/** Read a sheet as it was typed: `list`, `version`, `sheet`, `entry` each on a line, then a line a household, parts with `|`. */
export function readSheet(text: string): TypedSheet {
  const head = new Map<string, string>();
  const lines: TypedSheet["lines"][number][] = [];
  for (const raw of text.normalize("NFC").split(/\r?\n/)) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    if (!line.includes("|")) {
      const [name = "", ...rest] = line.split(/[:\s]+/);
      head.set(name.toLowerCase(), rest.join(" "));
      continue;
    }
    const [code = "", name = "", village = "", category = "", heads = "", amount = "", note = ""] =
      line.split("|").map((part) => part.trim());
    lines.push({
      code,
      name,
      village,
      category: CATEGORIES[category.toLowerCase()] ?? category,
      heads: Number(heads),
      amount: Number(amount.replace(/[.,\sđ₫]/gu, "")),
      reserve: note !== "",
    });
  }
  const entry = head.get("entry")?.replace(/[#.,]/g, "");
  return {
    list: head.get("list") ?? "",
    version: Number(head.get("version")),
    sheet: (head.get("sheet") ?? "").replace(/\s/g, ""),
    entry: entry === undefined ? undefined : Number(entry),
    lines,
  };
}

/** SHA-256 of the canonical bytes, 64 hex signs. */
export function checksum({ list, version, sheet, lines }: TypedSheet): string {
  const supported = lines.filter(({ reserve }) => !reserve);
  const sum = (of: (line: TypedSheet["lines"][number]) => number) =>
    supported.reduce((all, line) => all + of(line), 0);
  // RFC 8785: keys in order, no blanks, numbers as they are, texts in NFC.
  const text = JSON.stringify({
    lines: lines.map((line) => ({
      amount: line.amount,
      category: line.category,
      code: line.code,
      heads: line.heads,
      name: line.name.normalize("NFC"),
      reserve: line.reserve,
      village: line.village.normalize("NFC"),
    })),
    list,
    sheet,
    totals: {
      amount: sum(({ amount }) => amount),
      heads: sum(({ heads }) => heads),
      households: supported.length,
      reserves: lines.length - supported.length,
    },
    v: 1,
    version,
  });
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** What the log and the site say of a checksum. */
export async function askedOf(source: Source, sheet: TypedSheet) {
  const computed = checksum(sheet);
  const bytes =
    sheet.entry === undefined ? undefined : await source.text(`/log/v1/entries/${sheet.entry}`);
  const entry = JSON.parse(bytes ?? "{}") as {
    kind?: string;
    facts?: { checksum?: string; list?: string; version?: number };
  };
  const page = (await source.text(`/niem-yet?checksum=${computed}`)) ?? "";
  return {
    computed,
    inLog:
      entry.kind === "list-decided" &&
      entry.facts?.checksum === computed &&
      entry.facts.list === sheet.list,
    onWeb:
      page.includes(`/niem-yet/${sheet.list}`) &&
      !page.includes("Không có danh sách nào mang mã này"),
  };
}

if (process.argv[1] === import.meta.filename) {
  const [, , file, site] = process.argv;
  if (file === undefined)
    throw new Error("node tests/outside/check-list.ts sheet.txt [https://site]");
  const sheet = readSheet(await readFile(file, "utf8"));
  console.log(checksum(sheet).match(/.{4}/g)?.join(" "));
  if (site !== undefined) {
    const { inLog, onWeb } = await askedOf(siteSource(site), sheet);
    console.log(`in the log entry: ${inLog ? "yes" : "NO"}; on the web: ${onWeb ? "yes" : "NO"}`);
    if (!inLog || !onWeb) process.exitCode = 1;
  }
}
