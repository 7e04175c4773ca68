import type { Day } from "../kernel/calendar.ts";

/** What a file is in the office: the papers of `acts/paper.ts`, pictures, and statements of a bank. */
export const FILE_KINDS = [
  "decision",
  "contract",
  "acceptance-minutes",
  "handover-minutes",
  "minutes",
  "letter",
  "payment-order",
  "invoice",
  "photo",
  "statement",
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What the bytes are, told by the bytes alone. */
const FILE_FORMATS = ["jpeg", "png", "webp", "pdf", "xlsx", "csv"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

const PICTURES = ["jpeg", "png", "webp"] as const satisfies readonly FileFormat[];

/** A scan or a photograph of a paper is as good as a PDF. */
const PAPERS = [...PICTURES, "pdf"] as const satisfies readonly FileFormat[];

/** Formats that each kind may come in. */
export const FORMATS_OF: Readonly<Record<FileKind, readonly FileFormat[]>> = {
  decision: PAPERS,
  contract: PAPERS,
  "acceptance-minutes": PAPERS,
  "handover-minutes": PAPERS,
  minutes: PAPERS,
  letter: PAPERS,
  "payment-order": PAPERS,
  invoice: PAPERS,
  photo: PICTURES,
  statement: ["xlsx", "csv", "pdf"],
};

/** Media type under which each format is sent, whatever the uploader called it. */
export const MEDIA_TYPES: Readonly<Record<FileFormat, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
};

/** Whether a format is a picture, which is shown re-encoded. */
export function isPicture(format: FileFormat): boolean {
  return format === "jpeg" || format === "png" || format === "webp";
}

/** Limits of what may be sent, in force from a day on. */
export interface FileRules {
  readonly from: Day;
  readonly bytesPerFile: number;
  /** All files of one form together, bytes. */
  readonly bytesPerRequest: number;
  readonly filesPerRequest: number;
  /** Files kept under one form that is not finished, over all its attempts. */
  readonly filesPerForm: number;
  /** Fields and files of one form. */
  readonly partsPerRequest: number;
  /** Width times height: more would cost too much memory to draw. */
  readonly pixels: number;
  /** Bytes of all decoded samples of a picture: what drawing it costs, however small its file is. */
  readonly decodedBytes: number;
  /** The same for a picture that must stand whole in memory before its first line can be drawn. */
  readonly wholeBytes: number;
  /** Bytes before `%PDF` that readers of PDF put up with (ISO 32000-1, annex H.3). */
  readonly bytesBeforePdf: number;
  /** What a workbook may grow to when unpacked, bytes. */
  readonly unpackedBytes: number;
  /** A file of a form that was never finished goes after this many hours. */
  readonly stagedHours: number;
}

const MB = 1024 * 1024;

/** Our own rule rows, newest last: issue 3 part 4 asks for limits, no law names them. */
export const FILE_RULES: readonly [FileRules, ...FileRules[]] = [
  {
    from: "2022-01-01",
    bytesPerFile: 20 * MB,
    bytesPerRequest: 60 * MB,
    filesPerRequest: 12,
    filesPerForm: 24,
    partsPerRequest: 400,
    // A phone's 64 million pixels in three channels of 8 bits are 183 MB, line by line.
    pixels: 64_000_000,
    decodedBytes: 256 * MB,
    wholeBytes: 128 * MB,
    bytesBeforePdf: 1024,
    unpackedBytes: 200 * MB,
    stagedHours: 24,
  },
];

/** The limits in force on a day. */
export function fileRulesOn(day: Day): FileRules {
  return FILE_RULES.findLast(({ from }) => from <= day) ?? FILE_RULES[0];
}

/** Largest body of a form with files under any rule row: what stands between the files is small. */
export const LARGEST_UPLOAD = Math.max(...FILE_RULES.map((rules) => rules.bytesPerRequest)) + MB;
