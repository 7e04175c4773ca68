import type { TFunction } from "i18next";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";

import type { Flow, FlowNode, FlowYoung } from "#app/domain/donations/flow.ts";
import { sumOf } from "#app/domain/kernel/dong.ts";
import { money, number, week } from "#app/i18n/formats.ts";
import { FILLS } from "#app/ui/picture-colours.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { useSite } from "#app/ui/site.ts";

import { type Cut, cutsOf } from "./cuts.ts";
import { countedThings } from "./counted-things.ts";
import { type FlowWords, labelOf, stageOf, stagesAhead } from "./flow-picture.tsx";

/** Width of the drawing; a bar as wide as this is the whole gift. */
const FULL = 1000;

/**
 * The same way for narrow screens: one bar under another, each as wide as its đồng, with names in plain text. Bars of
 * one stage stand in the order of their numbers, so a part stands under what it came from.
 */
export function FlowStack(props: {
  readonly flow: Flow;
  readonly words: FlowWords;
  /** All young, drawn or not. */
  readonly young: number;
}) {
  const { flow, words, young } = props;
  const { t } = useTranslation("donation");
  const { locale } = useSite();
  const rows = Array.from({ length: flow.columns }, (_, column) =>
    flow.nodes.filter((node) => node.column === column),
  );
  const shown = new Set(
    rows.flatMap((nodes) => (nodes.length > NAMED ? [] : nodes.map(({ animal }) => animal))),
  );
  const apart = flow.young.filter(({ dam }) => !shown.has(dam));
  const told = flow.young.reduce((sum, { dam, more }) => sum + (shown.has(dam) ? 1 + more : 0), 0);
  return (
    <ol className="flow-stack">
      {rows.map((nodes, column) => (
        <li key={nodes[0]?.id ?? column}>
          {column === 0 ? null : <Arrow />}
          {nodes.length > NAMED ? (
            <p>
              <strong>{manyThings(nodes, words, t, locale)}</strong>{" "}
              <span className="soft">{money(locale, sumOf(nodes))}</span>
            </p>
          ) : (
            nodes.map((node) => {
              const [title, small] = labelOf(node, words, t, locale);
              return (
                <Fragment key={node.id}>
                  <p>
                    <strong>{title}</strong> <span className="soft">{small}</span>
                  </p>
                  {flow.young
                    .filter(({ dam }) => dam === node.animal)
                    .map((one) => (
                      <YoungLine key={one.id} young={one} words={words} />
                    ))}
                </Fragment>
              );
            })
          )}
          <svg
            className="flow-row"
            viewBox={`0 0 ${FULL} 14`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <rect className="f-track" fill={FILLS["track"]} width={FULL} height="14" />
            {segments(nodes, flow).map(({ node, x, width }) => (
              <rect
                key={node.id}
                className={`f-${stageOf(node)}`}
                fill={FILLS[stageOf(node)]}
                x={x}
                width={Math.max(width - 3, 2)}
                height="14"
              />
            ))}
          </svg>
        </li>
      ))}
      {apart.length === 0 ? null : (
        <li>
          <Arrow />
          {apart.length > NAMED ? (
            <p className="flow-young">
              <strong>{t("flow.manyYoung", { n: number(locale, young - told) })}</strong>
            </p>
          ) : (
            apart.map((one) => <YoungLine key={one.id} young={one} words={words} />)
          )}
        </li>
      )}
      {stagesAhead(flow).map((stage) => (
        <li key={stage}>
          <Arrow />
          <p className="soft">{t(`flow.ahead.${stage}`)}</p>
        </li>
      ))}
    </ol>
  );
}

/** To be seen between two stages, not to be heard. */
function Arrow() {
  return (
    <span className="flow-arrow" aria-hidden="true">
      ↓
    </span>
  );
}

/** Young under its mother. */
function YoungLine({ young, words }: { young: FlowYoung; words: FlowWords }) {
  const { t } = useTranslation("donation");
  const { locale } = useSite();
  const { id, bornOn, more } = young;
  return (
    <p className="flow-young">
      <strong>{t(`flow.young.${words.things.get(id)?.species ?? "BO"}`, { code: id })}</strong>{" "}
      <span className="soft">
        {bornOn === null
          ? ""
          : t(more === 0 ? "flow.born" : "flow.bornMore", { day: week(locale, bornOn), n: more })}
      </span>
    </p>
  );
}

/** Several things by what they are called: `27 con bò`. */
function manyThings(
  nodes: readonly FlowNode[],
  words: FlowWords,
  t: TFunction<"donation">,
  locale: Locale,
): string {
  const kinds = new Set(
    nodes.flatMap(({ animal }) =>
      animal === null ? [] : [words.things.get(animal)?.species ?? "BO"],
    ),
  );
  return countedThings([...kinds], countOf(nodes), t, locale);
}

/** Bars named one by one; more are counted, as the table below names them all. */
const NAMED = 4;

function countOf(nodes: readonly FlowNode[]): number {
  return nodes.reduce((all, { kind, count }) => all + (kind === "more" ? count : 1), 0);
}

function segments(nodes: readonly FlowNode[], flow: Flow): (Cut & { node: FlowNode })[] {
  const cuts = cutsOf(
    nodes.map(({ amount }) => amount),
    flow.amount,
    FULL,
  );
  return nodes.flatMap((node, place) => {
    const cut = cuts[place];
    return cut ? [{ node, ...cut }] : [];
  });
}
