import { describe, expect, test } from "vitest";

import { unpack } from "#app/adapters/files/unpack.ts";

import { type FileKind, fileRulesOn } from "./file-rules.ts";
import { examine } from "./format.ts";
import {
  jpegBytes,
  pdfBytes,
  pngBytes,
  webpBytes,
  zipBytes,
} from "../../../tests/support/sample-files.ts";

const rules = fileRulesOn("2026-01-01");
const encoder = new TextEncoder();

function text(...parts: (string | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => [...(typeof part === "string" ? encoder.encode(part) : part)]),
  );
}

function verdict(bytes: Uint8Array, kind: FileKind = "decision"): string {
  const examined = examine(bytes, kind, rules, unpack);
  if (examined.ok) return examined.value.format;
  const { problem } = examined;
  return "found" in problem ? `${problem.code} ${problem.found}` : problem.code;
}

describe("what is taken", () => {
  test.each([
    ["jpeg", jpegBytes(40, 30)],
    ["png", pngBytes(40, 30)],
    ["webp", webpBytes(40, 30)],
    ["pdf", pdfBytes()],
    ["pdf", text("\ufeff\r\n", pdfBytes())],
    ["jpeg", text(jpegBytes(40, 30), "MotionPhoto_Data and a film that phones put behind")],
  ] as const)("%s", (format, bytes) => expect(verdict(bytes)).toBe(format));

  test.each([
    ["64 million of a phone", jpegBytes(8000, 8000, { factors: [0x22, 0x11, 0x11], scan: 3 })],
    [
      "24 million progressive",
      jpegBytes(6000, 4000, { factors: [0x22, 17, 17], progressive: true }),
    ],
    ["64 million grey", pngBytes(8000, 8000, { colour: 0 })],
    [
      "a scan of A4 at 600 dpi, 16 bits, interlaced",
      pngBytes(4961, 3508, { depth: 16, interlaced: true }),
    ],
    ["30 million of WebP", webpBytes(6000, 5000)],
  ])("%s", (_name, bytes) => {
    expect(examine(bytes, "photo", rules, unpack).ok).toBe(true);
  });

  test("pictures tell their size", () => {
    for (const bytes of [jpegBytes(40, 30), pngBytes(40, 30), webpBytes(40, 30)]) {
      expect(examine(bytes, "photo", rules, unpack)).toMatchObject({
        value: { width: 40, height: 30 },
      });
    }
  });

  test.each([
    ["xlsx", zipBytes(["[Content_Types].xml", "xl/workbook.xml"])],
    ["csv", text("Ngày;Số tiền;Nội dung\n01/07/2026;500.000;QN ABC\n")],
    ["csv", text("\ufeffa,b,c\r\n1,2,<script>alert(1)</script>\r\n3,4,=cmd|' /C calc'!A0\r\n")],
    ["pdf", pdfBytes()],
  ] as const)("statement as %s", (format, bytes) => {
    expect(verdict(bytes, "statement")).toBe(format);
  });
});

