import type { Box } from "#app/domain/files/boxes.ts";
import type { FileFormat, FileKind } from "#app/domain/files/file-rules.ts";
import type {
  FileHistory,
  FilePicture,
  FileStep,
  FileSubjectKind,
  OfficeFile,
  PublishedPicture,
} from "#app/domain/files/office-file.ts";
import type { FileReading, FileRegister } from "#app/domain/files/ports.ts";

import type { Db } from "../client.ts";
import { TWIN_NOW } from "./became.ts";
import { contentChanged } from "./content-version.ts";
import { textArray } from "./pg-arrays.ts";
import { stagedFilesStore } from "./staged-files.ts";

interface FileRow {
  id: string;
  kind: FileKind;
  subject_kind: FileSubjectKind;
  subject_id: string;
  communes: string;
  subject_district: string | null;
  subject_twin: string | null;
  name: string;
  format: FileFormat;
  bytes: number;
  width: number | null;
  height: number | null;
  digest: string;
  blob: string;
  added_by: string;
  added_at: bigint;
}

interface PictureRow {
  n: number;
  width: number;
  height: number;
  blob: string;
  small_width: number;
  small_height: number;
  small_blob: string;
  boxes: string;
}

interface StepRow {
  n: number;
  step: FileStep["step"];
  picture: number | null;
  reason: string | null;
  tied_kind: string | null;
  tied_id: string | null;
  person: string;
  organisation: string;
  at: bigint;
}

interface PublishedRow extends Omit<PictureRow, "boxes"> {
  file: string;
  published_at: bigint;
  tied_kind: string;
  tied_id: string;
}

/** Twin of a file's subject as stored, or of the campaign or draft that named one later. */
const TWIN = `coalesce(f.subject_twin,
  (select c.twin from campaign c where f.subject_kind = 'campaign' and c.id = f.subject_id),
  (select d.content::jsonb ->> 'twin' from campaign_draft d where f.subject_kind = 'campaign' and d.id = f.subject_id))`;
const FILE = `f.id, f.kind, f.subject_kind, f.subject_id, array_to_json(f.subject_communes)::text as communes,
  f.subject_district, ${TWIN_NOW(TWIN)} as subject_twin, f.name, f.format, f.bytes, f.width, f.height, f.digest, f.blob, f.added_by, f.added_at`;
const PICTURE = `p.n, p.width, p.height, p.blob, p.small_width, p.small_height, p.small_blob, p.boxes::text as boxes`;

/** The last word on whether a file is public, and the last picture of it. */
const PUBLISHED = `select p.file, ${PICTURE}, s.at as published_at, s.tied_kind, s.tied_id
  from (select distinct on (file) file, n, step, tied_kind, tied_id, at from file_step
         where step in ('published', 'withdrawn') order by file, n desc) s
  join lateral (select * from file_picture where file_picture.file = s.file order by n desc limit 1) p on true
  where s.step = 'published' and s.tied_kind is not null and s.tied_id is not null`;

/** Name of the counter that says that public pictures changed. */
const CHANGED = "pictures";

