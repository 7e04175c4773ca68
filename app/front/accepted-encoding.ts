/** Encodings we have ready, best first. */
export type Encoding = "br" | "gzip" | "identity";

/** Browsers send a handful of different lines; each is parsed once. */
const known = new Map<string, Encoding>();
const MOST_KNOWN = 200;

/** The best encoding that an `Accept-Encoding` line allows (RFC 9110, 12.5.3). */
export function acceptedEncoding(line: string | undefined): Encoding {
  if (line === undefined) return "identity";
  const before = known.get(line);
  if (before) return before;
  const encoding = parse(line);
  if (known.size < MOST_KNOWN) known.set(line, encoding);
  return encoding;
}

function parse(line: string): Encoding {
  const weights = new Map<string, number>();
  for (const part of line.toLowerCase().split(",")) {
    const [name = "", ...parameters] = part.split(";").map((word) => word.trim());
    const quality = parameters.find((word) => word.startsWith("q="))?.slice(2);
    weights.set(name, quality === undefined ? 1 : Number(quality) || 0);
  }
  const any = weights.get("*") ?? 0;
  const br = weights.get("br") ?? any;
  const gzip = weights.get("gzip") ?? weights.get("x-gzip") ?? any;
  if (br > 0 && br >= gzip) return "br";
  return gzip > 0 ? "gzip" : "identity";
}
