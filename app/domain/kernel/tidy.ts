/** Text as it is kept: NFC, one blank between words, no control signs, none at the ends. */
export function tidy(typed: string): string {
  return typed
    .normalize("NFC")
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
}

/** Text of several paragraphs: lines are tidied one by one, empty lines part the paragraphs. */
export function tidyParagraphs(typed: string): string {
  return typed
    .replace(/\r\n?/g, "\n")
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.split("\n").map(tidy).filter(Boolean).join("\n"))
    .filter(Boolean)
    .join("\n\n");
}