describe("what is refused, whatever it is called", () => {
  const html = "<!DOCTYPE html><html><body>hello</body></html>";
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  test.each([
    ["an empty file", new Uint8Array(), "file.empty"],
    ["SVG", text(svg), "file.not-allowed svg"],
    ["SVG with a prolog", text('<?xml version="1.0"?>\n<!-- x -->', svg), "file.not-allowed svg"],
    ["SVG behind a mark and spaces", text("\ufeff \n", svg), "file.not-allowed svg"],
    ["HTML", text(html), "file.not-allowed html"],
    ["HTML in capitals", text(html.toUpperCase()), "file.not-allowed html"],
    [
      "HTML with commas in lines",
      text("<html>,,,\n<b>a,b,c,d\n<i>1,2,3,4\n"),
      "file.not-allowed html",
    ],
    ["XML", text("<note><to>x</to></note>"), "file.not-allowed html"],
    ["a script", text("const a = 1;\nalert(a);\n"), "file.not-allowed script"],
    ["a shell script", text("#!/bin/sh\nrm -rf /\n"), "file.not-allowed script"],
    ["PHP", text("<?php system($_GET['c']); ?>"), "file.not-allowed script"],
    ["GIF", text("GIF89a", new Uint8Array(20)), "file.not-allowed gif"],
    [
      "GIF that is a script too",
      text("GIF89a=1;/*", new Uint8Array(9), "*/alert(1)"),
      "file.not-allowed gif",
    ],
    ["HEIC of a phone", text("\0\0\0\x18ftypheic", new Uint8Array(40)), "file.not-allowed heic"],
    ["a film", text("\0\0\0\x18ftypmp42", new Uint8Array(40)), "file.not-allowed video"],
    ["TIFF", text("II*\0", new Uint8Array(40)), "file.not-allowed tiff"],
    ["a program", text("MZ", new Uint8Array(90)), "file.not-allowed executable"],
    ["an ELF program", text("\x7fELF", new Uint8Array(90)), "file.not-allowed executable"],
    ["an archive", zipBytes(["a.txt"]), "file.not-allowed archive"],
    [
      "a document of Word",
      zipBytes(["[Content_Types].xml", "word/document.xml"]),
      "file.not-allowed word",
    ],
    [
      "noise",
      Uint8Array.from({ length: 600 }, (_, n) => (n * 97 + 13) % 251),
      "file.not-allowed unknown",
    ],
    ["words", text("Kính gửi Ban Dân tộc"), "file.not-allowed unknown"],
    ["HTML before a PDF", text(html, pdfBytes()), "file.not-allowed html"],
    ["a script before a PDF", text("alert(1);//", pdfBytes()), "file.not-allowed script"],
    [
      "markup far before a PDF",
      text("x".repeat(300), "<b>", pdfBytes()),
      "file.not-allowed unknown",
    ],
    ["1025 bytes before a PDF", text(" ".repeat(1025), pdfBytes()), "file.junk-before"],
    ["PDF with HTML behind", text(pdfBytes(), html), "file.active-content"],
    ["PDF with a zip behind", text(pdfBytes(), "PK\x03\x04"), "file.active-content"],
    [
      "PDF with JavaScript",
      pdfBytes("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
      "file.active-content",
    ],
    [
      "PDF that starts a program",
      pdfBytes("/A << /S /Launch /F (cmd.exe) >>"),
      "file.active-content",
    ],
    ["PDF without an end", pdfBytes().subarray(0, -20), "file.truncated"],
    ["half a JPEG", jpegBytes(40, 30).subarray(0, -2), "file.truncated"],
    ["a JPEG's head", jpegBytes(40, 30).subarray(0, 12), "file.truncated"],
    [
      "JPEG magic before HTML",
      text(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), html),
      "file.truncated",
    ],
    ["PNG magic before HTML", text(pngBytes(4, 4).subarray(0, 8), html), "file.damaged"],
    ["half a PNG", pngBytes(40, 30).subarray(0, -12), "file.truncated"],
    ["half a WebP", webpBytes(40, 30).subarray(0, -3), "file.truncated"],
    ["a PNG of 40,000 x 40,000", pngBytes(40_000, 40_000), "file.too-many-pixels"],
    ["a JPEG of 65,000 x 65,000", jpegBytes(65_000, 65_000), "file.too-many-pixels"],
    [
      "64 million pixels of 16 bits",
      pngBytes(8000, 8000, { depth: 16, colour: 2 }),
      "file.too-costly",
    ],
    ["64 million interlaced", pngBytes(8000, 8000, { interlaced: true }), "file.too-costly"],
    [
      "64 million progressive",
      jpegBytes(8000, 8000, { factors: [0x11, 0x11, 0x11], progressive: true }),
      "file.too-costly",
    ],
    [
      "64 million in scans by component",
      jpegBytes(8000, 8000, { factors: [0x11, 0x11, 0x11] }),
      "file.too-costly",
    ],
    ["64 million of WebP", webpBytes(8000, 8000), "file.too-costly"],
  ] as const)("%s", (_name, bytes, expected) => expect(verdict(bytes)).toBe(expected));

  test("more than the limit", () => {
    expect(verdict(new Uint8Array(rules.bytesPerFile + 1))).toBe("file.too-large");
  });

  test("a kind takes its own formats only", () => {
    expect(verdict(pdfBytes(), "photo")).toBe("file.not-for-kind pdf");
    expect(verdict(jpegBytes(40, 30), "statement")).toBe("file.not-for-kind jpeg");
    expect(verdict(text("a,b,c\n1,2,3\n"), "decision")).toBe("file.not-for-kind csv");
  });

  test("a workbook with macros, one cut off, one that unpacks to more than allowed", () => {
    const names = ["[Content_Types].xml", "xl/workbook.xml"];
    expect(verdict(zipBytes([...names, "xl/vbaProject.bin"]), "statement")).toBe("file.macros");
    expect(verdict(zipBytes(names).subarray(0, -4), "statement")).toBe("file.truncated");
    expect(verdict(zipBytes(names, 0x7fff_ffff), "statement")).toBe("file.too-large");
  });

  test("a table that is no text", () => {
    expect(verdict(text("a,b,c\n1,2,\x003\n4,5,6\n"), "statement")).toBe(
      "file.not-allowed unknown",
    );
  });
});
