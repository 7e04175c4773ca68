import type { ShownPicture } from "#app/domain/campaigns/ports.ts";
import { pictureSource } from "#app/domain/files/public-picture.ts";
import { ownLanguage } from "#app/ui/own-language.ts";
import { useSite } from "#app/ui/site.ts";

/** Public pictures with what they show in words, each leading to its large version. */
export function Pictures({ pictures }: { pictures: readonly ShownPicture[] }) {
  const { locale } = useSite();
  if (pictures.length === 0) return null;
  return (
    <ul className="pictures">
      {pictures.map(({ picture, alt }) => {
        const source = pictureSource(picture);
        return (
          <li key={picture.file}>
            <figure>
              <a href={source.src}>
                <img
                  src={source.smallSrc}
                  srcSet={`${source.smallSrc} ${source.smallWidth}w, ${source.src} ${source.width}w`}
                  sizes="(max-width: 40rem) 100vw, 20rem"
                  width={source.smallWidth}
                  height={source.smallHeight}
                  alt={alt[locale]}
                  loading="lazy"
                />
              </a>
              <figcaption lang={ownLanguage(alt, locale)}>{alt[locale]}</figcaption>
            </figure>
          </li>
        );
      })}
    </ul>
  );
}
