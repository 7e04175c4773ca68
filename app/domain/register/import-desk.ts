import { type Day, dayOf, type Seconds } from "../kernel/calendar.ts";
import type { Sha256 } from "../kernel/digest.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { GiveWay } from "../kernel/steps.ts";
import { carryOut, done, nothing, rightTo } from "../people/carry-out.ts";
import { may, type MayProblem, type Person } from "../people/may.ts";
import type { Writing } from "../acts/act.ts";
import { compareRows } from "./import-compare.ts";
import { importRows, ROW_KINDS, type RowKind } from "./import-row.ts";
import {
  type BookProblem,
  findHead,
  headAbove,
  headingsText,
  IMPORT_FIELDS,
  type ImportMapping,
  type ReadBook,
  type ReadSheet,
} from "./import-sheet.ts";
import { communeNow, wrongCampaign } from "./keep-household.ts";
import type { KeyProblem, SealedTexts } from "./personal-data.ts";
import type { RegisterReading, RegisterStores } from "./ports.ts";

/** A list being read in. */
export interface RegisterImport {
  readonly id: string;
  readonly commune: string;
  readonly campaign: string;
  readonly round: number;
  readonly fileName: string;
  readonly digest: string;
  readonly state: "read" | "mapped" | "confirmed" | "dropped";
  readonly mapping: ImportMapping;
  readonly rows: number;
  readonly taken: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly startedBy: string;
  readonly startedAt: Seconds;
  readonly confirmedAt: Seconds | null;
}

/** Reading imports. */
export interface RegisterImportReading {
  import(id: string): Promise<RegisterImport | undefined>;
  /** The sealed sheet; empty once confirmed or dropped. */
  sheet(id: string): Promise<Uint8Array | undefined>;
  /** Newest first; of some communes, or of all. */
  imports(communes: readonly string[] | undefined): Promise<RegisterImport[]>;
  /** How columns of these headings were read last. */
  mappingOf(commune: string, headings: string): Promise<ImportMapping | undefined>;
}

/** Imports inside a transaction. */
export interface RegisterImportDesk extends RegisterImportReading {
  begin(one: RegisterImport & { readonly sealed: Uint8Array }): Promise<void>;
  /** Keep what changed; without `sealed` the sheet stays. */
  keep(one: RegisterImport, sealed?: Uint8Array): Promise<void>;
  remember(
    commune: string,
    headings: string,
    mapping: ImportMapping,
    by: string,
    at: Seconds,
  ): Promise<void>;
}

export type ImportStores = RegisterStores & { readonly registerImports: RegisterImportDesk };

/** What imports need from outside. */
export interface ImportNeeds {
  readonly official: Writing<ImportStores>;
  readonly register: RegisterReading;
  readonly registerImports: RegisterImportReading;
  readonly sealed: SealedTexts;
  readonly readBook: ReadBook;
  readonly sha256: Sha256;
  readonly giveWay: GiveWay;
  now(): Seconds;
  newId(): string;
}

/** What stands sealed beside an import. */
export interface StagedSheet {
  readonly sheets: readonly ReadSheet[];
  /** `[line, kind, name, village, reasons]` of each row once it was compared. */
  readonly rows: readonly (readonly [number, RowKind, string, string, readonly string[]])[];
}

export type ImportProblem =
  | MayProblem
  | KeyProblem
  | BookProblem
  | { code: "import.unknown" }
  | { code: "import.not-open" }
  | { code: "import.no-name-column" }
  | { code: "import.no-sheet" }
  | { code: "register.no-campaign" | "register.other-commune" | "register.bad-round" };

/** Rows compared before others have their turn. */
const PORTION = 200;

/** Read a commune's list into staging, sealed; columns are guessed, or read as they were last time. */
export async function beginRegisterImport(
  services: ImportNeeds,
  person: Person,
  wish: {
    readonly commune: string;
    readonly campaign: string;
    readonly round: string;
    readonly fileName: string;
    readonly bytes: Uint8Array;
    readonly format: "xlsx" | "csv";
  },
): Promise<Result<RegisterImport, ImportProblem>> {
  const permitted = may(person, "register.keep", { communes: [wish.commune] });
  if (!permitted.ok) return permitted;
  if (!/^[1-9]\d?$/.test(wish.round)) return no({ code: "register.bad-round" });
  const read = await services.readBook(wish.bytes, wish.format);
  if (!read.ok) return read;
  const sheets = read.value;
  // What was put out of sight is not what the commune means to hand in.
  const at = Math.max(
    0,
    sheets.findIndex(({ hidden, rows }) => !hidden && rows.length > 0),
  );
  const head = findHead(sheets[at]?.rows ?? []);
  const known = await services.registerImports.mappingOf(
    wish.commune,
    services.sha256(headingsText(head.headings)),
  );
  const mapping: ImportMapping = { ...head.columns, ...known, sheet: at, first: head.first };
  const staged: StagedSheet = { sheets, rows: [] };
  return carryOut(services, person, {
    find: nothing,
    right: (now) => rightTo(now, "register.keep", { communes: [wish.commune] }),
    work: async ({ stores, at: startedAt, today }) => {
      const commune = await communeNow(stores, wish.commune, today);
      const wrong = await wrongCampaign(stores, wish.campaign, wish.commune, today);
      if (!commune || wrong) {
        return no({
          code: wrong?.code === "register.no-campaign" ? wrong.code : "register.other-commune",
        });
      }
      const sealed = await stores.sealed.seal(JSON.stringify(staged));
      if (!sealed.ok) return sealed;
      const begun: RegisterImport = {
        id: services.newId(),
        commune: wish.commune,
        campaign: wish.campaign,
        round: Number(wish.round),
        fileName: wish.fileName,
        digest: services.sha256(wish.bytes),
        state: "read",
        mapping,
        rows: 0,
        taken: 0,
        counts: {},
        startedBy: person.id,
        startedAt,
        confirmedAt: null,
      };
      await stores.registerImports.begin({ ...begun, sealed: sealed.value });
      const { id, digest, campaign, round } = begun;
      const facts = { begun: true, digest, campaign, round };
      return done(begun, { kind: "import", id, facts });
    },
  });
}

