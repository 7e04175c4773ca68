import { useTranslation } from "react-i18next";

import { shownPaper } from "#app/domain/ledger/intake.ts";

import { paperName } from "./names.ts";

/** Papers behind an entry: what each is, and its digest; the ends of it where room is short. */
export function Papers(props: {
  readonly papers: readonly { readonly kind: string; readonly digest: string }[];
  /** Kind of the entry, which tells what its paper is called. */
  readonly of?: string;
  readonly whole?: boolean;
}) {
  const { t } = useTranslation("ledger");
  if (props.papers.length === 0) return null;
  return (
    <ul className={props.whole ? "papers whole" : "papers"}>
      {props.papers.map(({ kind, digest }) => (
        <li key={digest}>
          {paperName(t, props.of ? shownPaper(props.of, kind) : kind)}{" "}
          <code title={digest}>{props.whole ? digest : shortDigest(digest)}</code>
        </li>
      ))}
    </ul>
  );
}

/** The first and last signs of a digest; the whole stands on the entry's page. */
function shortDigest(digest: string): string {
  return `${digest.slice(0, 6)}…${digest.slice(-4)}`;
}
