import type { Model } from "#app/domain/campaigns/model.ts";
import { own } from "#app/domain/kernel/own.ts";
import { NORM_REASONS } from "#app/domain/campaigns/campaign-reasons.ts";
import {
  type DraftContent,
  type DraftNeed,
  REPORTING_MONTHS,
  type Section,
  SHORTFALL_PLANS,
  SPECIES_OF,
  SURPLUS_PLANS,
} from "#app/domain/campaigns/draft-content.ts";
import { LONGEST } from "#app/domain/campaigns/draft-problems.ts";
import { MODELS } from "#app/domain/campaigns/ports.ts";
import { isDay } from "#app/domain/kernel/calendar.ts";
import { typedDay } from "#app/domain/kernel/typed-day.ts";
import { readDong } from "#app/domain/kernel/dong.ts";

/** What a section's fields held, by name, as typed. */
export type Typed = Readonly<Record<string, string>>;
/** What is wrong with what was typed, by field: codes that `office-campaign.json` puts into words. */
export type Wrong = Readonly<Record<string, string>>;

/** Rows of the need lines that a form offers: those that are there and some to fill in. */
export const MOST_NEEDS = 12;
export const NEW_NEEDS = 3;
export const MOST_PICTURES = 6;

/** An item of the catalogue that a need line may be taken from. */
export interface CatalogueTitle {
  readonly id: string;
  readonly vi: string;
  readonly en: string;
}

/**
 * Read one section of a draft. What is empty is not there yet and may be saved so; what cannot be read is told at its
 * field, and nothing of the section is saved.
 */
export function readSection(
  section: Section,
  typed: Typed,
  catalogue: readonly CatalogueTitle[] = [],
): { readonly content: Partial<DraftContent>; readonly wrong: Wrong } {
  const wrong: Record<string, string> = {};
  const reader = fieldsOf(typed, wrong);
  return { content: SECTION_READERS[section](reader, catalogue), wrong };
}

interface Fields {
  text(name: string, most: number): string;
  lines(name: string, most: number): string;
  count(name: string, most: number): number | null;
  day(name: string): string;
  dong(name: string): string;
  one<const Value extends string>(name: string, values: readonly Value[]): Value | "";
  raw(name: string): string;
}

function fieldsOf(typed: Typed, wrong: Record<string, string>): Fields {
  const raw = (name: string) => (own(typed, name) ?? "").normalize("NFC").trim();
  const fits = (name: string, value: string, most: number) => {
    if (value.length > most) wrong[name] = "too-long";
    return value;
  };
  return {
    raw,
    text: (name, most) => fits(name, raw(name).replace(/[\p{C}\s]+/gu, " "), most),
    // Paragraphs stay apart by an empty line, whatever the browser's line ends.
    lines: (name, most) =>
      fits(
        name,
        raw(name)
          .replace(/\r\n?/g, "\n")
          .replace(/\n{3,}/g, "\n\n"),
        most,
      ),
    count(name, most) {
      const value = raw(name).replace(/[.\s]/g, "");
      if (value === "") return null;
      const read = /^\d{1,9}$/.test(value) ? Number(value) : -1;
      if (read < 0 || read > most) wrong[name] = "not-a-count";
      return read < 0 ? null : read;
    },
    day(name) {
      const value = raw(name);
      const read = typedDay(value);
      if (read !== "" && !isDay(read)) wrong[name] = "not-a-day";
      return read;
    },
    dong(name) {
      const value = raw(name);
      if (value === "") return "";
      const read = readDong(value);
      if (read === undefined || read < 0n) wrong[name] = "not-an-amount";
      return read === undefined ? "" : read.toString();
    },
    one(name, values) {
      const value = raw(name);
      const found = values.find((one) => one === value);
      if (value !== "" && found === undefined) wrong[name] = "unknown";
      return found ?? "";
    },
  };
}

/**
 * What is wrong with a field, as a key of `wrong` with its facts: what was typed too long is let in and measured, as a box
 * that stops at its limit cuts what is pasted without a word.
 */
export function wrongFact(name: string, code: string, typed: Typed) {
  const [, kind] = /^(title|summary|story)(?:Vi|En)$/.exec(name) ?? [];
  const most = kind === undefined ? undefined : LONGEST[kind as keyof typeof LONGEST];
  if (code !== "too-long" || most === undefined) return { code, facts: {} };
  const length = (own(typed, name) ?? "").normalize("NFC").trim().length;
  return { code: "too-long-by", facts: { most, length } };
}

type Reader = (fields: Fields, catalogue: readonly CatalogueTitle[]) => Partial<DraftContent>;

const MOST_HEADS = 100;
const MOST_DAYS = 3_650;
const MOST_COUNT = 100_000;

