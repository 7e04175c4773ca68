import { expect, test } from "vitest";

import { no, ok } from "../kernel/result.ts";
import type { AuditNote } from "./audit.ts";
import { carryOut, done, nothing, rightTo } from "./carry-out.ts";
import type { Person } from "./may.ts";
import type { Grant } from "./role.ts";

const GRANT: Grant = {
  id: "g1",
  role: "administrator",
  organisation: "o1",
  place: null,
  from: "2026-01-01",
  to: null,
};
const PERSON: Person = { id: "p1", name: "An", grants: [GRANT], secondFactor: true };

function desk(held: readonly Grant[] = [GRANT]) {
  const trail: AuditNote[] = [];
  const audit = { add: async (note: AuditNote) => void trail.push(note) };
  const stores = { people: { grantsOf: async () => [...held] }, audit };
  const official = { write: <Value>(work: (all: typeof stores) => Promise<Value>) => work(stores) };
  return { trail, services: { official, now: () => 1_800_000_000 } };
}

const KEEPING = { find: nothing, right: (now: Person) => rightTo(now, "person.keep") };

test("what was done stands in the trail under the right it was done by, before what follows", async () => {
  const { trail, services } = desk();
  const seen: number[] = [];
  const result = await carryOut(services, PERSON, {
    ...KEEPING,
    work: async ({ grant }) =>
      ok({
        value: grant.id,
        notes: [{ kind: "person", id: "p2", facts: { help: "invite" } }],
        follows: async () => void seen.push(trail.length),
      }),
  });
  expect(result).toEqual(ok("g1"));
  expect(trail).toEqual([
    {
      act: "person.keep",
      subjectKind: "person",
      subject: "p2",
      outcome: "done",
      facts: { help: "invite" },
      person: "p1",
      grant: "g1",
      role: "administrator",
      organisation: "o1",
    },
  ]);
  expect(seen).toEqual([1]);
});

test("a role withdrawn since the session began counts no more, and nothing is done", async () => {
  const { trail, services } = desk([]);
  const worked: string[] = [];
  const result = await carryOut(services, PERSON, {
    ...KEEPING,
    work: async () => {
      worked.push("work");
      return done(1, { kind: "person", id: "p2" });
    },
  });
  expect(result).toEqual(no({ code: "people.not-your-role", act: "person.keep" }));
  expect({ worked, trail }).toEqual({ worked: [], trail: [] });
});

test("a refusal of the work, and a form sent again, leave no line", async () => {
  const { trail, services } = desk();
  const refused = await carryOut(services, PERSON, {
    ...KEEPING,
    work: async () => no({ code: "office.stale", version: 2 }),
  });
  expect(refused).toEqual(no({ code: "office.stale", version: 2 }));
  const again = await carryOut(services, PERSON, {
    ...KEEPING,
    work: async () => done({ again: true }),
  });
  expect(again).toEqual(ok({ again: true }));
  expect(trail).toEqual([]);
});
