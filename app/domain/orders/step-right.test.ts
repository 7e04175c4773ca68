import { expect, test } from "vitest";

import type { Person } from "../people/may.ts";
import { MONEY_KINDS } from "../people/office-act.ts";
import { type Grant, type Role, ROLES } from "../people/role.ts";
import { type MoneyOrder, ORDER_STATES, stateAfter } from "./order.ts";
import { actsFor, type LaterStep, permittedTo } from "./step-right.ts";

const COMMUNE = "20941";
const STEPS: readonly LaterStep[] = ["change", "approve", "refuse", "book", "cancel", "send-back"];

function holder(id: string, role: Role): Person {
  const grant: Grant = {
    id: `g-${id}`,
    role,
    organisation: "office",
    place: null,
    from: "2022-01-01",
    to: null,
  };
  return { id, name: id, grants: [grant], secondFactor: true };
}

type Standing = Parameters<typeof permittedTo>[1];

function orderOf(
  kind: MoneyOrder["kind"],
  state: MoneyOrder["state"],
  hands: Partial<Standing> = {},
): Standing {
  const place = {
    campaign: "TB1",
    commune: COMMUNE,
    communes: [COMMUNE],
    district: "D",
    twin: "T",
  };
  return {
    kind,
    state,
    place,
    preparedBy: [],
    approvedBy: [],
    ...hands,
  };
}

test("whoever may take a step comes in by the door of its form, of every kind and in every state", () => {
  const standings = MONEY_KINDS.flatMap((kind) =>
    ORDER_STATES.map((state) => orderOf(kind, state, { preparedBy: ["an"] })),
  );
  const people = ROLES.flatMap((role) => [holder("an", role), holder("binh", role)]);
  let permitted = 0;
  for (const order of standings) {
    for (const step of STEPS.filter((one) => stateAfter(order.state, one) !== undefined)) {
      for (const right of people.map((person) => permittedTo(person, order, step))) {
        if (!right.ok) continue;
        permitted += 1;
        expect(actsFor(order, step)).toContain(right.value.act);
      }
    }
  }
  expect(permitted).toBeGreaterThan(100);
});

test("three hands: who asked neither approves nor books, who approved does not book", () => {
  const leader = holder("an", "committee-leader");
  const accountant = holder("binh", "committee-accountant");
  const asked = orderOf("disbursement", "requested", { preparedBy: ["an"] });
  expect(permittedTo(leader, asked, "approve")).toMatchObject({
    problem: { code: "people.own-preparation" },
  });
  const byOther = orderOf("disbursement", "requested", { preparedBy: ["chi"] });
  expect(permittedTo(leader, byOther, "approve")).toMatchObject({
    value: { act: "disbursement.approve" },
  });
  const approved = orderOf("disbursement", "approved", {
    preparedBy: ["chi"],
    approvedBy: ["binh"],
  });
  expect(permittedTo(accountant, approved, "book").ok).toBe(false);
  expect(permittedTo(holder("dung", "committee-accountant"), approved, "book").ok).toBe(true);
});

test("an approved order is sent back by whoever books, before that by whoever approves", () => {
  const accountant = holder("binh", "committee-accountant");
  const leader = holder("an", "committee-leader");
  const requested = orderOf("disbursement", "requested", { preparedBy: ["chi"] });
  const approved = orderOf("disbursement", "approved", { preparedBy: ["chi"] });
  expect(permittedTo(leader, requested, "send-back").ok).toBe(true);
  expect(permittedTo(accountant, requested, "send-back").ok).toBe(false);
  expect(permittedTo(leader, approved, "send-back").ok).toBe(false);
  expect(permittedTo(accountant, approved, "send-back").ok).toBe(true);
});

test("given up by whoever approves, their own too, or by whoever asked; by nobody else who could ask", () => {
  const order = orderOf("disbursement", "requested", { preparedBy: ["an"] });
  const act = (person: Person) => {
    const right = permittedTo(person, order, "cancel");
    return right.ok ? right.value.act : right.problem.code;
  };
  expect(act(holder("an", "committee-leader"))).toBe("disbursement.approve");
  expect(act(holder("an", "commune-clerk"))).toBe("disbursement.request");
  expect(act(holder("binh", "commune-clerk"))).toBe("people.not-your-role");
});
