import type { ListsAnew } from "#app/domain/objections/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

/** Beginning the next version of a list, in the transaction of `db`. */
export function listsAnewStore(db: Db): ListsAnew {
  return {
    async begin(list, without, at) {
      const { orm, t, op } = await building(db);
      const v = t.listVersion;
      const [last] = await orm
        .select()
        .from(v)
        .where(op.eq(v.list, list))
        .orderBy(op.desc(v.version))
        .limit(1);
      if (!last) return;
      const atWork = last.state === "compiling" || last.state === "submitted";
      const version = atWork ? last.version : last.version + 1;
      if (atWork) {
        await orm
          .update(v)
          .set({ state: "compiling", revision: last.revision + 1, changedAt: at })
          .where(op.and(op.eq(v.list, list), op.eq(v.version, version)));
      } else {
        const { campaign, round } = last;
        await orm.insert(v).values({
          list,
          version,
          campaign,
          round,
          state: "compiling",
          reason: "objection-upheld",
          revision: 1,
          compiledBy: [],
          changedAt: at,
        });
      }
      const l = t.listLine;
      const from = op.and(op.eq(l.list, list), op.eq(l.version, last.version));
      const lines = await orm.select().from(l).where(from).orderBy(l.rank);
      if (atWork) await orm.delete(l).where(from);
      const stays = lines.filter(({ code }) => code !== without);
      const left = lines.find(({ code }) => code === without);
      const next = left && !left.reserve ? stays.find(({ reserve }) => reserve)?.code : undefined;
      const moved = stays.map((line) => (line.code === next ? { ...line, reserve: false } : line));
      const ordered = [...moved.filter((x) => !x.reserve), ...moved.filter((x) => x.reserve)];
      if (ordered.length === 0) return;
      await orm.insert(l).values(ordered.map((line, n) => ({ ...line, version, rank: n + 1 })));
    },
  };
}
