import { expect, test } from "vitest";

import { sourceFiles, textOf } from "../support/source-tree.ts";

const sources = sourceFiles().filter(
  (path) => /^(app|db|bin)\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path),
);

/** What statements say of the subject, and the one place that says it. */
const TOLD: readonly { readonly truth: string; readonly by: RegExp; readonly in: string[] }[] = [
  {
    truth: "what a place became (the function place_line)",
    by: /\.successor and \w+\.valid_from = \w+\.valid_to \+ 1/,
    in: [],
  },
  {
    truth: "what an organisation became (the function organisation_line)",
    by: /join organisation \w+ on \w+\.id = \w+\.successor where/,
    in: [],
  },
  {
    truth: "Vietnamese where the English is empty",
    by: /coalesce\(nullif\([^)]*_en\b[^)]*\)/,
    in: ["db/stores/in-english.ts"],
  },
  {
    truth: "in force on a day",
    by: /coalesce\((?:\w+\.)?valid_to, (?:'infinity'|\$\d)|valid_to is null or (?!valid_from)/,
    in: ["db/stores/in-force.ts"],
  },
  {
    truth: "rules by day",
    by: /\bfrom rule\b/,
    in: ["db/stores/rules.ts"],
  },
  {
    truth: "the channel on which changes are told",
    by: /["'`]ketnghia_versions["'`]/,
    in: ["db/stores/content-version.ts"],
  },
];

test.each(TOLD)("$truth: told in one place", ({ by, in: places }) => {
  const told = sources.filter((path) => by.test(textOf(path)));
  expect(told).toEqual(places);
});

const domain = sources.filter((path) => path.startsWith("app/domain/"));

/** Where a verb of the office may do for itself what `carryOut` does for all, and why. */
const BESIDE_CARRYING_OUT: Readonly<Record<string, string>> = {
  "app/domain/people/audit.ts": "says what a note is",
  "app/domain/people/carry-out.ts": "is that place",
  "app/domain/people/keep-person.ts": "the account is made outside our transaction, and then noted",
  "app/domain/people/first-grant.ts": "nobody holds a role yet",
  "app/domain/corrections/correct-clock.ts": "done at the server, by nobody's role",
  "app/domain/register/note-look.ts": "a look changes nothing, and is told before it is taken",
};

test("what a verb of the office asks and notes: told by carryOut", () => {
  const asking = domain.filter((path) => /\bgrantsOf\(|\bnoteOf\(|audit\.add\(/.test(textOf(path)));
  expect(asking.filter((path) => !path.endsWith("/ports.ts")).toSorted()).toEqual(
    Object.keys(BESIDE_CARRYING_OUT).toSorted(),
  );
});

/** Stores implement ports; a verb, or the decision of one, is asked by whoever shows it. */
const ASKED_FROM_STORES: Readonly<Record<string, RegExp>> = {
  "what an order would do": /\btryOrder\(/,
  "whose gifts a range is": /\bsharesOf\(/,
  "which advance is overdue": /\badvancesOn\(|["'`]advance\.days["'`]/,
};

test.each(Object.entries(ASKED_FROM_STORES))(
  "%s: decided in the domain, not by a store",
  (_, by) => {
    expect(
      sources.filter((path) => path.startsWith("app/domain/orders/") && by.test(textOf(path))),
    ).not.toEqual([]);
    expect(
      sources.filter((path) => path.startsWith("db/stores/") && by.test(textOf(path))),
    ).toEqual([]);
  },
);

test("a promise is measured by its campaign's terms: the page is read by routes alone", () => {
  expect(domain.filter((path) => /\.bySlug\(/.test(textOf(path)))).toEqual([]);
});

test("a form's key that was used is looked up where other contents are refused", () => {
  // An entry's key is the ledger's own: it answers a conflict itself. An objection's holds a mark of its contents: others have another.
  const form = domain.filter((path) => /(?<!ledger)\.(?:byKey|newsByKey)\(/.test(textOf(path)));
  expect(form.length).toBeGreaterThan(4);
  expect(form.filter((path) => !/\.key-used"/.test(textOf(path)))).toEqual([
    "app/domain/objections/open-objection.ts",
  ]);
});

test("from a problem's code to words there is one way", () => {
  const own = /`(?:problem|errors|fault)\.\$\{|code\.(?:replace|split)\("\."/;
  expect(sources.filter((path) => own.test(textOf(path)))).toEqual(["app/ui/problem-text.ts"]);
});

test("what lies in a file under a problem's code has the shape of codes: area and word", () => {
  type Words = { readonly [key: string]: string | Words };
  const PLAIN = new Set(["title", "other"]);
  const wrong = sourceFiles()
    .filter((path) => /^locales\/vi\/.*\.json$/.test(path))
    .flatMap((path) => {
      const { problem } = JSON.parse(textOf(path)) as { readonly problem?: Words };
      return Object.entries(problem ?? {}).flatMap(([area, words]) =>
        typeof words === "string" && !PLAIN.has(area) ? [`${path} ${area}`] : [],
      );
    });
  expect(wrong).toEqual([]);
});

test("a day is typed and read in one way: no native picker, one reader", () => {
  const picker = /type(?:=|: )"date"/;
  expect(sources.filter((path) => path.startsWith("app/ui/") && picker.test(textOf(path)))).toEqual(
    [],
  );
  expect(
    sources.filter((path) => path.startsWith("app/routes/") && picker.test(textOf(path))),
  ).toEqual([]);
  // A field of plain text for a day would have an example, a length and a way back of its own.
  const plain =
    /<TextField\b(?:[^<>]|=>)*?(?:name="(?:on|onDay|[a-z]+On)"|\("(?:on|onDay|[a-z]+On)"\)|hint\.day)/;
  expect(sources.filter((path) => path.endsWith(".tsx") && plain.test(textOf(path)))).toEqual([]);
  const reader = /\(\\d\{1,2\}\)\[\/\.-\]\(\\d\{1,2\}\)/;
  expect(
    sources.filter(
      (path) => /^app\/(?!domain\/bank-lines\/)/.test(path) && reader.test(textOf(path)),
    ),
  ).toEqual(["app/domain/kernel/typed-day.ts"]);
});
