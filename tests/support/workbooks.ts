/** Workbooks made by hand, as communes send them: XLSX is XML in a zip. */
import { strToU8, zipSync } from "fflate";

/** A cell: a text, a number, or raw XML of a `<c>` with `@` for its reference. */
type Cell = string | number | { readonly xml: string } | null;

export interface MadeSheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly merged?: readonly string[];
  readonly hidden?: boolean;
}

/** Style 1 shows a number as a day, style 2 by a format of its own. */
const STYLES = `<styleSheet><numFmts count="1"><numFmt numFmtId="170" formatCode="dd\\/mm\\/yyyy;@"/></numFmts>
<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>`;

/** The bytes of a workbook. Texts are shared strings, as Excel keeps them. */
export function workbook(...sheets: MadeSheet[]): Uint8Array {
  const texts: string[] = [];
  const files: Record<string, Uint8Array> = {
    "[Content_Types].xml": strToU8(`<Types/>`),
    "xl/styles.xml": strToU8(STYLES),
    "xl/workbook.xml": strToU8(
      `<workbook xmlns:r="r"><sheets>${sheets
        .map(
          ({ name, hidden }, n) =>
            `<sheet name="${escaped(name)}" sheetId="${n + 1}"${hidden ? ' state="hidden"' : ""} r:id="rId${n + 1}"/>`,
        )
        .join("")}</sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      `<Relationships>${sheets.map((_, n) => `<Relationship Id="rId${n + 1}" Target="worksheets/sheet${n + 1}.xml"/>`).join("")}</Relationships>`,
    ),
  };
  for (const [n, { rows, merged = [] }] of sheets.entries()) {
    const body = rows
      .map(
        (cells, row) =>
          `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${row + 1}`, texts)).join("")}</row>`,
      )
      .join("");
    const merges = merged.map((ref) => `<mergeCell ref="${ref}"/>`).join("");
    files[`xl/worksheets/sheet${n + 1}.xml`] = strToU8(
      `<worksheet><sheetData>${body}</sheetData><mergeCells>${merges}</mergeCells></worksheet>`,
    );
  }
  files["xl/sharedStrings.xml"] = strToU8(
    `<sst>${texts.map((text) => `<si><r><t xml:space="preserve">${escaped(text)}</t></r><rPh><t>không đọc</t></rPh></si>`).join("")}</sst>`,
  );
  return zipSync(files, { level: 1 });
}

function cellXml(cell: Cell, reference: string, texts: string[]): string {
  if (cell === null) return "";
  if (typeof cell === "number") return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === "object") return cell.xml.replace("@", reference);
  texts.push(cell);
  return `<c r="${reference}" t="s"><v>${texts.length - 1}</v></c>`;
}

const letters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + letters(column % 26);

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