/** Say what each column is, and compare every row with the register. Nothing of it is kept but the preview. */
export async function mapRegisterImport(
  services: ImportNeeds,
  person: Person,
  id: string,
  mapping: ImportMapping,
): Promise<Result<RegisterImport, ImportProblem>> {
  const found = await openImport(services, person, id);
  if (!found.ok) return found;
  const { one, staged } = found.value;
  const sheet = staged.sheets[Number(mapping["sheet"])];
  if (!sheet) return no({ code: "import.no-sheet" });
  if (typeof mapping["name"] !== "number") return no({ code: "import.no-name-column" });
  const today = dayOf(services.now());
  const compared = await compareAll(services, one.commune, sheet, mapping, today);
  if (!compared.ok) return compared;
  const counts = Object.fromEntries(
    ROW_KINDS.map((kind) => [kind, compared.value.filter((row) => row[1] === kind).length]),
  );
  const sealed = await services.sealed.seal(
    JSON.stringify({ ...staged, rows: compared.value } satisfies StagedSheet),
  );
  if (!sealed.ok) return sealed;
  return carryOut(services, person, {
    find: nothing,
    right: (now) => rightTo(now, "register.keep", { communes: [one.commune] }),
    work: async ({ stores, grant, at }) => {
      const fresh = await stores.registerImports.import(id);
      if (!fresh || fresh.taken > 0 || !isOpen(fresh)) return no({ code: "import.not-open" });
      const mapped: RegisterImport = {
        ...fresh,
        state: "mapped",
        mapping,
        rows: compared.value.length,
        counts,
      };
      await stores.registerImports.keep(mapped, sealed.value);
      const head = headAbove(sheet.rows, Number(mapping["first"]));
      const columns = Object.fromEntries(
        Object.entries(mapping).filter(([name]) => IMPORT_FIELDS.some((field) => field === name)),
      );
      await stores.registerImports.remember(
        one.commune,
        services.sha256(headingsText(head.headings)),
        columns,
        person.id,
        at,
      );
      const facts = { rows: mapped.rows, purpose: "keep" };
      return ok({
        value: mapped,
        notes: [{ kind: "import", id, facts }],
        // Comparing reads names; nothing of the register was changed.
        right: { act: "register.read", grant } as const,
      });
    },
  });
}

/** Give an import up; its sheet is emptied. */
export async function dropRegisterImport(
  services: Pick<ImportNeeds, "official" | "now">,
  person: Person,
  id: string,
): Promise<Result<RegisterImport, ImportProblem>> {
  return carryOut(services, person, {
    find: async ({ registerImports }) => ok(await registerImports.import(id)),
    right: (now, one) => rightTo(now, "register.keep", one && { communes: [one.commune] }),
    work: async ({ stores, found: one }) => {
      if (!one) return no({ code: "import.unknown" });
      if (!isOpen(one)) return no({ code: "import.not-open" });
      const dropped: RegisterImport = { ...one, state: "dropped" };
      await stores.registerImports.keep(dropped, new Uint8Array());
      return done(dropped, { kind: "import", id, facts: { dropped: true } });
    },
  });
}

/** An import that is not over, with its sheet, for who may keep the register there. */
export async function openImport(
  services: Pick<ImportNeeds, "registerImports" | "sealed">,
  person: Person,
  id: string,
): Promise<Result<{ one: RegisterImport; staged: StagedSheet }, ImportProblem>> {
  const one = await services.registerImports.import(id);
  const permitted = may(person, "register.keep", one && { communes: [one.commune] });
  if (!permitted.ok) return permitted;
  if (!one) return no({ code: "import.unknown" });
  const bytes = await services.registerImports.sheet(id);
  if (!isOpen(one) || !bytes || bytes.length === 0) return no({ code: "import.not-open" });
  const text = await services.sealed.open(bytes);
  return text.ok ? ok({ one, staged: JSON.parse(text.value) as StagedSheet }) : text;
}

/** Whether something can still be done with it. */
export function isOpen({ state }: Pick<RegisterImport, "state">): boolean {
  return state === "read" || state === "mapped";
}

async function compareAll(
  services: ImportNeeds,
  commune: string,
  sheet: ReadSheet,
  mapping: ImportMapping,
  today: Day,
): Promise<Result<StagedSheet["rows"], KeyProblem>> {
  const rows = [...importRows(sheet.rows, mapping, today)];
  const all: StagedSheet["rows"][number][] = [];
  for (let at = 0; at < rows.length; at += PORTION) {
    const portion = await compareRows(services, rows.slice(at, at + PORTION), commune);
    if (!portion.ok) return portion;
    for (const { row, kind, reasons } of portion.value) {
      all.push([row.line, kind, row.name, row.village, reasons]);
    }
    await services.giveWay();
  }
  return ok(all);
}
