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

import { building } from "../building.ts";
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

interface PublishedRow {
  file: string;
  n: number;
  width: number;
  height: number;
  blob: string;
  small_width: number;
  small_height: number;
  small_blob: string;
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

/** The last word on whether a file is public, and the last picture of it. */
const PUBLISHED = `select p.file, p.n, p.width, p.height, p.blob, p.small_width, p.small_height, p.small_blob,
         s.at as published_at, s.tied_kind, s.tied_id
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
      const { orm, t } = await building(db);
      const { subject, ...row } = file;
      await orm.insert(t.officeFile).values({
        ...row,
        subjectKind: subject.kind,
        subjectId: subject.id,
        subjectCommunes: [...subject.communes],
        subjectDistrict: subject.district,
        subjectTwin: subject.twin,
      });
      if (picture) await addPicture(db, file.id, picture);
      await addStep(db, file.id, step);
    },
    async step(file, step, picture) {
      // Acts of the office run one at a time (`officialWriting`): of two at once the second sees the first.
      const { orm, t, op } = await building(db);
      const later = op.and(op.eq(t.fileStep.file, file), op.gte(t.fileStep.n, step.n));
      if ((await orm.$count(t.fileStep, later)) > 0) return false;
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
      const { orm, t, op } = await building(db);
      const published = op.and(op.eq(t.fileStep.file, file), op.eq(t.fileStep.step, "published"));
      return (await orm.$count(t.fileStep, published)) > 0;
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
  const { orm, t } = await building(db);
  await orm.insert(t.filePicture).values({ ...picture, file, boxes: [...picture.boxes] });
}

async function addStep(db: Db, file: string, step: FileStep): Promise<void> {
  const { orm, t } = await building(db);
  const { tied, ...row } = step;
  await orm
    .insert(t.fileStep)
    .values({ ...row, file, tiedKind: tied?.kind ?? null, tiedId: tied?.id ?? null });
}

async function saltOf(db: Db, digest: string): Promise<string | undefined> {
  const { orm, t, op } = await building(db);
  const [row] = await orm
    .select({ salt: t.opening.salt })
    .from(t.opening)
    .where(op.eq(t.opening.digest, digest));
  return row && Buffer.from(row.salt).toString("hex");
}

async function historyOf(db: Db, id: string): Promise<FileHistory | undefined> {
  const [file] = await filesOf(db, [id]);
  if (!file) return undefined;
  const { orm, t, op } = await building(db);
  const { fileStep, filePicture } = t;
  const steps = await orm
    .select()
    .from(t.fileStep)
    .where(op.eq(fileStep.file, id))
    .orderBy(fileStep.n);
  const { file: _file, ...columns } = op.getTableColumns(filePicture);
  const pictures = await orm
    .select(columns)
    .from(t.filePicture)
    .where(op.eq(filePicture.file, id))
    .orderBy(filePicture.n);
  return { file, steps: steps.map(stepOf), pictures };
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

function stepOf({
  file: _file,
  tiedKind,
  tiedId,
  ...row
}: Omit<FileStep, "tied"> & {
  readonly file: string;
  readonly tiedKind: string | null;
  readonly tiedId: string | null;
}): FileStep {
  const tied = tiedKind === null || tiedId === null ? null : { kind: tiedKind, id: tiedId };
  return { ...row, tied };
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
