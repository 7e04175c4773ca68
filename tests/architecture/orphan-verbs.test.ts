import { describe, expect, it } from "vitest";

import { moduleOf, reachedFrom } from "../support/declarations.ts";
import { sourceFiles, textOf } from "../support/source-tree.ts";

/**
 * Verbs that write and that no person, hook or job reaches, each with what will be its door. The demonstration may call no verb that
 * nobody can reach: the list only gets shorter.
 */
const WITHOUT_DOOR: ReadonlyMap<string, string> = new Map([
  // The herd's: acceptance, the herd book, rounds, gifts in kind.
  ["acceptGiftInKind", "gifts in kind"],
  ["handOver", "acceptance and hand-over"],
  ["passOn", "the herd book"],
  ["recordBirths", "the herd book"],
  ["recordCompensation", "incidents"],
  ["recordLoss", "incidents; money orders of kind write-off do it by its own parts"],
  ["waiveDuty", "the duty board"],
  // The money desk's.
  ["assignSuspense", "money orders of kind redesignation do it by its own parts"],
  ["changeAccount", "the money desk"],
  ["closePeriod", "the money desk"],
  ["confirmSettlement", "the money desk"],
  ["expireDonation", "the money desk"],
  ["recordChargeback", "the money desk"],
  ["refundThroughGateway", "money orders of kind refund do it by its own parts"],
  ["settleDue", "the money desk"],
  ["succeedCommune", "the money desk"],
  // Money orders are the real door, by the same parts; the demonstration still books some years of them at once.
  ["advance", "money orders"],
  ["disburse", "money orders"],
  ["redesignate", "money orders"],
  ["refundGift", "money orders"],
  ["returnUnspent", "money orders"],
  ["reverseEntry", "money orders"],
]);

const modules = new Map(
  sourceFiles()
    // Whatever only the demonstration does has no door.
    .filter(
      (file) => /^(?:app|bin|db)\/(?!demo\/).*\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file),
    )
    .map((file) => [file, moduleOf(file, textOf(file))]),
);

/** Doors that people, other machines and the clock have: pages, hooks, the server's front, jobs. The demonstration is none. */
function isDoor(file: string): boolean {
  return (
    /^app\/(?:routes|front|requests)\//.test(file) ||
    /^app\/(?:server|entry\.server|root)\.tsx?$/.test(file) ||
    (/^bin\/[^/]+\.ts$/.test(file) && file !== "bin/demo.ts")
  );
}

/** Verbs: exported functions of the domain that open a transaction of an act, by themselves or through others. */
function verbs(): string[] {
  const domain = [...modules.values()].filter(({ file }) => file.startsWith("app/domain/"));
  const writing = new Set<string>();
  for (let before = -1; before !== writing.size;) {
    before = writing.size;
    for (const { file, declarations, imports } of domain) {
      for (const { name, text, mentions } of declarations) {
        const through = [...mentions].some((other) => {
          const from = imports.get(other) ?? { file, name: other };
          return writing.has(`${from.file} ${from.name}`);
        });
        if (through || /\.write[<(]/.test(text)) writing.add(`${file} ${name}`);
      }
    }
  }
  return domain.flatMap(({ file, declarations }) =>
    declarations
      .filter(({ name, exported }) => exported && writing.has(`${file} ${name}`))
      .map(({ name }) => `${file} ${name}`),
  );
}

describe("verbs and their doors", () => {
  const reached = reachedFrom(modules, isDoor);
  const all = verbs();
  const nameOf = (verb: string) => verb.split(" ")[1] ?? "";

  it("finds the verbs", () => {
    const names = all.map(nameOf);
    expect(names.length).toBeGreaterThan(60);
    expect(names).toEqual(expect.arrayContaining(["bookOrder", "decideList", "openObjection"]));
  });

  it("every verb that writes is reached from a page, a hook or a job, but those that wait for their door", () => {
    const orphans = all.filter((verb) => !reached.has(verb)).map(nameOf);
    expect(orphans.toSorted()).toEqual([...WITHOUT_DOOR.keys()].toSorted());
  });
});
