/** Everything that is published, as the files of one folder. */
import type { OpenDataReading, ZippedFile } from "./ports.ts";
import { publishSet } from "./publish-set.ts";
import { SET_NAMES } from "./sets.ts";

/** All tables as of entry `head` as CSV for spreadsheets, behind the texts that explain them. */
export function publishAll(
  openData: Pick<OpenDataReading, "pages">,
  asked: { readonly head: number; readonly readme: string; readonly dataPackage: string },
): ZippedFile[] {
  const { head, readme, dataPackage } = asked;
  return [
    { name: "README.txt", parts: [readme] },
    { name: "datapackage.json", parts: [dataPackage] },
    ...SET_NAMES.map((set) => ({
      name: `${set}.csv`,
      parts: publishSet(openData, { set, format: "csv", head, mark: true }),
    })),
  ];
}
