import { expect, it } from "vitest";

import type { HerdAnimal } from "./ports.ts";
import { type Birth, wrongBirth } from "./record-births.ts";

const DAM: HerdAnimal = {
  code: "LD1-0001",
  species: "BO",
  campaign: "LD1",
  commune: "20704",
  round: 1,
  alive: true,
  undone: false,
  sex: "F",
};
const wrong = (birth: Partial<Birth>, animals: HerdAnimal[] = [DAM]) =>
  wrongBirth(
    {
      key: "k",
      on: "2025-09-28",
      role: "commune:20704",
      papers: [],
      campaign: "LD1",
      births: [{ code: "LD1-0101", dam: "LD1-0001", sex: "F", bornOn: "2025-08-30", ...birth }],
    },
    animals,
  )?.code;

it("needs a living mother of the same campaign", () => {
  expect(wrong({})).toBeUndefined();
  expect(wrong({}, [])).toBe("birth.no-dam");
  expect(wrong({}, [{ ...DAM, alive: false }])).toBe("birth.no-dam");
  expect(wrong({}, [{ ...DAM, campaign: "MC1" }])).toBe("birth.no-dam");
  expect(wrong({}, [{ ...DAM, sex: "M" }])).toBe("birth.no-dam");
});

it("is not before its mother came; what happened to her since may be later", () => {
  const came = (cameOn: string) => [{ ...DAM, cameOn, lastOn: "2025-09-20" }];
  expect(wrong({}, came("2025-08-30"))).toBeUndefined();
  expect(wrong({}, came("2025-08-31"))).toBe("animal.too-early");
});

it("needs a free code and a day before the list", () => {
  expect(wrong({ code: "LD1-0001" })).toBe("animal.exists");
  expect(wrong({ code: "bê 1" })).toBe("animal.bad-code");
  expect(wrong({ bornOn: "2025-09-28" })).toBeUndefined();
  expect(wrong({ bornOn: "2025-09-29" })).toBe("birth.after-the-list");
});
