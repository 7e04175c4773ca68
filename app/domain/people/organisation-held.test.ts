import { expect, test } from "vitest";

import { heldFaults } from "./organisation-held.ts";
import type { Organisation } from "./organisation.ts";
import type { GrantFile } from "./ports.ts";

const TODAY = "2026-11-23";

const office: Organisation = {
  id: "office",
  kind: "committee",
  nameVi: "Cơ quan",
  nameEn: "Office",
  place: "48",
  validFrom: "2025-07-01",
  validTo: null,
  successor: null,
  version: 1,
};
const other: Organisation = { ...office, id: "other" };

function grant(id: string, rest: Partial<GrantFile> = {}): GrantFile {
  return {
    id,
    person: id,
    role: "committee-officer",
    organisation: "office",
    place: null,
    from: "2025-08-01",
    to: null,
    state: "approved",
    proposedBy: "p",
    proposedAt: 0,
    decidedBy: "d",
    decidedAt: 0,
    withdrawnBy: null,
    withdrawnAt: null,
    version: 2,
    ...rest,
  };
}
const admin = (id: string, rest: Partial<GrantFile> = {}) =>
  grant(id, { role: "administrator", ...rest });

function codes(
  change: Partial<Organisation>,
  grants: readonly GrantFile[],
  where: { before?: Organisation; organisations?: readonly Organisation[] } = {},
) {
  const { before = office, organisations = [before, other] } = where;
  return heldFaults(before, { ...before, ...change }, { grants, organisations, today: TODAY }).map(
    ({ code }) => code,
  );
}
const END = { validTo: TODAY, successor: "other" };

test("where nobody holds anything, everything can change", () => {
  const days = { validFrom: "2027-01-01", validTo: "2025-01-01" };
  const elsewhere = admin("a", { organisation: "other" });
  const refused = grant("b", { state: "refused" });
  const dropped = grant("c", { state: "withdrawn", decidedBy: null });
  const change = { kind: "company", place: null, ...days } as const;
  expect(codes(change, [elsewhere, refused, dropped])).toEqual([]);
});

test.each([
  ["proposed", grant("a", { state: "proposed", decidedBy: null })],
  ["held", grant("a")],
  ["held once", grant("a", { state: "withdrawn" })],
])("kind, place and beginning stay once a role is %s", (_, given) => {
  expect(codes({ nameVi: "Tên khác", validFrom: "2025-08-01" }, [given])).toEqual([]);
  expect(
    codes({ kind: "department", place: "49", validFrom: "2025-08-02" }, [given, grant("b")]),
  ).toEqual([
    "organisation.kind-held",
    "organisation.place-held",
    "organisation.begins-after-grant",
  ]);
});

test("it ends for a successor, and not under people in the past", () => {
  const grants = [grant("a"), grant("b", { to: "2026-12-31" }), grant("c", { to: "2026-10-01" })];
  expect(codes(END, grants)).toEqual([]);
  expect(codes({ validTo: TODAY }, grants)).toEqual(["organisation.successor-needed"]);
  expect(codes({ validTo: "2026-11-22", successor: "other" }, grants)).toEqual([
    "organisation.ends-in-past",
  ]);
  const [fault] = heldFaults(
    office,
    { ...office, validTo: TODAY },
    {
      grants,
      organisations: [office],
      today: TODAY,
    },
  );
  expect(fault).toMatchObject({ field: "successor", count: 2 });
});

test("it ends freely when the roles in it end by then, or never counted", () => {
  const grants = [
    grant("a", { to: "2026-10-01" }),
    grant("b", { state: "proposed" }),
    grant("c", { state: "withdrawn" }),
  ];
  expect(codes({ validTo: "2026-10-01" }, grants)).toEqual([]);
  const ended = { ...office, validTo: "2026-01-31" };
  expect(codes({ nameVi: "Tên khác" }, [grant("a")], { before: ended })).toEqual([]);
  expect(codes({ validTo: "2026-06-30" }, [grant("a")], { before: ended })).toEqual([]);
  expect(codes({ validTo: "2026-01-01" }, [grant("a")], { before: ended })).toEqual([
    "organisation.ends-in-past",
    "organisation.successor-needed",
  ]);
});

test.each(["administrator", "committee-leader"] as const)("the last %s is not cut off", (role) => {
  const last = grant("a", { role });
  expect(codes(END, [last])).toEqual(["organisation.last-one"]);
  expect(codes({ ...END, validTo: "2031-12-31" }, [last])).toEqual(["organisation.last-one"]);
  for (const elsewhere of [
    { state: "proposed" },
    { to: TODAY },
    { from: "2026-11-25" },
    { state: "withdrawn" },
  ] as const) {
    const one = grant("b", { role, organisation: "other", ...elsewhere });
    expect(codes(END, [last, one]), JSON.stringify(elsewhere)).toEqual(["organisation.last-one"]);
  }
  const next = grant("b", { role, organisation: "other", from: "2026-11-24" });
  expect(codes(END, [last, next])).toEqual([]);
  const over = { ...other, validTo: TODAY };
  expect(codes(END, [last, next], { organisations: [office, over] })).toEqual([
    "organisation.last-one",
  ]);
});

test("two that end one after the other leave nobody either", () => {
  const both = [admin("a"), admin("b", { organisation: "other" })];
  const organisations = [office, { ...other, validTo: "2026-12-31" }];
  // The other one still has an administrator on the first day, but not on all of those after it.
  expect(codes(END, both, { organisations })).toEqual(["organisation.last-one"]);
});

test("a role that runs out by itself is nobody's fault", () => {
  const grants = [admin("a", { to: "2026-12-31" }), admin("b", { organisation: "other" })];
  expect(codes(END, grants)).toEqual([]);
  const one = [admin("a", { to: TODAY }), grant("b")];
  expect(codes(END, one)).toEqual([]);
});
