/** A letter as a mail server took it. */
export interface ReceivedLetter {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** UTC seconds */
  readonly at: number;
}

/** Subject and text of a plain-text message (RFC 5322, one part), given as bytes in latin1. */
export function readMessage(source: string): { subject: string; text: string } {
  const end = source.indexOf("\r\n\r\n");
  const head = end < 0 ? source : source.slice(0, end);
  const body = end < 0 ? "" : source.slice(end + 4);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return {
    subject: decodedWords(headers.get("subject") ?? ""),
    text: bytesOf(body, headers.get("content-transfer-encoding") ?? "")
      .toString("utf8")
      .replaceAll("\r\n", "\n"),
  };
}

function bytesOf(body: string, encoding: string): Buffer {
  switch (encoding.toLowerCase()) {
    case "base64":
      return Buffer.from(body, "base64");
    case "quoted-printable":
      return quotedPrintable(body);
    default:
      return Buffer.from(body, "latin1");
  }
}

function quotedPrintable(text: string): Buffer {
  const plain = text
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, "latin1");
}

/** `=?UTF-8?Q?...?=` and `=?UTF-8?B?...?=` (RFC 2047); blanks between two such words are none. */
function decodedWords(text: string): string {
  const words = /=\?utf-8\?([QB])\?([^?]*)\?=/gi;
  const joined = text.replace(/(\?=)\s+(=\?)/g, "$1$2");
  const bytes = joined.replace(words, (_, kind: string, value: string) =>
    (kind.toUpperCase() === "B"
      ? Buffer.from(value, "base64")
      : quotedPrintable(value.replaceAll("_", " "))
    ).toString("latin1"),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}
