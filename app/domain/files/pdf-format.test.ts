import { deflateSync } from "node:zlib";

import { describe, expect, test } from "vitest";

import { unpack } from "#app/adapters/files/unpack.ts";

import { pdfBytes } from "../../../tests/support/sample-files.ts";
import { checkPdf } from "./pdf-format.ts";

function verdict(bytes: Uint8Array): string {
  const checked = checkPdf(bytes, unpack);
  return checked.ok ? "taken" : checked.problem.code;
}

/** A paper with more objects behind its own; they begin at number 9. */
function withObjects(catalogue: string, ...objects: string[]): Uint8Array {
  const more = objects.map((object, n) => `${n + 9} 0 obj\n${object}\nendobj\n`).join("");
  const text = Buffer.from(pdfBytes(catalogue)).toString("latin1");
  return Buffer.from(text.replace("xref\n", `${more}xref\n`), "latin1");
}

/** An object stream that holds one object of number 20. */
function packed(object: string, { filter = "/FlateDecode", head = "/Type /ObjStm" } = {}): string {
  const data = deflateSync(Buffer.from(`20 0 ${object}`)).toString("latin1");
  return `<< ${head} /N 1 /First 5 /Filter ${filter} /Length ${data.length} >>\nstream\n${data}\nendstream`;
}

const LINK = "/Type /Annot /Subtype /Link /Rect [0 0 9 9]";

describe("papers of offices are taken", () => {
  test.each([
    [
      "Word",
      "/Lang (vi-VN) /StructTreeRoot 9 0 R /MarkInfo << /Marked true >> /Metadata 10 0 R /ViewerPreferences 11 0 R",
      "<< /Type /StructTreeRoot /K [ << /Type /StructElem /S /P /A << /O /Layout /Placement /Block >> >> ] >>",
      "<< /Type /Metadata /Subtype /XML /Length 3 >>\nstream\n<a>\nendstream",
      "<< /DisplayDocTitle true >>",
      `<< ${LINK} /A << /Type /Action /S /URI /URI (https://dantoc.example.vn/(a) JS) >> >>`,
      packed("<< /Type /Font /BaseFont /ABCDEE+Times#20New#20Roman >>"),
    ],
    [
      "LibreOffice",
      "/OpenAction [3 0 R /XYZ null null 0] /Lang (vi-VN) /Outlines 9 0 R /OutputIntents [<< /S /GTS_PDFA1 >>]",
      "<< /First 10 0 R /Count 1 >>",
      "<< /Title (Muc) /Next 11 0 R /A << /S /GoTo /D [3 0 R /Fit] >> >>",
      "<< /Title (Muc 2) /Dest [3 0 R /Fit] >>",
    ],
    [
      "a scanner",
      "",
      "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /Filter /DCTDecode /Length 9 >>\nstream\n/JS(<<[obj\nendstream",
    ],
    [
      "a signed one",
      "/AcroForm << /SigFlags 3 /Fields [9 0 R] >> /Perms << >>",
      "<< /FT /Sig /Subtype /Widget /Rect [0 0 0 0] >>",
    ],
  ])("%s", (_name, catalogue, ...objects) => {
    expect(verdict(withObjects(catalogue, ...objects))).toBe("taken");
  });
});

describe("what acts, carries files or leads into them is refused, however it is spelled", () => {
  test.each([
    ["a script in the other spelling", "/OpenAction << /S /Java#53cript /J#53 (x) >>"],
    ["a program in the other spelling", "/OpenAction 9 0 R", "<< /#53 /L#61unch /F (x) >>"],
    ["another file", "/OpenAction << /S /GoToR /F (\\\\\\\\far\\\\a.pdf) >>"],
    ["an embedded file", "/OpenAction << /S /GoToE >>"],
    ["an unknown action", "/OpenAction << /S /Surprise >>"],
    ["a print at opening", "/OpenAction << /S /Named /N /Print >>"],
    ["files of names", "/Names << /EmbeddedFiles << /Names [(a) 9 0 R] >> >>"],
    ["scripts of names, elsewhere", "/Names 9 0 R", "<< /Java#53cript << >> >>"],
    ["a form of its own", "/AcroForm << /X#46A 9 0 R >>", "<< >>"],
    ["something at an event", "/AA << /WC 9 0 R >>", "<< >>"],
    ["a portfolio", "/Collection << /View /D >>"],
    ["a link that starts a program later", "", `<< ${LINK} /A 10 0 R >>`, "<< /S /GoToR >>"],
    ["one behind another", "", "<< /S /URI /Next [10 0 R] >>", "<< /S /ImportD#61ta >>"],
    ["its kind elsewhere", "/OpenAction << /S 9 0 R >>", "/GoToR"],
    ["an action that is not there", "/OpenAction 77 0 R"],
    ["a far-away reference", "/OpenAction 9      %\n            0 %R\n R", "<< /S /GoToR >>"],
    ["two kinds", "/OpenAction << /S /URI /S /GoToR >>"],
    ["a pinned file", "", "<< /Type /Annot /Subtype /File#41ttachment /Rect [0 0 9 9] >>"],
    ["in packed objects", "/OpenAction 20 0 R", packed("<< /S /GoToR /F (a) >>")],
    ["in packed objects of no type", "/OpenAction 20 0 R", packed("<< /S /Hide >>", { head: "" })],
    [
      "in what calls itself a stream",
      "",
      "<< >>\nstream\n30 0 obj << /Type /Action /S /Hide >>\nendstream",
    ],
  ])("%s", (_name, catalogue, ...objects) => {
    expect(verdict(withObjects(catalogue, ...objects))).toBe("file.active-content");
  });
});

test("what cannot be looked into is told so", () => {
  const other = packed("<< >>", { filter: "[/ASCIIHexDecode /FlateDecode]" });
  expect(verdict(withObjects("", other))).toBe("file.closed-pdf");
  const damaged = packed("<< >>").replace("stream\nx", "stream\nz");
  expect(verdict(withObjects("", damaged))).toBe("file.closed-pdf");
  const locked = Buffer.from(pdfBytes())
    .toString("latin1")
    .replace("/Root", "/Encrypt 9 0 R /Root");
  expect(verdict(Buffer.from(locked, "latin1"))).toBe("file.closed-pdf");
  const bomb = deflateSync(Buffer.alloc(40 * 1024 * 1024)).toString("latin1");
  const large = `<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode >>\nstream\n${bomb}\nendstream`;
  expect(verdict(withObjects("", large))).toBe("file.closed-pdf");
});

test.each([
  ["strings without an end", "1 0 obj ( ".repeat(4000)],
  ["arrays in arrays", "[".repeat(1000)],
  ["more objects than a paper has", "1 0 obj ".repeat(1_000_000)],
])("a trap for readers, %s, is left before it takes long", (_name, object) => {
  expect(verdict(withObjects("", object))).toBe("file.closed-pdf");
});
