import { SET_NAMES, SETS } from "./sets.ts";
import { type DataWords, README_SECTIONS } from "./words.ts";

const WIDTH = 100;

/** The README of the data in one language: form, rules, formulas of the totals, states, and every column. */
export function readme(words: DataWords, options: { readonly demo: boolean }): string {
  const parts = [
    underlined(words.title, "="),
    wrapped(words.description),
    ...(options.demo ? [wrapped(words.demo)] : []),
    wrapped(words.words.license),
    ...README_SECTIONS.map((section) =>
      [
        underlined(words.sections[section], "-"),
        ...words.lines[section].map((line) => wrapped(line, "- ")),
      ].join("\n"),
    ),
    underlined(words.sections.tables, "-"),
    ...SET_NAMES.map((set) => table(words, set)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function table(words: DataWords, set: (typeof SET_NAMES)[number]): string {
  const { columns, key } = SETS[set];
  const { title, columns: meanings } = words.sets[set];
  const widest = Math.max(...columns.map(({ name }) => name.length));
  const lines = columns.map(({ name, type, required }) => {
    const need = required ? words.words.required : words.words.optional;
    return wrapped(`${meanings[name] ?? ""} [${type}, ${need}]`, `  ${name.padEnd(widest)}  `);
  });
  return [`${set}.csv: ${title}`, `  ${words.words.key}: ${key.join(", ")}`, ...lines].join("\n");
}

function underlined(text: string, sign: string): string {
  return `${text}\n${sign.repeat([...text].length)}`;
}

/** Lines of at most `WIDTH` signs; the first begins with `lead`, the others as far in. */
function wrapped(text: string, lead = ""): string {
  const indent = " ".repeat(lead.length);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && lead.length + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.map((part, n) => (n === 0 ? lead : indent) + part).join("\n");
}
