/**
 * The accent-free form by which text is searched: NFD, marks off, đ to d, lower case,
 * every other sign to one space (vectors: tests/vectors/vi-text.json).
 */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** The fold twice, with and without blanks, so that `trhy` finds Tr'Hy and `atieng` finds A Tiêng. */
export function searchText(...parts: readonly string[]): string {
  const folds = parts.map(fold).filter((part) => part !== "");
  return [...new Set([...folds, ...folds.map((part) => part.replaceAll(" ", ""))])].join(" | ");
}
