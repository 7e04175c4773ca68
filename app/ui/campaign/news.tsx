import { useTranslation } from "react-i18next";

import type { CampaignPage as Campaign } from "#app/domain/campaigns/ports.ts";
import { day, number } from "#app/i18n/formats.ts";
import { ownLanguage } from "#app/ui/own-language.ts";
import { useSite } from "#app/ui/site.ts";

import { Pictures } from "./pictures.tsx";

/** News shown at once; the rest opens. */
const NEWEST = 4;

/** News from the commune, each tied to its entry or animal. */
export function News({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaign");
  return (
    <section className="section" aria-labelledby="news">
      <h2 id="news">{t("news.title")}</h2>
      {campaign.notes.length === 0 ? (
        <p className="empty">{t("news.none")}</p>
      ) : (
        <>
          <NewsList notes={campaign.notes.slice(0, NEWEST)} />
          {campaign.notes.length > NEWEST ? (
            <details className="older">
              <summary>{t("news.older", { count: campaign.notes.length - NEWEST })}</summary>
              <NewsList notes={campaign.notes.slice(NEWEST)} />
            </details>
          ) : null}
        </>
      )}
    </section>
  );
}

function NewsList({ notes }: { notes: Campaign["notes"] }) {
  const { locale, to } = useSite();
  return (
    <ol className="news">
      {notes.map((note) => (
        <li key={note.publishedOn + note.text.vi + (note.animal ?? "")}>
          <time dateTime={note.publishedOn}>{day(note.publishedOn)}</time>
          <span lang={ownLanguage(note.text, locale)}>{note.text[locale]}</span>
          {note.entry === null ? null : (
            <>
              {" "}
              <a href={to("entry", { entry: note.entry })}>#{number(locale, note.entry)}</a>
            </>
          )}
          {note.animal === null ? null : (
            <>
              {" "}
              <a href={to("animal", { tag: note.animal })}>{note.animal}</a>
            </>
          )}
          {note.need === null ? null : (
            <span className="chip" lang={ownLanguage(note.need, locale)}>
              {note.need[locale]}
            </span>
          )}
          <Pictures pictures={note.pictures} />
        </li>
      ))}
    </ol>
  );
}
