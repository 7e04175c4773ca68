/**
 * What may stand in a PDF that is kept as a paper. Programs for writing and scanners use little of what the format can
 * do; so it is said what may stand where something could act, and anything else there is refused.
 *
 * A link to an address (`/URI`) may stand: letters of offices have them, it does nothing until somebody clicks on it,
 * and readers show where it leads. A link into another file may not.
 */
import type { PdfDictionary, PdfObject, PdfValue } from "./pdf-objects.ts";

/** Places within the paper, and addresses to click on (ISO 32000-1, 12.6.4). */
const ACTIONS = new Set(["GoTo", "URI", "Named"]);
/** Turning pages; others open menus or print. */
const NAMED = new Set(["NextPage", "PrevPage", "FirstPage", "LastPage"]);
/** Keys whose value is an action, or a place within the paper. */
const ACTING = new Set(["A", "OpenAction", "Next", "PA"]);

/** Entries of the catalogue (7.7.2) that say how a paper looks, is read aloud or is archived. */
const CATALOGUE = new Set(
  (
    "Type Version Extensions Pages PageLabels Names Dests ViewerPreferences PageLayout PageMode Outlines Threads " +
    "OpenAction URI AcroForm Metadata StructTreeRoot MarkInfo Lang SpiderInfo OutputIntents PieceInfo OCProperties " +
    "Perms Legal DSS LastModified"
  ).split(" "),
);
/** Names of places and of looks (7.7.4); scripts, files and films are names, too. */
const NAME_TREES = new Set(["Dests", "AP", "Pages", "Templates", "IDS", "URLS", "Limits"]);
/** Remarks, links, marks and fields (12.5.6.1). */
const ANNOTATIONS = new Set(
  (
    "Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Stamp Ink Popup " +
    "Widget PrinterMark TrapNet Watermark Redact"
  ).split(" "),
);
/** Keys that hold scripts, files, other forms, or start something at an event, wherever they stand. */
const NEVER = new Set(["JS", "AA", "XFA", "EF", "JavaScript", "EmbeddedFiles", "RichMediaContent"]);

/** An object that is written more often than a paper is ever changed is a trap for readers. */
const MOST_WRITINGS = 64;

/** Whether nothing in these objects acts by itself, carries another file or leads into one. */
export function isPassive(objects: readonly PdfObject[]): boolean {
  const known = new Map<number, PdfValue[]>();
  for (const { number, value } of objects) {
    if (number === undefined) continue;
    const before = known.get(number) ?? [];
    if (before.push(value) > MOST_WRITINGS) return false;
    known.set(number, before);
  }
  /** All that a value may mean: an object may be written more than once. */
  const meant = (value: PdfValue): readonly PdfValue[] =>
    value.kind === "ref" ? (known.get(value.number) ?? [UNKNOWN]) : [value];

  const dictionaries = objects.flatMap(({ value }) => within(value));
  return dictionaries.every((dictionary) => mayStand(dictionary, meant));
}

/** Stands for a reference that leads to nothing we have seen, so that nobody can tell what it is. */
const UNKNOWN: PdfValue = { kind: "ref", number: -1 };

type Meant = (value: PdfValue) => readonly PdfValue[];

function within(value: PdfValue): PdfDictionary[] {
  if (value.kind === "array") return value.items.flatMap(within);
  if (value.kind !== "dictionary") return [];
  return [value, ...value.entries.flatMap(([, inner]) => within(inner))];
}

function mayStand(dictionary: PdfDictionary, meant: Meant): boolean {
  const { entries } = dictionary;
  const types = namesOf(dictionary, "Type", meant);
  if (entries.some(([key]) => NEVER.has(key))) return false;
  if (types.includes("Action") && !mayAct(dictionary, meant)) return false;
  if (types.includes("EmbeddedFile")) return false;
  if (types.includes("Catalog") && !isCatalogue(dictionary, meant)) return false;
  const isAnnotation = types.includes("Annot") || entries.some(([key]) => key === "Rect");
  if (
    isAnnotation &&
    !namesOf(dictionary, "Subtype", meant).every((name) => ANNOTATIONS.has(name))
  ) {
    return false;
  }
  return entries.every(([key, value]) => {
    if (key === "Root") return meant(value).every((one) => isCatalogue(one, meant));
    return !ACTING.has(key) || meant(value).every((one) => mayAct(one, meant));
  });
}

function isCatalogue(value: PdfValue, meant: Meant): boolean {
  if (value.kind !== "dictionary") return false;
  return value.entries.every(
    ([key, inner]) =>
      CATALOGUE.has(key) &&
      (key !== "Names" ||
        meant(inner).every(
          (names) =>
            names.kind === "dictionary" && names.entries.every(([name]) => NAME_TREES.has(name)),
        )),
  );
}

/** An action that may stand; a place in the paper, or attributes of a paragraph, which stand under the same key. */
function mayAct(value: PdfValue, meant: Meant): boolean {
  if (value.kind === "ref") return false;
  if (value.kind === "array") {
    return value.items.flatMap(meant).every((item) => item.kind === "array" || mayAct(item, meant));
  }
  if (value.kind !== "dictionary") return true;
  const kinds = value.entries.filter(([key]) => key === "S");
  return kinds.every(([, kind]) =>
    meant(kind).every((one) => {
      if (one.kind !== "name" || !ACTIONS.has(one.name)) return false;
      return one.name !== "Named" || namesOf(value, "N", meant).every((name) => NAMED.has(name));
    }),
  );
}

/** The names under a key; one that cannot be told is an empty name, which is in no list. */
function namesOf({ entries }: PdfDictionary, key: string, meant: Meant): string[] {
  return entries
    .filter(([each]) => each === key)
    .flatMap(([, value]) => meant(value))
    .map((value) => (value.kind === "name" ? value.name : ""));
}
