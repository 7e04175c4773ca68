/** Whether a code is the prefix, a dash and exactly so many digits: `LD1-0007` of `LD1`, `H-LD1-012` of `H-LD1`. */
export function isNumberedCode(code: string, prefix: string, digits: 3 | 4): boolean {
  const from = prefix.length + 1;
  if (!code.startsWith(`${prefix}-`) || code.length !== from + digits) return false;
  return /^\d+$/.test(code.slice(from));
}
