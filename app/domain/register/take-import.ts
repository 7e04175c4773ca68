import { dayOf } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { Person } from "../people/may.ts";
import { type Compared, proposeDuplicates } from "./duplicates.ts";
import type { Registration } from "./household.ts";
import { type ComparedRow, compareRows } from "./import-compare.ts";
import {
  type ImportNeeds,
  type ImportProblem,
  type ImportStores,
  openImport,
  type RegisterImport,
} from "./import-desk.ts";
import { type ImportRow, importRows } from "./import-row.ts";
import { communeNow, sealedOf } from "./keep-household.ts";
import type { KeyProblem } from "./personal-data.ts";
import type { KeptHousehold } from "./ports.ts";

/** Rows taken in one transaction: gifts are numbered between two of them. */
const BATCH = 100;

/**
 * Take the rows of a mapped import, batch by batch, each with how far it came: cut off anywhere it is called again and goes on
 * behind the last one. Each row is compared anew when it is taken.
 */
export async function takeImport(
  services: ImportNeeds,
  person: Person,
  id: string,
): Promise<Result<RegisterImport, ImportProblem>> {
  const found = await openImport(services, person, id);
  if (!found.ok) return found;
  const { staged } = found.value;
  let { one } = found.value;
  if (one.state !== "mapped") return no({ code: "import.not-open" });
  const sheet = staged.sheets[Number(one.mapping["sheet"])];
  if (!sheet) return no({ code: "import.no-sheet" });
  const rows = [...importRows(sheet.rows, one.mapping, dayOf(services.now()))];
  do {
    await services.giveWay();
    const batch = rows.slice(one.taken, one.taken + BATCH);
    const taken = await takeBatch(services, person, one, batch, rows.length);
    if (!taken.ok) return taken;
    one = taken.value;
  } while (one.state === "mapped");
  return ok(one);
}

async function takeBatch(
  services: ImportNeeds,
  person: Person,
  before: RegisterImport,
  batch: readonly ImportRow[],
  total: number,
): Promise<Result<RegisterImport, ImportProblem>> {
  const { id, commune } = before;
  return carryOut(services, person, {
    find: async ({ registerImports }) => ok(await registerImports.import(id)),
    right: (now) => rightTo(now, "register.keep", { communes: [commune] }),
    work: async ({ stores, found: one, at }) => {
      // Somebody else takes it, or gave it up.
      if (!one || one.state !== "mapped" || one.taken !== before.taken) {
        return no({ code: "import.not-open" });
      }
      const compared = await compareRows(stores, batch, commune);
      if (!compared.ok) return compared;
      const kept = await keepRows(services, stores, person, one, compared.value);
      if (!kept.ok) return kept;
      const taken = one.taken + batch.length;
      const whole = taken >= total;
      const next: RegisterImport = {
        ...one,
        taken,
        ...(whole ? { state: "confirmed", confirmedAt: at } : {}),
      };
      await stores.registerImports.keep(next, whole ? new Uint8Array() : undefined);
      const facts = { taken, rows: total, ...kept.value };
      return done(next, { kind: "import", id, facts });
    },
  });
}

async function keepRows(
  { now, newId }: ImportNeeds,
  stores: ImportStores,
  person: Person,
  one: RegisterImport,
  rows: readonly ComparedRow[],
): Promise<
  Result<
    { added: number; changed: number; duplicates: number },
    KeyProblem | { code: "register.other-commune" }
  >
> {
  const at = now();
  const commune = await communeNow(stores, one.commune, dayOf(at));
  if (!commune) return no({ code: "register.other-commune" });
  const { register } = stores;
  const added: KeptHousehold[] = [];
  const compared: Compared[] = [];
  const registrations: Registration[] = [];
  let changed = 0;
  for (const { kind, household, kept } of rows) {
    if (kept === null || kind === "refused" || kind === "skipped") continue;
    const id = household ?? newId();
    const asked = await register.registrationsOf(household ?? "");
    if (!asked.some(({ campaign, round }) => campaign === one.campaign && round === one.round)) {
      registrations.push(registrationOf(one, person, { id: newId(), household: id, at }));
    }
    if (kind === "same") continue;
    const sealed = await sealedOf(stores, kept.data);
    if (!sealed.ok) return sealed;
    const before = household === null ? undefined : await register.household(household);
    const row: KeptHousehold = {
      ...sealed.value,
      id,
      commune: before?.commune ?? commune.code,
      communeFrom: before?.communeFrom ?? commune.validFrom,
      version: (before?.version ?? 0) + 1,
      keptBy: person.id,
      keptAt: at,
    };
    if (before) {
      await register.change(row);
      changed += 1;
    } else {
      added.push(row);
    }
    compared.push({ ...row, name: kept.data.personal.name });
  }
  await register.add(added);
  await register.addRegistrations(registrations);
  const proposed = await proposeDuplicates(stores, compared, { at, newId });
  if (!proposed.ok) return proposed;
  return ok({ added: added.length, changed, duplicates: proposed.value });
}

function registrationOf(
  { campaign, round }: RegisterImport,
  person: Person,
  { id, household, at }: { id: string; household: string; at: number },
): Registration {
  return {
    id,
    household,
    campaign,
    round,
    channel: "import",
    onDay: dayOf(at),
    earlierSupport: "none",
    state: "open",
    registeredBy: person.id,
    registeredAt: at,
  };
}
