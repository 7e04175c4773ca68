import { createHmac, timingSafeEqual } from "node:crypto";

/** Seconds that a code is shown. */
const STEP = 30;
/** Steps before and after the clock's own: an app's clock may be that far off. */
const DRIFT = 1;

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Bytes as base32 without padding, as authenticator apps take it (RFC 4648). */
export function base32(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32.charAt((held >> bits) & 31);
      held &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + BASE32.charAt((held << (5 - bits)) & 31) : text;
}

/** The bytes of base32 text; signs that are none are passed over. */
export function fromBase32(text: string): Uint8Array {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const sign of text.toUpperCase()) {
    const value = BASE32.indexOf(sign);
    if (value < 0) continue;
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
    held &= (1 << bits) - 1;
  }
  return Uint8Array.from(bytes);
}

/** The code of a time step (RFC 4226 with HMAC-SHA-1, six digits: what every app understands). */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The code that an app shows at `seconds` (UTC). */
export function codeNow(secret: string, seconds: number): string {
  return codeAt(secret, Math.floor(seconds / STEP));
}

/** The time step whose code this is, at most one from the clock's; undefined: of none. */
export function stepOf(secret: string, code: string, seconds: number): number | undefined {
  const digits = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(digits)) return undefined;
  const here = Math.floor(seconds / STEP);
  let found: number | undefined;
  for (let step = here - DRIFT; step <= here + DRIFT; step += 1) {
    if (step < 0) continue;
    if (timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(digits))) found = step;
  }
  return found;
}

/** The `otpauth:` address behind the QR picture. */
export function factorUri(secret: string, email: string): string {
  const issuer = "Kết Nghĩa";
  const query = new URLSearchParams({ secret, issuer, digits: "6", period: String(STEP) });
  // Apps read a plus sign as a plus.
  const search = query.toString().replaceAll("+", "%20");
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(email)}?${search}`;
}
