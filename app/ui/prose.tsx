import { useTranslation } from "react-i18next";

interface Section {
  readonly title: string;
  readonly text: readonly string[];
  readonly list?: readonly string[];
}

/** A page of text from `about.json`: a title, a lead, and sections of paragraphs. */
export function Prose({
  page,
  figures,
}: {
  page: "about" | "privacy" | "accessibility";
  /** Figures that the text names, from the code that keeps to them. */
  figures?: Readonly<Record<string, number>>;
}) {
  const { t } = useTranslation("about");
  const sections = t(`${page}.sections`, {
    returnObjects: true,
    ...figures,
  }) as unknown as readonly Section[];
  return (
    <article className="prose">
      <h1>{t(`${page}.title`)}</h1>
      <p className="lead spaced">{t(`${page}.lead`)}</p>
      {sections.map(({ title, text, list }) => (
        <section key={title}>
          <h2>{title}</h2>
          {text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          {list ? (
            <ul>
              {list.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          ) : null}
        </section>
      ))}
    </article>
  );
}
