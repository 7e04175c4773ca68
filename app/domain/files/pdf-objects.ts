/**
 * The objects of a PDF as far as they say what it does. They are read without the file's own table of places, which may
 * lead another reader elsewhere: every object that stands anywhere is taken, also in what calls itself a stream.
 */

/** A value; of strings and words only that they are there. */
export type PdfValue =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "ref"; readonly number: number }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "array"; readonly items: readonly PdfValue[] }
  | PdfDictionary
  | { readonly kind: "other" };

export interface PdfDictionary {
  readonly kind: "dictionary";
  /** A key that stands twice has both values: readers differ in which they take. */
  readonly entries: readonly (readonly [key: string, value: PdfValue])[];
}

export interface PdfObject {
  /** Undefined for trailers, and where no number stands before the object as it should. */
  readonly number: number | undefined;
  readonly value: PdfValue;
  /** Where the bytes of a stream begin. */
  readonly streamAt: number | undefined;
}

/** Deeper than any program writes. */
const DEEPEST = 60;
/** By sign: 1 a space, 2 what else ends a word (7.2.2). */
const SORTS = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) SORTS[code] = 1;
for (const sign of "()<>[]{}/%") SORTS[sign.charCodeAt(0)] = 2;
const OTHER = { kind: "other" } as const;
/** How often the whole text may be read over again before it is a trap for readers. */
const MOST_READINGS = 8;

/** How many values may still be read of a file, all its texts together. */
export interface ReadingBudget {
  values: number;
}

/** Reads values from text of one sign for each byte. */
class PdfReader {
  at = 0;
  private read = 0;
  private readonly text: string;
  private readonly budget: ReadingBudget;

  constructor(text: string, budget: ReadingBudget) {
    this.text = text;
    this.budget = budget;
  }

  /** Whether the file is made so that reading it would take too long. */
  get gaveUp(): boolean {
    return this.budget.values < 0 || this.read > (this.text.length + 1) * MOST_READINGS;
  }

  /** The value at `at`; undefined where an object, an array or a dictionary ends. */
  value(depth = 0): PdfValue | undefined {
    this.pass();
    const { text } = this;
    const sign = text[this.at];
    this.budget.values -= depth > DEEPEST ? Infinity : 1;
    if (sign === undefined || this.gaveUp) return undefined;
    if (text.startsWith("<<", this.at)) return this.dictionary(depth);
    if (sign === "[") return this.array(depth);
    if (sign === "/") return { kind: "name", name: this.name() };
    if (sign === "(") return this.string();
    if (sign === "<") return this.jump(text.indexOf(">", this.at) + 1);
    if (sign === "]" || sign === ">") return undefined;
    const word = this.word();
    if (/^(endobj|obj|stream|endstream|xref|startxref|trailer)$/.test(word)) {
      this.at -= word.length;
      return undefined;
    }
    if (!/^[+-]?[\d.]+$/.test(word)) return OTHER;
    const value = Number(word);
    return this.takesReference() ? { kind: "ref", number: value } : { kind: "number", value };
  }

  /** Whether a generation and `R` follow a number, with spaces and remarks between them. */
  private takesReference(): boolean {
    const back = this.at;
    this.pass();
    if (/^\d{1,5}$/.test(this.word(0))) {
      this.pass();
      if (this.word(0) === "R") return true;
    }
    this.at = back;
    return false;
  }

  /** Whether the word stands next; it is then passed. */
  takes(word: string): boolean {
    this.pass();
    if (!this.text.startsWith(word, this.at)) return false;
    this.jump(this.at + word.length);
    return true;
  }

  private dictionary(depth: number): PdfDictionary {
    const entries: [string, PdfValue][] = [];
    this.jump(this.at + 2);
    for (;;) {
      const key = this.value(depth + 1);
      if (key === undefined) break;
      // A value without a key is what a damaged file has; what follows is looked at all the same.
      if (key.kind !== "name") {
        entries.push(["", key]);
        continue;
      }
      const value = this.value(depth + 1);
      entries.push([key.name, value ?? OTHER]);
      if (value === undefined) break;
    }
    this.takes(">>");
    return { kind: "dictionary", entries };
  }

  private array(depth: number): PdfValue {
    const items: PdfValue[] = [];
    this.jump(this.at + 1);
    for (let item = this.value(depth + 1); item; item = this.value(depth + 1)) items.push(item);
    this.takes("]");
    return { kind: "array", items };
  }

  /** A name with its `#xx` undone (ISO 32000-1, 7.3.5). */
  private name(): string {
    this.jump(this.at + 1);
    return this.word(0).replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }

  private word(least = 1): string {
    let end = this.at + least;
    while (end < this.text.length && (SORTS[this.text.charCodeAt(end)] ?? 0) === 0) end += 1;
    const word = this.text.slice(this.at, end);
    this.jump(end);
    return word;
  }

  private string(): PdfValue {
    let open = 0;
    let end = this.at;
    for (; end < this.text.length; end += 1) {
      const sign = this.text[end];
      if (sign === "\\") end += 1;
      else if (sign === "(") open += 1;
      else if (sign === ")") open -= 1;
      if (open === 0) break;
    }
    return this.jump(end + 1);
  }

  private pass(): void {
    let end = this.at;
    for (; end < this.text.length; end += 1) {
      const sign = this.text.charCodeAt(end);
      if (sign === 37) {
        while (end < this.text.length && !/[\r\n]/.test(this.text.charAt(end))) end += 1;
      } else if (SORTS[sign] !== 1) {
        break;
      }
    }
    this.jump(end);
  }

  private jump(to: number): typeof OTHER {
    // A search that found nothing would lead back.
    const end = to < this.at ? this.text.length : to;
    this.read += Math.max(0, end - this.at);
    this.at = end;
    return OTHER;
  }
}

/** All objects and trailers of a file; undefined when it is made so that reading it would never end. */
export function pdfObjects(text: string, budget: ReadingBudget): PdfObject[] | undefined {
  const reader = new PdfReader(text, budget);
  const objects: PdfObject[] = [];
  for (const word of ["obj", "trailer"]) {
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
      if (word === "obj" && text.startsWith("end", at - 3)) continue;
      reader.at = at + word.length;
      const value = reader.value();
      if (reader.gaveUp) return undefined;
      if (!value) continue;
      const number = /(\d{1,10})[\s\0]{1,8}\d{1,5}[\s\0]{1,8}$/.exec(
        text.slice(Math.max(0, at - 40), at),
      );
      const streamAt = reader.takes("stream") ? reader.at : undefined;
      objects.push({
        number: word === "obj" && number ? Number(number[1]) : undefined,
        value,
        streamAt,
      });
    }
  }
  return objects;
}

/** The objects of an unpacked object stream: pairs of number and place, then from `first` on the objects (7.5.7). */
export function packedObjects(
  text: string,
  { count, first }: { readonly count: number; readonly first: number },
  budget: ReadingBudget,
): PdfObject[] | undefined {
  const reader = new PdfReader(text, budget);
  const places: { number: number; at: number }[] = [];
  for (let n = 0; n < count; n += 1) {
    const [number, at] = [reader.value(), reader.value()];
    if (number?.kind !== "number" || at?.kind !== "number") return undefined;
    places.push({ number: number.value, at: first + at.value });
  }
  const objects: PdfObject[] = [];
  for (const { number, at } of places) {
    reader.at = at;
    const value = reader.value();
    if (reader.gaveUp) return undefined;
    if (value) objects.push({ number, value, streamAt: undefined });
  }
  return objects;
}
