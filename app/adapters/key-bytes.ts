/** The 32 bytes of a key written in hexadecimal or base64 (either alphabet); undefined for anything else. */
export function keyBytes(written: string): Uint8Array | undefined {
  if (/^[0-9a-f]{64}$/i.test(written)) return Buffer.from(written, "hex");
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(written)) return undefined;
  const bytes = Buffer.from(written, "base64url");
  return bytes.length === 32 ? bytes : undefined;
}
