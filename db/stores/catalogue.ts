import type { Bilingual } from "#app/domain/kernel/bilingual.ts";
import type {
  CatalogueItem,
  CatalogueSection,
  Catalogues,
} from "#app/domain/campaigns/catalogue.ts";

import type { Db } from "../client.ts";
import { inForce } from "./in-force.ts";

/** The catalogues of the four models, as they stand on a day. */
export function catalogueStore(db: Db): Catalogues {
  return {
    async catalogue(model, day) {
      const sections = await db.rows<{
        id: string;
        title_vi: string;
        title_en: string;
        open_ended: boolean;
        note_vi: string | null;
        note_en: string | null;
        source: string;
        items: (CatalogueItem & { readonly kind: "thing" | "support" })[];
      }>(
        `select s.id, s.title_vi, s.title_en, s.open_ended, s.note_vi, s.note_en, s.source,
                coalesce((
                  select json_agg(json_build_object('id', s.id || '/' || i.code, 'kind', i.kind, 'priority', i.priority,
                                    'title', json_build_object('vi', i.title_vi, 'en', i.title_en)) order by i.n, i.code)
                    from catalogue_item i where i.section = s.id and ${inForce("i", "$2::text::date")}
                ), '[]'::json) as items
           from catalogue_section s where s.model = $1 and ${inForce("s", "$2::text::date")} order by s.n, s.id`,
        [model, day],
      );
      return sections.map((row): CatalogueSection => {
        const of = (kind: "thing" | "support") =>
          row.items
            .filter((item) => item.kind === kind)
            .map(({ id, title, priority }) => ({ id, title, priority }));
        return {
          id: row.id,
          title: { vi: row.title_vi, en: row.title_en },
          openEnded: row.open_ended,
          note: note(row.note_vi, row.note_en),
          things: of("thing"),
          support: of("support"),
          source: row.source,
        };
      });
    },
  };
}

function note(vi: string | null, en: string | null): Bilingual | null {
  return vi === null || en === null ? null : { vi, en };
}
