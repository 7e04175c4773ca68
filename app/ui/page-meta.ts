import type { MetaDescriptor } from "react-router";

/** Title and description of a page, as every page needs them: for search engines and for people with many tabs. */
export function pageMeta(title: string, description: string): MetaDescriptor[] {
  return [
    { title: title.startsWith(SITE) ? title : `${title} · ${SITE}` },
    { name: "description", content: description },
    { property: "og:title", content: title },
    { property: "og:description", content: description },
    { property: "og:site_name", content: SITE },
  ];
}

const SITE = "Kết Nghĩa";
