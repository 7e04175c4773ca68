import { expect, test } from "vitest";

import { fairQueue } from "./fair-queue.ts";

/** Work that ends when told, and the order in which it began. */
function told() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) => async () => {
    begun.push(name);
    await new Promise<void>((end) => ends.push(end));
    return name;
  };
  return {
    begun,
    work,
    endNext: async () => {
      await new Promise(setImmediate);
      ends.shift()?.();
      await new Promise(setImmediate);
    },
  };
}

test("persons take turns, each one's own in the order in which they came", async () => {
  const { begun, work, endNext } = told();
  const queue = fairQueue({ atOnce: 1, perPerson: 10, inAll: 20 });
  const all = ["a1", "a2", "a3", "b1", "c1", "b2"].map(async (name) =>
    queue(name.charAt(0), work(name)),
  );
  for (let n = 0; n < 6; n += 1) await endNext();
  expect(begun).toEqual(["a1", "a2", "b1", "c1", "a3", "b2"]);
  expect(await Promise.all(all)).toEqual(["a1", "a2", "a3", "b1", "c1", "b2"]);
});

test("beyond the limits nothing waits, and there is room again after a turn, also a failed one", async () => {
  const { begun, work, endNext } = told();
  const queue = fairQueue({ atOnce: 1, perPerson: 2, inAll: 3 });
  const failed = queue("a", () => Promise.reject(new Error("broken")));
  expect(queue("a", work("a1"))).toBeDefined();
  expect(queue("a", work("a2"))).toBeDefined();
  expect(queue("a", work("a3"))).toBeUndefined();
  expect(queue("b", work("b1"))).toBeDefined();
  expect(queue("c", work("c1"))).toBeUndefined();
  await expect(failed).rejects.toThrow("broken");
  expect(queue("c", work("c2"))).toBeDefined();
  for (let n = 0; n < 4; n += 1) await endNext();
  expect(begun).toEqual(["a1", "b1", "a2", "c2"]);
});
