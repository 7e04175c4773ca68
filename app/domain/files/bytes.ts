/** Looking into bytes, without Node's Buffer. */

const latin1 = new TextDecoder("latin1");

/** Bytes as one sign each, from `start` up to `end`. */
export function signs(bytes: Uint8Array, start: number, end: number): string {
  return latin1.decode(bytes.subarray(Math.max(0, start), Math.max(0, end)));
}

/** Whether the ASCII text stands at `at`. */
export function standsAt(bytes: Uint8Array, at: number, text: string): boolean {
  if (at < 0 || at + text.length > bytes.length) return false;
  for (let n = 0; n < text.length; n += 1) {
    if (bytes[at + n] !== text.charCodeAt(n)) return false;
  }
  return true;
}

/** Where the ASCII text first stands from `from` on, before `end`; -1 when nowhere. */
export function findText(bytes: Uint8Array, text: string, from = 0, end = bytes.length): number {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at !== -1 && at + text.length <= end;) {
    if (standsAt(bytes, at, text)) return at;
    at = bytes.indexOf(first, at + 1);
  }
  return -1;
}

/** Where the ASCII text last stands, not before `from`; -1 when nowhere. */
export function findLastText(bytes: Uint8Array, text: string, from = 0): number {
  for (let at = bytes.length - text.length; at >= Math.max(0, from); at -= 1) {
    if (standsAt(bytes, at, text)) return at;
  }
  return -1;
}

export function big16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 0x100 + (bytes[at + 1] ?? 0);
}

export function big32(bytes: Uint8Array, at: number): number {
  return big16(bytes, at) * 0x10000 + big16(bytes, at + 2);
}

export function little16(bytes: Uint8Array, at: number): number {
  return (bytes[at + 1] ?? 0) * 0x100 + (bytes[at] ?? 0);
}

export function little24(bytes: Uint8Array, at: number): number {
  return (bytes[at + 2] ?? 0) * 0x10000 + little16(bytes, at);
}

export function little32(bytes: Uint8Array, at: number): number {
  return little16(bytes, at + 2) * 0x10000 + little16(bytes, at);
}
