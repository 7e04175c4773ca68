import { describe, expect, it, test } from "vitest";

import { may, type Person, type Subject } from "./may.ts";
import { OFFICE_ACTS, type OfficeAct } from "./office-act.ts";
import { type Grant, type Role, ROLES } from "./role.ts";

/**
 * What is expected, written down by hand and not from the table: one letter a role, in the order below.
 * `a` everywhere, `p` at the grant's place, `t` where its organisation is the twin, `-` never.
 * `!` after the letters: whoever prepared it may not do it.
 */
const COLUMNS: readonly Role[] = [
  "administrator",
  "committee-officer",
  "committee-leader",
  "committee-accountant",
  "commune-clerk",
  "commune-leader",
  "commune-accountant",
  "district-officer",
  "twin-officer",
  "finance-inspector",
  "front-officer",
  "union-officer",
];
const EXPECTED = `
office.enter            aaaapppp ta pp
campaign.read           -aaapppp ta --
campaign.draft          ----p--- -- --
campaign.opine          -------p t- --
campaign.review         -aa----- -- --
campaign.publish        --a----- -- --!
campaign.tell           -a--p--- -- --
progress.file           ----p-p- -- --
order.read              -aaapppp ta --
disbursement.request    ----p-p- -- --
disbursement.approve    --a----- -- --!
disbursement.book       ---a---- -- --!
advance.request         ----p-p- -- --
advance.approve         -----p-- -- --!
advance.book            ------p- -- --!
return.request          ----p-p- -- --
return.approve          -----p-- -- --!
return.book             ---a---- -- --!
refund.request          -a-a---- -- --
refund.approve          --a----- -- --!
refund.book             ---a---- -- --!
redesignation.request   -a-a---- -- --
redesignation.approve   --a----- -- --!
redesignation.book      ---a---- -- --!
write-off.request       ----p-p- -- --
write-off.approve       --a----- -- --!
write-off.book          ---a---- -- --!
reversal.request        -a-a---- -- --
reversal.approve        --a----- -- --!
reversal.book           ---a---- -- --!
statement.import        ---a---- -- --
attention.close         -a-a---- -- --
pledge.confirm          -a-a---- -- --
account.propose         -a-a---- -- --
account.approve         --a----- -- --!
file.read               -aaapppp ta pp
file.add                -a-apppp t- pp
file.redact             -a--p--- -- --
twinning.promise        -------- t- --
twinning.confirm        -----p-- -- --!
register.read           ----pp-p -- --
register.keep           ----p--- -- --
register.judge          ----pp-- -- --
register.erase          -----p-- -- --!
working-group.keep      ----p--- -- --
meeting.record          ----p--- -- --
list.read               -aaapppp ta pp
list.compile            ----p--- -- --
list.opine              -------p t- pp
list.decide             -----p-- -- --!
list.sheet              ----pp-p t- pp
notice.post             ----p--- -- --
notice.confirm          -----pp- -- pp!
objection.read          ----pp-p -- p-
objection.note          ----p--- -- pp
objection.decide        -----p-- -- --
objection.review        -------p -- --
group.draft             ----p--- -- --
group.decide            -----p-- -- --!
commitment.record       ----p--- -- --
people.read             a-a----- -a --
person.keep             a------- -- --
role.propose            a------- -- --
role.approve            --a----- -- --!
role.withdraw           a-a----- -- --
organisation.keep       a------- -- --
audit.read              --a----- -a --
health.read             aaaa---- -a --
`;

interface Cell {
  readonly act: OfficeAct;
  readonly role: Role;
  readonly reach: string;
  readonly decides: boolean;
}

const cells: Cell[] = EXPECTED.trim()
  .split("\n")
  .flatMap((line) => {
    const [act = "", ...letters] = line.split(/\s+/);
    const row = letters.join("");
    return COLUMNS.map((role, at) => ({
      act: act as OfficeAct,
      role,
      reach: row.charAt(at),
      decides: row.endsWith("!"),
    }));
  });

const HERE = "20446";
const ELSEWHERE = "20500";
const DISTRICT = "504";

