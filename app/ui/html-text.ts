const SIGNS = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#x27;"],
]);
const TO_ESCAPE = /["&'<>]/;
const ALL_TO_ESCAPE = /["&'<>]/g;

/** A text as it stands in HTML, between tags or in a quoted attribute: as React itself writes it. */
export function htmlText(text: string): string {
  return TO_ESCAPE.test(text)
    ? text.replace(ALL_TO_ESCAPE, (sign) => SIGNS.get(sign) ?? sign)
    : text;
}