const SECTION_READERS: Readonly<Record<Section, Reader>> = {
  purpose(fields) {
    const model = fields.one("model", MODELS);
    const species = model === "" ? [] : SPECIES_OF[model];
    const only = species.length === 1 ? (species[0] ?? "") : undefined;
    return {
      model,
      species: only ?? fields.one("species", species),
      titleVi: fields.text("titleVi", LONGEST.title),
      titleEn: fields.text("titleEn", LONGEST.title),
      summaryVi: fields.text("summaryVi", LONGEST.summary),
      summaryEn: fields.text("summaryEn", LONGEST.summary),
    };
  },
  offices(fields) {
    const months = fields.one("reportingMonths", REPORTING_MONTHS.map(String));
    return {
      twin: fields.text("twin", 100),
      responsible: fields.text("responsible", 100),
      reportingMonths: months === "" ? null : Number(months),
    };
  },
  households: (fields) => ({
    poor: fields.count("poor", MOST_COUNT),
    nearPoor: fields.count("nearPoor", MOST_COUNT),
    escaped: fields.count("escaped", MOST_COUNT),
    leader: fields.count("leader", MOST_COUNT),
  }),
  needs: (fields, catalogue) => ({
    byNorm: fields.raw("byNorm") !== "no",
    needs: readNeeds(fields, catalogue),
    normReasons: Object.entries(NORM_REASONS).flatMap(([breach, reasons]) => {
      const reason = fields.one(`normReason-${breach}`, reasons);
      return reason === "" ? [] : [reason];
    }),
  }),
  account: (fields) => ({ bankAccount: fields.text("bankAccount", 100) }),
  time: (fields) => ({
    startsOn: fields.day("startsOn"),
    endsOn: fields.day("endsOn"),
    closedOn: fields.day("closedOn"),
  }),
  decision: (fields) => ({
    decisionNumber: fields.text("decisionNumber", 60),
    decisionDate: fields.day("decisionDate"),
    decisionFile: fields.text("decisionFile", 26),
  }),
  plans: (fields) => ({
    surplus: fields.one("surplus", SURPLUS_PLANS),
    surplusTo: fields.text("surplusTo", 10),
    shortfall: fields.one("shortfall", SHORTFALL_PLANS),
    passOnHeads: fields.count("passOnHeads", MOST_HEADS),
    passOnAgeDays: fields.count("passOnAgeDays", MOST_DAYS),
  }),
  story: (fields) => ({
    storyVi: fields.lines("storyVi", LONGEST.story),
    storyEn: fields.lines("storyEn", LONGEST.story),
    pictures: readPictures(fields),
  }),
  change: (fields) => ({ reason: fields.text("reason", 40) }),
};

function readNeeds(fields: Fields, catalogue: readonly CatalogueTitle[]): DraftNeed[] {
  const lines: DraftNeed[] = [];
  for (let n = 0; n < MOST_NEEDS; n += 1) {
    const titleVi = fields.text(`need-${n}-titleVi`, 160);
    const quantity = fields.count(`need-${n}-quantity`, MOST_COUNT);
    const unitPrice = fields.dong(`need-${n}-unitPrice`);
    const typedEn = fields.text(`need-${n}-titleEn`, 160);
    const unitVi = fields.text(`need-${n}-unitVi`, 40);
    const unitEn = fields.text(`need-${n}-unitEn`, 40);
    if (titleVi === "" && quantity === null && unitPrice === "") continue;
    // Taken from the catalogue it brings its English name along.
    const item = catalogue.find(({ vi }) => vi === titleVi);
    lines.push({
      titleVi,
      titleEn: typedEn === "" ? (item?.en ?? "") : typedEn,
      unitVi,
      unitEn,
      quantity: quantity ?? 0,
      unitPrice,
      catalogue: item?.id ?? "",
    });
  }
  return lines;
}

function readPictures(fields: Fields): DraftContent["pictures"] {
  return Array.from({ length: MOST_PICTURES }, (_, n) => ({
    file: fields.text(`picture-${n}-file`, 26),
    altVi: fields.text(`picture-${n}-altVi`, 200),
    altEn: fields.text(`picture-${n}-altEn`, 200),
    drop: fields.raw(`picture-${n}-drop`) === "yes",
  }))
    .filter(({ file, drop }) => file !== "" && !drop)
    .map(({ file, altVi, altEn }) => ({ file, altVi, altEn }));
}

/** The fields of a draft as its forms begin with them. */
export function valuesOf(content: DraftContent): Typed {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(content)) {
    if (typeof value === "string") values[name] = value;
    if (typeof value === "number") values[name] = `${value}`;
  }
  values["byNorm"] = content.byNorm ? "yes" : "no";
  for (const [breach, reasons] of Object.entries(NORM_REASONS)) {
    values[`normReason-${breach}`] =
      content.normReasons.find((reason) => reasons.includes(reason)) ?? "";
  }
  for (const [n, need] of content.needs.entries()) {
    const { titleVi, titleEn, unitVi, unitEn, unitPrice } = need;
    values[`need-${n}-titleVi`] = titleVi;
    values[`need-${n}-titleEn`] = titleEn;
    values[`need-${n}-unitVi`] = unitVi;
    values[`need-${n}-unitEn`] = unitEn;
    values[`need-${n}-quantity`] = need.quantity === 0 ? "" : `${need.quantity}`;
    values[`need-${n}-unitPrice`] = unitPrice;
  }
  for (const [n, { file, altVi, altEn }] of content.pictures.entries()) {
    values[`picture-${n}-file`] = file;
    values[`picture-${n}-altVi`] = altVi;
    values[`picture-${n}-altEn`] = altEn;
  }
  return values;
}

/** The text fields of a sent form; of several with one name the last counts. */
export function typedOf(fields: FormData): Typed {
  const typed: Record<string, string> = {};
  for (const [name, value] of fields) if (typeof value === "string") typed[name] = value;
  return typed;
}

/** The model that a field holds; empty when it holds none. */
export function typedModel(typed: string | undefined): Model | "" {
  return MODELS.find((one) => one === typed) ?? "";
}
