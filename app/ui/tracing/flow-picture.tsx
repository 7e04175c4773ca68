import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { Flow, FlowNode } from "#app/domain/donations/flow.ts";
import { day, money, number, week } from "#app/i18n/formats.ts";
import { FILLS } from "#app/ui/picture-colours.ts";
import { useSite } from "#app/ui/site.ts";

import { countedThings } from "./counted-things.ts";
import {
  bandPath,
  type FlowSizes,
  layFlow,
  type PlacedNode,
  type PlacedYoung,
  round,
  YOUNG,
} from "./flow-layout.ts";
import type { Names } from "./names.ts";

/** What the labels of a flow picture need beside the flow itself. */
export interface FlowWords {
  readonly names: Names;
  readonly channel: string;
  readonly receivedOn: string;
  /** Species and whole price of each thing and young, by code. */
  readonly things: ReadonlyMap<string, { species: string; price: bigint | null; dead: boolean }>;
  /** Day of each entry, by number. */
  readonly days: ReadonlyMap<number, string>;
}

const WIDE: FlowSizes = {
  width: 1072,
  full: 168,
  bar: 13,
  slot: 46,
  gap: 10,
  margin: 22,
  last: 178,
};

/** The way of a gift's đồng as bars and bands, for wide screens and paper. */
export function FlowPicture({ flow, words }: { flow: Flow; words: FlowWords }) {
  const { t } = useTranslation("donation");
  const { locale } = useSite();
  const ahead = stagesAhead(flow);
  const laid = layFlow(
    flow,
    sizesFor(flow.columns + (flow.young.length > 0 ? 1 : 0)),
    ahead.length,
  );
  const labels = new Map(flow.nodes.map((node) => [node.id, labelOf(node, words, t, locale)]));
  const colours = new Map(flow.nodes.map((node) => [node.id, stageOf(node)]));
  return (
    <svg
      className="flow-wide"
      viewBox={`0 0 ${laid.width} ${round(laid.height)}`}
      role="img"
      aria-label={t("flow.label", { amount: money(locale, flow.amount) })}
    >
      {laid.links.map((link) => (
        <path
          key={`${link.from}>${link.to}`}
          className={`band b-${colours.get(link.to) ?? "received"}`}
          fill={FILLS[colours.get(link.to) ?? "received"]}
          fillOpacity="0.22"
          d={bandPath(link)}
        />
      ))}
      {laid.young.map((one) => (
        <g key={one.id}>
          <path
            className="blood"
            fill="none"
            stroke={FILLS["offspring"]}
            d={bloodPath(one, labels.get(`thing:${one.dam}`))}
          />
          <rect
            className="f-offspring"
            fill={FILLS["offspring"]}
            x={round(one.x)}
            y={round(one.y)}
            width={YOUNG}
            height={YOUNG}
            rx="2"
          />
          <text className="who" x={round(one.x) + YOUNG + 8} y={round(one.y) + 11}>
            {t(`flow.young.${words.things.get(one.id)?.species ?? "BO"}`, { code: one.id })}
            {one.more === 0 ? "" : ` +${one.more}`}
          </text>
          {one.bornOn === null ? null : (
            <text className="what" x={round(one.x) + YOUNG + 8} y={round(one.y) + 28}>
              {t("flow.born", { day: week(locale, one.bornOn) })}
            </text>
          )}
        </g>
      ))}
      {laid.nodes.map((node) => (
        <Bar
          key={node.id}
          node={node}
          bar={laid.bar}
          dead={node.animal !== null && words.things.get(node.animal)?.dead === true}
          label={labels.get(node.id) ?? ["", ""]}
        />
      ))}
      {laid.ahead.map(({ x, y, height }, place) => (
        <g key={ahead[place]}>
          <rect
            className="ahead"
            fill="none"
            stroke={FILLS["edge"]}
            x={round(x)}
            y={round(y)}
            width={laid.bar}
            height={round(height)}
            rx="2"
          />
          <text className="what" x={round(x) + laid.bar + 8} y={round(y) + 14}>
            {t(`flow.ahead.${ahead[place]}`)}
          </text>
        </g>
      ))}
    </svg>
  );
}

function Bar(props: {
  node: PlacedNode;
  bar: number;
  dead: boolean;
  label: readonly [string, string];
}) {
  const { node, bar, dead } = props;
  const x = round(node.x) + bar + 8;
  const [title, small] = props.label;
  return (
    <g>
      <rect
        className={dead ? "bar dead" : `bar f-${stageOf(node)}`}
        fill={dead ? "#fff" : FILLS[stageOf(node)]}
        {...(dead ? { stroke: FILLS["delivered"] } : {})}
        x={round(node.x)}
        y={round(node.y)}
        width={bar}
        height={Math.max(round(node.height), 2)}
        rx="2"
      />
      <text className="who" x={x} y={round(node.y) + 14}>
        {`${title} `}
      </text>
      <text className="what" x={x} y={round(node.y) + 31}>
        {`${small} `}
      </text>
    </g>
  );
}

