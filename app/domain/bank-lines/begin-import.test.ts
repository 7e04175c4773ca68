import { expect, test } from "vitest";

import { no, ok } from "../kernel/result.ts";
import type { AuditNote } from "../people/audit.ts";
import type { Person } from "../people/may.ts";
import type { Grant } from "../people/role.ts";
import { beginImport, type ImportServices } from "./begin-import.ts";
import type { ReadStatement } from "./read-statement.ts";

const GRANT: Grant = {
  id: "g",
  role: "committee-accountant",
  organisation: "committee",
  place: null,
  from: "2022-01-01",
  to: null,
};
const PERSON: Person = { id: "k", name: "K", grants: [GRANT], secondFactor: true };
const STATEMENT: ReadStatement = { format: "x", accountNumber: "007", rows: [], bad: [] };
const FILE = { bytes: new Uint8Array([1]), account: undefined };

/** Of the import itself nothing is asked: it is handed over and not run. */
type Asked = Pick<ImportServices, "now" | "newId" | "sha256" | "official" | "statementImports">;

/** What happened, in order; `grants`: what the person holds when it is asked again. */
function deskOf(options: { grants?: readonly Grant[]; breaks?: boolean; unread?: boolean } = {}) {
  const happened: string[] = [];
  const notes: AuditNote[] = [];
  const asked: Asked = {
    now: () => 1_796_000_000,
    newId: () => "job",
    sha256: () => "digest",
    official: {
      async write(work) {
        const value = await work({
          people: { grantsOf: async () => [...(options.grants ?? [GRANT])] },
          audit: { add: async (note) => void notes.push(note) },
        });
        if (options.breaks) throw new Error("the database went away");
        happened.push("committed");
        return value;
      },
    },
    statementImports: {
      read: async () =>
        options.unread ? no({ code: "statement.no-header", tried: [] }) : ok(STATEMENT),
      run: (job) => void happened.push(`run ${job.id}`),
    },
  };
  return { services: asked as ImportServices, happened, notes };
}

test("permission and trail are one transaction, and the import runs after its commit", async () => {
  const { services, happened, notes } = deskOf();
  const begun = await beginImport(services, PERSON, FILE);
  expect(begun).toMatchObject({ ok: true, value: { id: "job", state: "running", account: "007" } });
  expect(happened).toEqual(["committed", "run job"]);
  expect(notes).toMatchObject([
    { act: "statement.import", subjectKind: "import", subject: "job", facts: { digest: "digest" } },
  ]);
});

test("a transaction that does not commit leaves no import", async () => {
  const { services, happened } = deskOf({ breaks: true });
  await expect(beginImport(services, PERSON, FILE)).rejects.toThrow("the database went away");
  expect(happened).toEqual([]);
});

test("a role withdrawn meanwhile leaves neither line nor import", async () => {
  const { services, happened, notes } = deskOf({ grants: [] });
  const begun = await beginImport(services, PERSON, FILE);
  expect(begun).toEqual({
    ok: false,
    problem: { code: "people.not-your-role", act: "statement.import" },
  });
  expect(notes).toEqual([]);
  expect(happened).toEqual(["committed"]);
});

test("a file that is no statement is told before anything is written", async () => {
  const { services, happened } = deskOf({ unread: true });
  const begun = await beginImport(services, PERSON, FILE);
  expect(begun).toMatchObject({ ok: false, problem: { code: "statement.no-header" } });
  expect(happened).toEqual([]);
});
