import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";

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
    digest: text().notNull().unique("office_file_digest_key"),
    /** Name in the file store. */
    blob: text().notNull().unique("office_file_blob_key"),
    addedBy: text().notNull(),
    /** UTC seconds */
    addedAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    index("office_file_subject").on(t.subjectKind, t.subjectId, t.addedAt),
    check("office_file_bytes_check", sql`bytes > 0`),
    check("office_file_digest_check", sql`digest ~ '^[0-9a-f]{64}$'`),
  ],
);

/** A picture drawn anew, with what is black in it. Append-only. */
export const filePicture = pgTable(
  "file_picture",
  {
    file: text().notNull(),
    n: integer().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    blob: text().notNull().unique("file_picture_blob_key"),
    smallWidth: integer().notNull(),
    smallHeight: integer().notNull(),
    smallBlob: text().notNull().unique("file_picture_small_blob_key"),
    boxes: jsonb().$type<Box[]>().notNull(),
  },
  (t) => [
    primaryKey({ name: "file_picture_pkey", columns: [t.file, t.n] }),
    foreignKey({
      name: "file_picture_file_fkey",
      columns: [t.file],
      foreignColumns: [officeFile.id],
    }),
    check("file_picture_n_check", sql`n > 0`),
  ],
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
  (t) => [
    primaryKey({ name: "file_step_pkey", columns: [t.file, t.n] }),
    index("file_step_tied")
      .on(t.tiedKind, t.tiedId)
      .where(sql`tied_kind is not null`),
    foreignKey({ name: "file_step_file_fkey", columns: [t.file], foreignColumns: [officeFile.id] }),
    foreignKey({
      name: "file_step_file_picture_fkey",
      columns: [t.file, t.picture],
      foreignColumns: [filePicture.file, filePicture.n],
    }),
    check("file_step_n_check", sql`n > 0`),
    check("file_step_step_check", sql`step in ('added', 'redacted', 'published', 'withdrawn')`),
    check("file_step_check", sql`(step = 'published') = (tied_kind is not null)`),
    check("file_step_check1", sql`(tied_kind is null) = (tied_id is null)`),
    check("file_step_check2", sql`step not in ('redacted', 'withdrawn') or reason is not null`),
  ],
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
    blob: text().notNull().unique("staged_file_blob_key"),
    /** UTC seconds */
    at: bigint({ mode: "number" }).notNull(),
  },
  (t) => [index("staged_file_form").on(t.form, t.person), index("staged_file_at").on(t.at)],
);
