import { fold } from "../kernel/fold.ts";
import { ok, type Result } from "../kernel/result.ts";
import { isWorthALook, matchesOf } from "./duplicates.ts";
import type { HouseholdData, RegisterHousehold } from "./household.ts";
import type { ImportRow, RowKind } from "./import-row.ts";
import { type Marks, marksOf } from "./names.ts";
import type { KeyProblem, PersonalData, SealedTexts } from "./personal-data.ts";
import type { AlikeHousehold, RegisterReading } from "./ports.ts";

/** A row beside what the register has. */
export interface ComparedRow {
  readonly row: ImportRow;
  readonly kind: RowKind;
  /** Coded: what is wrong, or what is equal. */
  readonly reasons: readonly string[];
  /** Household it is about, where it is one that is there. */
  readonly household: string | null;
  /** What would be kept; null where nothing is. */
  readonly kept: { readonly data: HouseholdData; readonly marks: Marks } | null;
}

/** What comparing reads. */
export interface ComparingNeeds {
  readonly register: Pick<RegisterReading, "alike" | "household">;
  readonly sealed: Pick<SealedTexts, "mark" | "open">;
}

/**
 * Compare some rows with the register: the same book in the same commune, or the same name in the same village where neither
 * book nor phone says otherwise, is a household that is there; whatever else is equal makes a row doubtful.
 */
export async function compareRows(
  { register, sealed }: ComparingNeeds,
  rows: readonly ImportRow[],
  commune: string,
): Promise<Result<ComparedRow[], KeyProblem>> {
  const marked: { row: ImportRow; data: HouseholdData; marks: Marks }[] = [];
  for (const row of rows) {
    if (row.read === "skipped" || !row.read.ok) continue;
    const marks = await marksOf(sealed, row.read.value.personal);
    if (!marks.ok) return marks;
    marked.push({ row, data: row.read.value, marks: marks.value });
  }
  const alike = marked.length === 0 ? [] : await register.alike(marked.map(({ marks }) => marks));
  const people = new Map<string, PersonalData>();
  for (const { id, sealed: text } of alike) {
    const opened = await sealed.open(text);
    if (!opened.ok) return opened;
    people.set(id, JSON.parse(opened.value) as PersonalData);
  }
  const byMark = groupedByMark(alike);
  const found = new Map<ImportRow, ComparedRow>();
  for (const one of marked) {
    const others = candidatesOf(one.marks, byMark);
    found.set(one.row, await compared(register, one, others, people, commune));
  }
  return ok(rows.map((row) => found.get(row) ?? notRead(row)));
}

function notRead(row: ImportRow): ComparedRow {
  const refused = row.read !== "skipped" && !row.read.ok;
  return {
    row,
    kind: refused ? "refused" : "skipped",
    reasons: row.read !== "skipped" && !row.read.ok ? row.read.problem.reasons : [],
    household: null,
    kept: null,
  };
}

function groupedByMark(alike: readonly AlikeHousehold[]): Map<string, AlikeHousehold[]> {
  const groups = new Map<string, AlikeHousehold[]>();
  for (const one of alike) {
    for (const mark of [one.nameMark, one.bookMark, one.phoneMark]) {
      if (mark === null) continue;
      const group = groups.get(mark);
      if (group) group.push(one);
      else groups.set(mark, [one]);
    }
  }
  return groups;
}

function candidatesOf(marks: Marks, byMark: ReadonlyMap<string, AlikeHousehold[]>) {
  const all = [marks.bookMark, marks.phoneMark, marks.nameMark].flatMap((mark) =>
    mark === null ? [] : (byMark.get(mark) ?? []),
  );
  return [...new Set(all)];
}

async function compared(
  register: Pick<RegisterReading, "household">,
  { row, data, marks }: { row: ImportRow; data: HouseholdData; marks: Marks },
  others: readonly AlikeHousehold[],
  people: ReadonlyMap<string, PersonalData>,
  commune: string,
): Promise<ComparedRow> {
  const one = { ...marks, id: "", name: data.personal.name, commune };
  const matches = others.map((other) => ({
    other,
    equal: matchesOf(one, other, people.get(other.id)?.name ?? ""),
  }));
  const here = matches.filter(({ other }) => other.communes.includes(commune));
  const same =
    here.find(({ equal }) => equal.includes("book")) ??
    here.find(({ other, equal }) => equal.includes("name") && isThere(data, marks, other));
  if (same) {
    const before = people.get(same.other.id);
    const facts = await register.household(same.other.id);
    const changed = !before || !facts || differs(data, before, facts);
    return {
      row,
      kind: changed ? "changed" : "same",
      reasons: same.equal,
      household: same.other.id,
      kept: { data: { ...data, ...(facts && before ? merged(data, before, facts) : {}) }, marks },
    };
  }
  const told = matches.filter(({ other, equal }) => isWorthALook(one, other, equal));
  const reasons = [...new Set(told.flatMap(({ equal }) => equal))];
  const kind = reasons.length > 0 ? "doubtful" : "new";
  return { row, kind, reasons, household: null, kept: { data, marks } };
}

/** The name in the same village, and no number that says it is another. */
function isThere({ village }: HouseholdData, marks: Marks, other: AlikeHousehold): boolean {
  const fits = (one: string | null, two: string | null) =>
    one === null || two === null || one === two;
  return (
    fold(village) === fold(other.village) &&
    fits(marks.bookMark, other.bookMark) &&
    fits(marks.phoneMark, other.phoneMark)
  );
}

/** Whether the row says anything else than the register. What it does not say stays as it is. */
function differs(data: HouseholdData, before: PersonalData, facts: RegisterHousehold): boolean {
  const { name, book, phone } = data.personal;
  return (
    name !== before.name ||
    (book !== "" && book !== before.book) ||
    (phone !== "" && phone !== before.phone) ||
    data.village !== facts.village ||
    data.category !== facts.category ||
    data.categoryDecision !== facts.categoryDecision ||
    data.categoryOn !== facts.categoryOn
  );
}

function merged(
  { personal }: HouseholdData,
  before: PersonalData,
  { ability }: RegisterHousehold,
): Pick<HouseholdData, "personal" | "ability"> {
  return {
    personal: {
      ...before,
      name: personal.name,
      book: personal.book || before.book,
      phone: personal.phone || before.phone,
    },
    ability,
  };
}
