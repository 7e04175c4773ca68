import type { FileFormat, FileKind } from "#app/domain/files/file-rules.ts";
import type { StagedFile } from "#app/domain/files/office-file.ts";
import type { StagedFiles } from "#app/domain/files/ports.ts";

import type { Db } from "../client.ts";
import { textArray } from "./pg-arrays.ts";

interface StagedRow extends Omit<StagedFile, "kind" | "format" | "at"> {
  kind: FileKind;
  format: FileFormat;
  at: bigint;
}

const STAGED = `id, form, person, field, kind, name, format, bytes, width, height, blob, at`;

/** Files of forms that are not finished. */
export function stagedFilesStore(db: Db): StagedFiles {
  return {
    async add(files) {
      for (const file of files) {
        await db.rows(
          `insert into staged_file (${STAGED}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
          [
            file.id,
            file.form,
            file.person,
            file.field,
            file.kind,
            file.name,
            file.format,
            file.bytes,
            file.width,
            file.height,
            file.blob,
            file.at,
          ],
        );
      }
    },
    async of(form, person) {
      const rows = await db.rows<StagedRow>(
        `select ${STAGED} from staged_file where form = $1 and person = $2 order by at, id`,
        [form, person],
      );
      return rows.map(stagedOf);
    },
    async remove(ids) {
      if (ids.length === 0) return;
      await db.rows(`delete from staged_file where id = any(($1::text)::text[])`, [textArray(ids)]);
    },
    async before(moment) {
      const rows = await db.rows<StagedRow>(
        `select ${STAGED} from staged_file where at < $1 order by at, id`,
        [moment],
      );
      return rows.map(stagedOf);
    },
  };
}

function stagedOf(row: StagedRow): StagedFile {
  return { ...row, at: Number(row.at) };
}
