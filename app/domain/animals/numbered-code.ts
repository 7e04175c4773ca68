/** Whether a code is the prefix, a dash and exactly four digits: `LD1-0007` of `LD1`. */
export function isNumberedCode(code: string, prefix: string): boolean {
  const from = prefix.length + 1;
  if (!code.startsWith(`${prefix}-`) || code.length !== from + 4) return false;
  return /^\d+$/.test(code.slice(from));
}
