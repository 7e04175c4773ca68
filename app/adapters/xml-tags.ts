import { own } from "#app/domain/kernel/own.ts";

/** A tag of an XML text. Names are without their prefix. */
export interface XmlTag {
  readonly name: string;
  readonly kind: "open" | "close" | "alone";
  /** Text between the name and the end of the tag. */
  readonly attributes: string;
  /** Where it begins, and where what follows it begins. */
  readonly from: number;
  readonly to: number;
}

/** The tags of an XML text in order, each sign looked at once. Comments and declarations are passed over. */
export function* xmlTags(xml: string): Generator<XmlTag, void, void> {
  for (let from = xml.indexOf("<"); from !== -1; from = xml.indexOf("<", from + 1)) {
    const end = xml.indexOf(">", from);
    if (end === -1) return;
    const first = xml.charAt(from + 1);
    if (first === "!" || first === "?") continue;
    const close = first === "/";
    const alone = !close && xml.charAt(end - 1) === "/";
    const inner = xml.slice(from + (close ? 2 : 1), alone ? end - 1 : end);
    const blank = inner.search(/\s/);
    const whole = blank === -1 ? inner : inner.slice(0, blank);
    yield {
      name: whole.slice(whole.indexOf(":") + 1),
      kind: close ? "close" : alone ? "alone" : "open",
      attributes: blank === -1 ? "" : inner.slice(blank),
      from,
      to: end + 1,
    };
    from = end;
  }
}

/** An attribute of a tag; undefined where it has none of that name. */
export function xmlAttribute({ attributes }: XmlTag, name: string): string | undefined {
  for (
    let at = attributes.indexOf(`${name}=`);
    at !== -1;
    at = attributes.indexOf(`${name}=`, at + 1)
  ) {
    const before = attributes.charAt(at - 1);
    const quote = attributes.charAt(at + name.length + 1);
    if (before.trim() !== "" || (quote !== '"' && quote !== "'")) continue;
    const from = at + name.length + 2;
    const to = attributes.indexOf(quote, from);
    return to === -1 ? undefined : attributes.slice(from, to);
  }
  return undefined;
}

const NAMED: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

/** Text with its entities read, and what a workbook writes for control signs (`_x000D_`). */
export function xmlText(text: string): string {
  if (!text.includes("&") && !text.includes("_x")) return text;
  return text
    .replace(/&(#x?[0-9a-f]{1,7}|lt|gt|amp|quot|apos);/gi, (whole, name: string) => {
      if (!name.startsWith("#")) return own(NAMED, name.toLowerCase()) ?? whole;
      const code = /^#x/i.test(name)
        ? Number.parseInt(name.slice(2), 16)
        : Number.parseInt(name.slice(1), 10);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
    })
    .replace(/_x([0-9A-F]{4})_/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
}
