import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

import type { Box } from "#app/domain/files/boxes.ts";
import type { FileFormat, FileKind } from "#app/domain/files/file-rules.ts";
import type { FileStep, FileSubjectKind } from "#app/domain/files/office-file.ts";

/** A file of the office: original bytes private in the file store, digest public. Append-only. */
export const officeFile = pgTable(
  "office_file",
  {
    id: text().primaryKey(),
    kind: text().$type<FileKind>().notNull(),
    subjectKind: text().$type<FileSubjectKind>().notNull(),
    subjectId: text().notNull(),
    /** Facts of the subject by which permission is asked, as they were when the file came. */
    subjectCommunes: text().array().notNull(),
    subjectDistrict: text(),
    subjectTwin: text(),
    name: text().notNull(),
    format: text().$type<FileFormat>().notNull(),
    bytes: integer().notNull(),
    width: integer(),
    height: integer(),
    /** SHA-256 over salt and original bytes, hex. */
    digest: text().notNull().unique(),
    /** Name in the file store. */
    blob: text().notNull().unique(),
    addedBy: text().notNull(),
    /** UTC seconds */
    addedAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [index("office_file_subject").on(t.subjectKind, t.subjectId, t.addedAt)],
);

/** A picture drawn anew, with what is black in it. Append-only. */
export const filePicture = pgTable(
  "file_picture",
  {
    file: text().notNull(),
    n: integer().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    blob: text().notNull().unique(),
    smallWidth: integer().notNull(),
    smallHeight: integer().notNull(),
    smallBlob: text().notNull().unique(),
    boxes: jsonb().$type<Box[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.file, t.n] })],
);

/** What happened to a file, in order. Append-only. */
export const fileStep = pgTable(
  "file_step",
  {
    file: text().notNull(),
    n: integer().notNull(),
    step: text().$type<FileStep["step"]>().notNull(),
    picture: integer(),
    reason: text(),
    tiedKind: text(),
    tiedId: text(),
    person: text().notNull(),
    organisation: text().notNull(),
    /** UTC seconds */
    at: bigint({ mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.file, t.n] }), index("file_step_tied").on(t.tiedKind, t.tiedId)],
);

/** Files of forms that are not finished; gone after a day. */
export const stagedFile = pgTable(
  "staged_file",
  {
    id: text().primaryKey(),
    form: text().notNull(),
    person: text().notNull(),
    field: text().notNull(),
    kind: text().$type<FileKind>().notNull(),
    name: text().notNull(),
    format: text().$type<FileFormat>().notNull(),
    bytes: integer().notNull(),
    width: integer(),
    height: integer(),
    blob: text().notNull().unique(),
    /** UTC seconds */
    at: bigint({ mode: "number" }).notNull(),
  },
  (t) => [index("staged_file_form").on(t.form, t.person), index("staged_file_at").on(t.at)],
);