/** Name and small print of a bar. */
export function labelOf(
  node: FlowNode,
  words: FlowWords,
  t: TFunction<"donation">,
  locale: "vi" | "en",
): readonly [string, string] {
  const on = node.entry === null ? undefined : words.days.get(node.entry);
  const rest =
    node.rest > 0n && node.rest < node.amount
      ? t("flow.rest", { amount: money(locale, node.rest) })
      : "";
  const entry =
    node.entry === null || on === undefined
      ? ""
      : t("flow.entry", { entry: number(locale, node.entry), day: day(on) });
  if (node.kind === "gift") {
    return [
      money(locale, node.amount),
      t("flow.gift", { channel: words.channel, day: day(words.receivedOn) }),
    ];
  }
  if (node.kind === "more") {
    const species = [...words.things.values()].flatMap((thing) =>
      thing.price === null ? [] : [thing.species],
    );
    const things = countedThings(species, node.count, t, locale);
    return [t("flow.more", { things }), money(locale, node.amount)];
  }
  if (node.kind === "thing" && node.animal !== null) {
    const thing = words.things.get(node.animal);
    const share =
      !thing || thing.price === null || thing.price === node.amount
        ? t("flow.sharePart", { part: money(locale, node.amount) })
        : t("flow.share", {
            part: number(locale, node.amount),
            whole: money(locale, thing.price),
          });
    return [
      t(`flow.thing.${thing?.species ?? "BO"}`, { code: node.animal }),
      thing?.dead ? t("flow.dead", { share }) : share,
    ];
  }
  const title = t(`flow.kind.${node.kind}`, {
    campaign: node.campaign === null ? "" : words.names.campaign(node.campaign),
    commune: node.commune === null ? "" : words.names.commune(node.commune, on),
  });
  return [clipped(title), rest === "" ? entry : `${entry} · ${rest}`];
}

/** The stage whose colour a bar has. */
export function stageOf({ kind }: Pick<FlowNode, "kind">): string {
  return STAGES[kind];
}

const STAGES: Readonly<Record<FlowNode["kind"], string>> = {
  gift: "received",
  suspense: "received",
  clearing: "received",
  fund: "received",
  commune: "disbursed",
  buying: "disbursed",
  thing: "delivered",
  more: "delivered",
  fee: "undone",
  refund: "undone",
  undone: "undone",
  reserve: "undone",
  lost: "undone",
};

/** Stages that the đồng of an unfinished gift have still before them, in order. */
export function stagesAhead(flow: Flow): readonly ("fund" | "commune" | "thing")[] {
  const kinds = new Set(flow.nodes.map(({ kind }) => kind));
  const ends = flow.nodes.filter(({ rest }) => rest > 0n).map(({ kind }) => kind);
  if (kinds.has("thing") || kinds.has("more") || ends.length !== 1) return [];
  switch (ends[0]) {
    case "suspense":
    case "clearing":
      return ["fund", "commune", "thing"];
    case "fund":
      return ["commune", "thing"];
    case "commune":
    case "buying":
      return ["thing"];
    default:
      return [];
  }
}

/** More columns need more room: the whole drawing then shrinks a little. */
function sizesFor(columns: number): FlowSizes {
  return columns <= 5 ? WIDE : { ...WIDE, width: WIDE.width + (columns - 5) * 190 };
}

/** Rough width of a label in px; it only has to keep lines off words. */
function labelWidth([title]: readonly [string, string]): number {
  return title.length * 9;
}

/** The line to one of the young, from behind its dam's label. */
function bloodPath(one: PlacedYoung, label: readonly [string, string] | undefined): string {
  const from = Math.min(round(one.x0 + 16 + (label ? labelWidth(label) : 0)), one.x - 12);
  const middle = round((from + one.x) / 2);
  const [start, end] = [round(one.y0), round(one.y + YOUNG / 2)];
  return `M${from} ${start}C${middle} ${start} ${middle} ${end} ${round(one.x - 4)} ${end}`;
}

const LABEL_MAX = 28;

function clipped(text: string): string {
  return text.length > LABEL_MAX ? `${text.slice(0, LABEL_MAX - 1).trimEnd()}…` : text;
}
