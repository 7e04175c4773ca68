/** A seeded source of chance: the same label gives the same draws on every machine. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both possible. */
  whole(least: number, most: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** An item by weight. */
  weighted<Item>(items: readonly (readonly [Item, number])[]): Item;
  happens(probability: number): boolean;
  /** `bytes` bytes as hex. */
  hex(bytes: number): string;
  /** A stream of its own, so that a change in one place does not move the draws of another. */
  stream(label: string): Chance;
}

/** A source of chance seeded by a text (sfc32 over an FNV-like hash; no cryptography, this is a demonstration). */
export function chance(seed: string): Chance {
  const next32 = sfc32(seed);
  const self: Chance = {
    next: () => next32() / 0x1_0000_0000,
    whole: (least, most) => least + Math.floor(self.next() * (most - least + 1)),
    pick: (items) => {
      const item = items[self.whole(0, items.length - 1)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    weighted: (items) => {
      const whole = items.reduce((sum, [, weight]) => sum + weight, 0);
      let at = self.next() * whole;
      for (const [item, weight] of items) {
        at -= weight;
        if (at < 0) return item;
      }
      const last = items.at(-1);
      if (!last) throw new Error("nothing to pick from");
      return last[0];
    },
    happens: (probability) => self.next() < probability,
    hex: (bytes) => {
      let text = "";
      while (text.length < bytes * 2) text += next32().toString(16).padStart(8, "0");
      return text.slice(0, bytes * 2);
    },
    stream: (label) => chance(`${seed}/${label}`),
  };
  return self;
}

function sfc32(seed: string): () => number {
  let a = hash(seed, 0x9e37_79b9);
  let b = hash(seed, 0x243f_6a88);
  let c = hash(seed, 0xb7e1_5162);
  let d = hash(seed, 0xdead_beef);
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 16; warm += 1) next();
  return next;
}

function hash(text: string, basis: number): number {
  let value = basis | 0;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x0100_0193);
    value ^= value >>> 15;
  }
  return value | 0;
}