function grantOf(role: Role, rest: Partial<Grant> = {}): Grant {
  const base = { id: `g-${role}`, role, organisation: "org-1", place: HERE };
  return { ...base, from: "2024-01-01", to: null, ...rest };
}

function holding(...grants: Grant[]): Person {
  return { id: "an", name: "An", grants, secondFactor: true };
}

const subjects: Record<string, Subject> = {
  here: { communes: ["20446", "20443"], district: DISTRICT, twin: "org-9" },
  elsewhere: { communes: [ELSEWHERE], district: "505", twin: "org-9" },
  "its twin": { communes: [ELSEWHERE], district: "505", twin: "org-1" },
  "of no place": {},
};

/** Whether the letter lets a role in at a subject, said without the code under test. */
function expected(reach: string, subject: string): boolean {
  if (reach === "a") return true;
  if (reach === "p") return subject === "here";
  return reach === "t" && subject === "its twin";
}

it("the expectation names every act and every role once", () => {
  expect(
    EXPECTED.trim()
      .split("\n")
      .map((line) => line.split(/\s+/)[0]),
  ).toEqual([...OFFICE_ACTS]);
  expect([...COLUMNS].sort()).toEqual([...ROLES].sort());
  expect(cells).toHaveLength(OFFICE_ACTS.length * ROLES.length);
  expect(cells.every(({ reach }) => "apt-".includes(reach) && reach !== "")).toBe(true);
});

describe.each(cells)("$act as $role", ({ act, role, reach, decides }) => {
  const grant = grantOf(role);
  const person = holding(grant);

  test("where nothing is named: whether it may be done anywhere", () => {
    const answer = may(person, act);
    if (reach === "-")
      expect(answer).toEqual({ ok: false, problem: { code: "people.not-your-role", act } });
    else expect(answer).toEqual({ ok: true, value: grant });
  });

  test.each(Object.keys(subjects))("%s", (name) => {
    const answer = may(person, act, subjects[name]);
    if (expected(reach, name)) return expect(answer).toEqual({ ok: true, value: grant });
    const code = reach === "-" ? "people.not-your-role" : "people.not-your-place";
    return expect(answer).toEqual({ ok: false, problem: { code, act } });
  });

  test("with a grant for the whole province or a district of 2024", () => {
    const whole = may(holding(grantOf(role, { place: null })), act, subjects["elsewhere"]);
    expect(whole.ok).toBe(reach === "a" || reach === "p");
    const district = may(holding(grantOf(role, { place: DISTRICT })), act, subjects["here"]);
    expect(district.ok).toBe(reach === "a" || reach === "p");
  });

  test("of what this person prepared", () => {
    const subject = {
      ...subjects[reach === "t" ? "its twin" : "here"],
      preparedBy: ["binh", "an"],
    };
    const answer = may(person, act, subject);
    if (reach === "-") return expect(answer.ok).toBe(false);
    if (!decides) return expect(answer.ok).toBe(true);
    expect(answer).toEqual({ ok: false, problem: { code: "people.own-preparation", act } });
    return expect(may(person, act, { ...subject, preparedBy: ["binh"] }).ok).toBe(true);
  });

  test("without a second factor nothing, signed out nothing", () => {
    expect(may({ ...person, secondFactor: false }, act)).toEqual({
      ok: false,
      problem: { code: "people.no-second-factor" },
    });
    expect(may(undefined, act)).toEqual({ ok: false, problem: { code: "people.signed-out" } });
  });
});

it("somebody without a grant, such as a donor, may nothing", () => {
  for (const act of OFFICE_ACTS) expect(may(holding(), act).ok).toBe(false);
});

it("another role of the same person does not undo that they prepared it", () => {
  const both = holding(grantOf("committee-officer"), grantOf("committee-leader", { place: null }));
  const answer = may(both, "refund.approve", { preparedBy: ["an"] });
  expect(answer).toMatchObject({ ok: false, problem: { code: "people.own-preparation" } });
});

it("of several grants the one that reaches is named", () => {
  const far = grantOf("commune-clerk", { id: "far", place: ELSEWHERE });
  const near = grantOf("commune-clerk", { id: "near" });
  const answer = may(holding(far, near), "campaign.draft", { communes: [HERE] });
  expect(answer).toEqual({ ok: true, value: near });
});
