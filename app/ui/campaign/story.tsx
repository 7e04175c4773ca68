import type { Bilingual } from "#app/domain/kernel/bilingual.ts";
import { useTranslation } from "react-i18next";

import type { ShownPicture } from "#app/domain/campaigns/ports.ts";
import { ownLanguage } from "#app/ui/own-language.ts";
import { useSite } from "#app/ui/site.ts";

import { Pictures } from "./pictures.tsx";

/** The story with its pictures; paragraphs are apart by an empty line. */
export function Story(props: { story: Bilingual; pictures: readonly ShownPicture[] }) {
  const { t } = useTranslation("campaign");
  const { locale } = useSite();
  return (
    <section className="section story" aria-labelledby="story">
      <h2 id="story">{t("story")}</h2>
      <div lang={ownLanguage(props.story, locale)}>
        {props.story[locale].split(/\n\s*\n/).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <Pictures pictures={props.pictures} />
    </section>
  );
}