/** Files, written within an act's transaction. */
export function fileRegisterStore(db: Db): FileRegister {
  return {
    async add(file, step, picture) {
      await db.rows(
        `insert into office_file (id, kind, subject_kind, subject_id, subject_communes, subject_district, subject_twin,
           name, format, bytes, width, height, digest, blob, added_by, added_at)
         values ($1, $2, $3, $4, ($5::text)::text[], $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
        [
          file.id,
          file.kind,
          file.subject.kind,
          file.subject.id,
          textArray(file.subject.communes),
          file.subject.district,
          file.subject.twin,
          file.name,
          file.format,
          file.bytes,
          file.width,
          file.height,
          file.digest,
          file.blob,
          file.addedBy,
          file.addedAt,
        ],
      );
      if (picture) await addPicture(db, file.id, picture);
      await addStep(db, file.id, step);
    },
    async step(file, step, picture) {
      // Acts of the office run one at a time (`officialWriting`): of two at once the second sees the first.
      const taken = await db.rows(`select 1 from file_step where file = $1 and n >= $2`, [
        file,
        step.n,
      ]);
      if (taken.length > 0) return false;
      if (picture) await addPicture(db, file, picture);
      await addStep(db, file, step);
      await contentChanged(db, CHANGED);
      return true;
    },
    history: (file) => historyOf(db, file),
    files: (ids) => filesOf(db, ids),
    salt: (digest) => saltOf(db, digest),
    unstage: (ids) => stagedFilesStore(db).remove(ids),
  };
}

/** Files for readers. */
export function fileReadingStore(db: Db): FileReading {
  return {
    history: (file) => historyOf(db, file),
    files: (ids) => filesOf(db, ids),
    async of(kind, id) {
      const rows = await db.rows<FileRow>(
        `select ${FILE} from office_file f where f.subject_kind = $1 and f.subject_id = $2
          order by f.added_at desc, f.id`,
        [kind, id],
      );
      return rows.map(fileOf);
    },
    async published(file) {
      const [row] = await db.rows<PublishedRow>(`${PUBLISHED} and s.file = $1`, [file]);
      return row && publishedOf(row);
    },
    async publishedFor(kind, ids) {
      if (ids.length === 0) return [];
      const rows = await db.rows<PublishedRow>(
        `${PUBLISHED} and s.tied_kind = $1 and s.tied_id = any(($2::text)::text[]) order by s.at, p.file`,
        [kind, textArray(ids)],
      );
      return rows.map(publishedOf);
    },
    async wasPublished(file) {
      const rows = await db.rows(
        `select 1 from file_step where file = $1 and step = 'published' limit 1`,
        [file],
      );
      return rows.length > 0;
    },
    salt: (digest) => saltOf(db, digest),
    async byDigest(digest) {
      const [row] = await db.rows<FileRow>(
        `select ${FILE} from office_file f where f.digest = $1`,
        [digest],
      );
      return row && fileOf(row);
    },
    async unknownBlobs(names) {
      const rows = await db.rows<{ name: string }>(
        `select given.name from unnest(($1::text)::text[]) as given(name)
          where not exists (select 1 from office_file where blob = given.name)
            and not exists (select 1 from staged_file where blob = given.name)
            and not exists (select 1 from file_picture where blob = given.name or small_blob = given.name)`,
        [textArray(names)],
      );
      return rows.map(({ name }) => name);
    },
    async blobs() {
      const rows = await db.rows<{ blob: string }>(
        `select blob from office_file
         union all select blob from staged_file
         union all select unnest(array[last.blob, last.small_blob])
           from (select distinct on (file) file, blob, small_blob from file_picture order by file, n desc) last`,
      );
      return rows.map(({ blob }) => blob);
    },
  };
}

async function addPicture(db: Db, file: string, picture: FilePicture): Promise<void> {
  await db.rows(
    `insert into file_picture (file, n, width, height, blob, small_width, small_height, small_blob, boxes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, ($9::text)::jsonb)`,
    [
      file,
      picture.n,
      picture.width,
      picture.height,
      picture.blob,
      picture.smallWidth,
      picture.smallHeight,
      picture.smallBlob,
      JSON.stringify(picture.boxes),
    ],
  );
}

async function addStep(db: Db, file: string, step: FileStep): Promise<void> {
  await db.rows(
    `insert into file_step (file, n, step, picture, reason, tied_kind, tied_id, person, organisation, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      file,
      step.n,
      step.step,
      step.picture,
      step.reason,
      step.tied?.kind ?? null,
      step.tied?.id ?? null,
      step.person,
      step.organisation,
      step.at,
    ],
  );
}

async function saltOf(db: Db, digest: string): Promise<string | undefined> {
  const [row] = await db.rows<{ salt: string }>(
    `select encode(salt, 'hex') as salt from opening where digest = $1`,
    [digest],
  );
  return row?.salt;
}

async function historyOf(db: Db, id: string): Promise<FileHistory | undefined> {
  const [file] = await filesOf(db, [id]);
  if (!file) return undefined;
  const steps = await db.rows<StepRow>(
    `select n, step, picture, reason, tied_kind, tied_id, person, organisation, at from file_step
      where file = $1 order by n`,
    [id],
  );
  const pictures = await db.rows<PictureRow>(
    `select ${PICTURE} from file_picture p where p.file = $1 order by p.n`,
    [id],
  );
  return { file, steps: steps.map(stepOf), pictures: pictures.map(pictureOf) };
}

async function filesOf(db: Db, ids: readonly string[]): Promise<OfficeFile[]> {
  if (ids.length === 0) return [];
  const rows = await db.rows<FileRow>(
    `select ${FILE} from unnest(($1::text)::text[]) with ordinality as asked(id, place)
       join office_file f on f.id = asked.id order by asked.place`,
    [textArray(ids)],
  );
  return rows.map(fileOf);
}

function fileOf(row: FileRow): OfficeFile {
  return {
    id: row.id,
    kind: row.kind,
    subject: {
      kind: row.subject_kind,
      id: row.subject_id,
      communes: JSON.parse(row.communes) as string[],
      district: row.subject_district,
      twin: row.subject_twin,
    },
    name: row.name,
    format: row.format,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    digest: row.digest,
    blob: row.blob,
    addedBy: row.added_by,
    addedAt: Number(row.added_at),
  };
}

function pictureOf(row: PictureRow): FilePicture {
  return {
    n: row.n,
    width: row.width,
    height: row.height,
    blob: row.blob,
    smallWidth: row.small_width,
    smallHeight: row.small_height,
    smallBlob: row.small_blob,
    boxes: JSON.parse(row.boxes) as Box[],
  };
}

function stepOf(row: StepRow): FileStep {
  const tied =
    row.tied_kind === null || row.tied_id === null
      ? null
      : { kind: row.tied_kind, id: row.tied_id };
  return {
    n: row.n,
    step: row.step,
    picture: row.picture,
    reason: row.reason,
    tied,
    person: row.person,
    organisation: row.organisation,
    at: Number(row.at),
  };
}

function publishedOf(row: PublishedRow): PublishedPicture {
  return {
    file: row.file,
    n: row.n,
    width: row.width,
    height: row.height,
    smallWidth: row.small_width,
    smallHeight: row.small_height,
    blob: row.blob,
    smallBlob: row.small_blob,
    publishedAt: Number(row.published_at),
    tied: { kind: row.tied_kind, id: row.tied_id },
  };
}
