import { expect, test } from "vitest";

import { sourceFiles, textOf } from "../support/source-tree.ts";
import { wordUses } from "../support/word-uses.ts";

type Words = { readonly [key: string]: string | Words };

const LANGUAGES = ["vi", "en"] as const;

/** Where a key begins with a piece that is only known at run time: what it can begin with. */
const BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  "app/routes/public/campaign-versions.tsx": ["surplus", "shortfall", "normReason"],
  "app/routes/public/animal.tsx": ["kind", "youngKind"],
  "app/ui/orders/order-fields.tsx": ["cause", "reason"],
  "app/ui/error-page.tsx": ["400", "404", "405", "410", "429", "500", "503", "formBroken"],
  "app/ui/office/campaign/decisions.tsx": ["send-back", "cancel", "sendBackReason", "cancelReason"],
  "app/ui/office/campaign/section-view.tsx": [
    "model",
    "speciesShort",
    "surplus",
    "shortfall",
    "amendReason",
  ],
  "app/ui/prose.tsx": ["about", "privacy", "accessibility"],
  "app/ui/tracing/family-tree.tsx": ["kind", "youngKind"],
};

/** Calls whose key stands elsewhere: what it begins with, after its area. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  "app/routes/donor/payment.tsx": ["payment.vnpay.", "payment.stripe."],
  "app/routes/donor/pledge.tsx": ["payment.vnpay.", "payment.stripe."],
  // Columns of the office's lists name their words: `office-frame:role`.
  "app/routes/office/export.ts": [],
  // A problem's code is its key, in whichever area the page speaks from.
  "app/ui/problem-text.ts": [
    "give.problem.",
    "objections.problem.",
    "office-campaign.problem.",
    "office-files.problem.",
    "office-groups.problem.",
    "office-objections.problem.",
    "office-orders.problem.",
    "office-people.problem.",
    "office-pledges.problem.",
    "office-reconcile.problem.",
    "office-register.problem.",
    "office-road.problem.",
    "office-twinning.problem.",
    "payment.problem.",
    "sign-in.problem.",
  ],
  "app/ui/tracing/entry-matter.ts": ["ledger.matter."],
};

/** Words that are read from the file itself, by names that `tsc` checks. */
const READ_AS_JSON = /^(refusal|letters|mailbox|data)\.|^payment\.standIn\.|^site\.notConfirmed$/;

const flat = (words: Words, before = ""): [key: string, text: string][] =>
  Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[before + key, value]] : flat(value, `${before}${key}.`),
  );

const areas = sourceFiles().flatMap((path) => /^locales\/vi\/(.+)\.json$/.exec(path)?.[1] ?? []);

/** Every text of a language, under `area.key`. */
const textsOf = (language: string) =>
  new Map(
    areas.flatMap((area) =>
      flat(JSON.parse(textOf(`locales/${language}/${area}.json`)) as Words, `${area}.`),
    ),
  );

const texts = { vi: textsOf("vi"), en: textsOf("en") };
const singular = (key: string) => key.replace(/_(one|other)$/, "");
const keys = {
  vi: [...new Set([...texts.vi.keys()].map(singular))],
  en: [...new Set([...texts.en.keys()].map(singular))],
};

const sources = sourceFiles().filter(
  (path) => /^(app|bin|db)\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path),
);
const read = sources.map((file) => wordUses(file, textOf(file)));
const uses = read.flatMap((one) => one.uses);

/** Keys of a use: what is filled at run time stands for any text; a whole key also means all that is under it. */
function asked(area: string, pieces: readonly string[]): RegExp {
  const quoted = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${area}\\.${quoted.join(".+")}(\\..+)?$`, "u");
}

/** The uses, each by the keys it can mean. */
const patterns = uses.flatMap(({ file, line, area, pieces }) => {
  const begins = pieces.length > 1 && pieces[0] === "" ? BEGINNINGS[file] : undefined;
  if (!begins) return [{ at: `${file}:${line}`, pattern: asked(area, pieces) }];
  return begins.flatMap((begin) => {
    const pattern = asked(area, [begin + pieces[1], ...pieces.slice(2)]);
    return keys.vi.some((key) => pattern.test(key)) ? [{ at: `${file}:${line}`, pattern }] : [];
  });
});

test("the sources are read", () => {
  expect(uses.length).toBeGreaterThan(1500);
  // A translator without an area, or a key that stands elsewhere, is named above; nothing is passed over.
  const passedOver = read.flatMap(({ unread }) => unread).filter(({ file }) => !ELSEWHERE[file]);
  expect(passedOver).toEqual([]);
  const open = uses.filter(({ pieces }) => pieces.length > 1 && pieces[0] === "");
  expect(Object.keys(BEGINNINGS).toSorted()).toEqual(
    [...new Set(open.map(({ file }) => file))].toSorted(),
  );
});

test.each(LANGUAGES)("every key that is asked for is written, in %s", (language) => {
  const missing = patterns.filter(
    ({ pattern }) => !keys[language].some((key) => pattern.test(key)),
  );
  expect(missing.map(({ at, pattern }) => `${at} ${pattern.source}`)).toEqual([]);
});

test("every key that is written is asked for", () => {
  const elsewhere = Object.values(ELSEWHERE).flat();
  const unused = keys.vi.filter(
    (key) =>
      !READ_AS_JSON.test(key) &&
      !elsewhere.some((begin) => key.startsWith(begin)) &&
      !patterns.some(({ pattern }) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});

/** The last two columns of the table of words. */
const refused = textOf("docs/words.md")
  .split("\n")
  .filter((line) => /^\| .* \|$/.test(line) && !/^\| (Vietnamese|-)/.test(line))
  .flatMap((line) => {
    const [, , , vi = "", en = ""] = line.slice(1, -1).split("|");
    const listed = (cell: string) => cell.split(";").flatMap((word) => word.trim() || []);
    return [
      ...listed(vi).map((word) => ({ language: "vi" as const, word })),
      ...listed(en).map((word) => ({ language: "en" as const, word })),
    ];
  });

/** The word as it stands in a text: whole, and in small letters it is found at the head of a sentence too. */
function standing(word: string): RegExp {
  const quoted = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const any = word.charAt(0) === word.charAt(0).toLowerCase();
  const head = any ? `[${quoted.charAt(0)}${quoted.charAt(0).toUpperCase()}]` : quoted.charAt(0);
  return new RegExp(`(?<![\\p{L}\\p{N}])${head}${quoted.slice(1)}(?![\\p{L}\\p{N}])`, "u");
}

test("the table of words names words that are not used", () => {
  expect(refused.length).toBeGreaterThan(60);
});

test.each(refused)("$language: “$word” is not written", ({ language, word }) => {
  const pattern = standing(word);
  const prose = (text: string) =>
    word.includes("{{") ? text : text.replaceAll(/\{\{\w+\}\}/g, "0");
  const found = [...texts[language]].filter(([, text]) => pattern.test(prose(text)));
  expect(found.map(([key]) => key)).toEqual([]);
});

test("English has no straight apostrophes, and no amounts in Vietnamese words", () => {
  const found = [...texts.en].filter(([, text]) => /\w'\w|\d triệu|\d tỷ/.test(text));
  expect(found.map(([key]) => key)).toEqual([]);
});
