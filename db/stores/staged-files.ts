import type { StagedFiles } from "#app/domain/files/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

/** Files of forms that are not finished. */
export function stagedFilesStore(db: Db): StagedFiles {
  return {
    async add(files) {
      if (files.length === 0) return;
      const { orm, t } = await building(db);
      await orm.insert(t.stagedFile).values([...files]);
    },
    async of(form, person) {
      const { orm, t, op } = await building(db);
      return orm
        .select()
        .from(t.stagedFile)
        .where(op.and(op.eq(t.stagedFile.form, form), op.eq(t.stagedFile.person, person)))
        .orderBy(t.stagedFile.at, t.stagedFile.id);
    },
    async remove(ids) {
      if (ids.length === 0) return;
      const { orm, t, op } = await building(db);
      await orm.delete(t.stagedFile).where(op.inArray(t.stagedFile.id, [...ids]));
    },
    async before(moment) {
      const { orm, t, op } = await building(db);
      return orm
        .select()
        .from(t.stagedFile)
        .where(op.lt(t.stagedFile.at, moment))
        .orderBy(t.stagedFile.at, t.stagedFile.id);
    },
  };
}
