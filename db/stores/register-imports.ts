import type { RegisterImportDesk } from "#app/domain/register/import-desk.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

/** Lists that are read into the register. */
export function registerImportsStore(db: Db): RegisterImportDesk {
  return {
    async import(id) {
      const { orm, t, op } = await building(db);
      const { sealed: _sealed, ...columns } = op.getTableColumns(t.registerImport);
      const [row] = await orm
        .select(columns)
        .from(t.registerImport)
        .where(op.eq(t.registerImport.id, id));
      return row;
    },
    async sheet(id) {
      const { orm, t, op } = await building(db);
      const [row] = await orm
        .select({ sealed: t.registerImport.sealed })
        .from(t.registerImport)
        .where(op.eq(t.registerImport.id, id));
      return row?.sealed;
    },
    async imports(communes) {
      const { orm, t, op } = await building(db);
      const { sealed: _sealed, ...columns } = op.getTableColumns(t.registerImport);
      return orm
        .select(columns)
        .from(t.registerImport)
        .where(communes && op.inArray(t.registerImport.commune, [...communes, ""]))
        .orderBy(op.desc(t.registerImport.startedAt), t.registerImport.id)
        .limit(50);
    },
    async mappingOf(commune, headings) {
      const { orm, t, op } = await building(db);
      const [row] = await orm
        .select({ mapping: t.importMapping.mapping })
        .from(t.importMapping)
        .where(
          op.and(
            op.eq(t.importMapping.commune, commune),
            op.eq(t.importMapping.headings, headings),
          ),
        );
      return row?.mapping;
    },
    async begin(one) {
      const { orm, t } = await building(db);
      await orm.insert(t.registerImport).values(one);
    },
    async keep({ id, state, mapping, rows, taken, counts, confirmedAt }, sealed) {
      const { orm, t, op } = await building(db);
      await orm
        .update(t.registerImport)
        .set({ state, mapping, rows, taken, counts, confirmedAt, ...(sealed ? { sealed } : {}) })
        .where(op.eq(t.registerImport.id, id));
    },
    async remember(commune, headings, mapping, by, at) {
      const { orm, t } = await building(db);
      await orm
        .insert(t.importMapping)
        .values({ commune, headings, mapping, keptBy: by, keptAt: at })
        .onConflictDoUpdate({
          target: [t.importMapping.commune, t.importMapping.headings],
          set: { mapping, keptBy: by, keptAt: at },
        });
    },
  };
}
