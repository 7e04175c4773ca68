/** What an outsider would download, made from a test database without a site around it. */
import type { Cell } from "#app/domain/open-data/column.ts";
import { dataPackage } from "#app/domain/open-data/data-package.ts";
import { donationRecord } from "#app/domain/open-data/donation-record.ts";
import type { OpenDataReading } from "#app/domain/open-data/ports.ts";
import { publishSet } from "#app/domain/open-data/publish-set.ts";
import { SET_NAMES, type SetName } from "#app/domain/open-data/sets.ts";
import type { DataWords } from "#app/domain/open-data/words.ts";

import english from "../../locales/en/data.json" with { type: "json" };
import vietnamese from "../../locales/vi/data.json" with { type: "json" };
import type { Source } from "../outside/source.ts";

/** Everything published, by address; what an outsider would download. */
export async function publishAll(openData: OpenDataReading): Promise<Map<string, string>> {
  const head = await openData.head();
  const files = new Map<string, string>();
  for (const set of SET_NAMES) {
    for (const format of ["csv", "json"] as const) {
      let text = "";
      for await (const part of publishSet(openData, { set, format, head })) text += part;
      files.set(`/data/v1/${set}.${format}`, text);
    }
  }
  for (const { donation } of rowsOf(files, "donations")) {
    const gift = await openData.gift(String(donation), head);
    if (gift) files.set(`/data/v1/donations/${String(donation)}.json`, donationRecord(gift));
  }
  const words = { vi: vietnamese as DataWords, en: english as DataWords };
  const described = dataPackage(words, {
    head,
    origin: "https://ketnghia.example",
    demo: true,
    at: "folder",
  });
  return files.set("/data/v1/datapackage.json", JSON.stringify(described));
}

/** The rows of one published set. */
export function rowsOf(files: ReadonlyMap<string, string>, set: SetName): Record<string, Cell>[] {
  return JSON.parse(files.get(`/data/v1/${set}.json`) ?? "[]") as Record<string, Cell>[];
}

/** Published files as the outside script reads them. */
export function sourceOf(files: ReadonlyMap<string, string>): Source {
  return { name: "test", live: true, text: async (address) => files.get(address) };
}
