import { fold, searchText } from "../kernel/fold.ts";
import { ok, type Result } from "../kernel/result.ts";
import type { AuditTrail } from "../people/audit.ts";
import { may, type MayProblem, type Person, PERMISSIONS } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";
import { noteLook } from "./note-look.ts";
import type { KeyProblem, PersonalData, RegisterNames, SealedTexts } from "./personal-data.ts";
import type { HouseholdFilter, HouseholdLine, RegisterReading } from "./ports.ts";

/** Places in which a person may do an act of the register; undefined: everywhere. */
export function placesOf(
  { grants }: Pick<Person, "grants">,
  act: OfficeAct,
): readonly string[] | undefined {
  const row = PERMISSIONS[act];
  const held = grants.filter(({ role }) => row[role] !== undefined);
  if (held.some(({ role, place }) => row[role] === "all" || place === null)) return undefined;
  return held.flatMap(({ place }) => (place === null ? [] : [place]));
}

/** What a search needs. */
export interface SearchNeeds {
  readonly register: RegisterReading;
  readonly registerNames: RegisterNames;
  readonly sealed: SealedTexts;
  readonly audit: AuditTrail;
}

/** Households that were found, with the names of those that are shown. */
export interface FoundHouseholds {
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly lines: readonly (HouseholdLine & { readonly person: PersonalData | null })[];
  /** The key is another, or gone: there are no names, and none was searched. */
  readonly keyLost: boolean;
}

/** Households on a page: each shown name is a line in the trail. */
const SHOWN = 25;

/**
 * Households of where the person may look, filtered, and searched by name, book, phone or village without accents or blanks.
 * What is opened only to be searched is told in one line; each that is shown is a line of its own.
 */
export async function searchRegister(
  { register, registerNames, sealed, audit }: SearchNeeds,
  person: Person,
  filter: Omit<HouseholdFilter, "places"> & { readonly words: string; readonly page: number },
): Promise<Result<FoundHouseholds, MayProblem>> {
  const permitted = may(person, "register.read");
  if (!permitted.ok) return permitted;
  const grant = permitted.value;
  const { words, page: asked, ...rest } = filter;
  const all = await register.households({ ...rest, places: placesOf(person, "register.read") });
  const found = await searched({ register, sealed }, all, words);
  const lines = found.ok ? found.value : all;
  if (found.ok && fold(words) !== "") {
    const look = { person, grant, act: "register.read", purpose: "search" } as const;
    const facts = { opened: all.length, found: lines.length };
    await noteLook(audit, look, { kind: "register", id: "search" }, facts);
  }
  const pages = Math.max(1, Math.ceil(lines.length / SHOWN));
  const page = Math.min(Math.max(1, asked), pages);
  const shown = lines.slice((page - 1) * SHOWN, page * SHOWN);
  const names = await registerNames.ofHouseholds(
    shown.map(({ id }) => id),
    {
      person,
      grant,
      act: "register.read",
      purpose: fold(words) === "" ? "keep" : "search",
    },
  );
  const people: ReadonlyMap<string, PersonalData> = names.ok ? names.value : new Map();
  return ok({
    total: lines.length,
    page,
    pages,
    lines: shown.map((line) => ({ ...line, person: people.get(line.id) ?? null })),
    keyLost: !names.ok,
  });
}

async function searched(
  { register, sealed }: Pick<SearchNeeds, "register" | "sealed">,
  lines: readonly HouseholdLine[],
  typed: string,
): Promise<Result<readonly HouseholdLine[], KeyProblem>> {
  const words = fold(typed);
  if (words === "") return ok(lines);
  const texts = await register.sealedOf(lines.map(({ id }) => id));
  const found: HouseholdLine[] = [];
  for (const line of lines) {
    const text = texts.get(line.id);
    const opened = text && (await sealed.open(text));
    if (opened && !opened.ok) return opened;
    const who = opened ? (JSON.parse(opened.value) as PersonalData) : undefined;
    const whole = searchText(
      line.village,
      line.categoryDecision,
      ...(who ? [who.name, who.book, who.phone, ...who.members.map(({ name }) => name)] : []),
    );
    const close = words.replaceAll(" ", "");
    if (
      whole.includes(words) ||
      whole.includes(close) ||
      words.split(" ").every((word) => whole.includes(word))
    ) {
      found.push(line);
    }
  }
  return ok(found);
}
