/**
 * What a table holds under a word; undefined when it holds nothing of its own there. Plain objects also answer to words
 * that every object inherits (`constructor`, `toString`, `__proto__`), so a word that somebody typed is asked for here.
 */
export function own<Value>(
  table: Readonly<Partial<Record<string, Value>>>,
  word: string,
): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
