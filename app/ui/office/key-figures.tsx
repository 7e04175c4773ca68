import type { ReactNode } from "react";

/** One figure: what it is, how much, perhaps where it leads. */
export interface KeyFigure {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: string;
  readonly href?: string;
}

/** A few figures at a glance. */
export function KeyFigures({ figures }: { figures: readonly KeyFigure[] }) {
  return (
    <dl className="key-figures">
      {figures.map(({ label, value, note, href }) => (
        <div key={label}>
          <dt>{href ? <a href={href}>{label}</a> : label}</dt>
          <dd>
            <span className="num">{value}</span>
            {note ? <span className="under">{note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
