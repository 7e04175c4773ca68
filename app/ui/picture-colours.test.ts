import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { PICTURE_COLOURS } from "./picture-colours.ts";

const tokens = readFileSync(new URL("./css/tokens.css", import.meta.url), "utf8");

test.each(Object.entries(PICTURE_COLOURS))(
  "%s is what it is by day in the stylesheet",
  (name, colour) => {
    expect(new RegExp(`--${name}: ([^;]+);`).exec(tokens)?.[1]).toBe(colour);
  },
);
