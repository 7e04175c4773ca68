/**
 * How limits name a caller. One customer of a network has one IPv4 address, but a whole /64 of IPv6 (2^64 addresses), and
 * often a /48 of such; so IPv6 is counted by its /64, and by its /48 against a larger limit.
 */
export interface CallerNames {
  /** What one customer has: `203.0.113.7`, or `2001:db8:1:2::/64`. */
  readonly one: string;
  /** What one customer may have in many pieces: `2001:db8:1::/48`; an IPv4 address has nothing wider. */
  readonly wide?: string;
}

/** Who asks for a page that is made anew for nobody in particular: no caller, so nothing is counted. */
export const OURSELVES = "ourselves";

/** Times as much as one caller may do that all of a /48 may do together. */
export const WIDE_FACTOR = 8;

/**
 * The names of the caller at an IP address, whichever way it is spelt: an IPv4 address told as IPv6 (`::ffff:192.0.2.1`) is
 * the IPv4 address. What is no address is a name of its own.
 */
export function callerNames(address: string): CallerNames {
  const groups = groupsOf(address);
  if (!groups) return { one: address.toLowerCase() };
  const [a = 0, b = 0, c = 0, d = 0, , , high = 0, low = 0] = groups;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return { one: [high >> 8, high & 255, low >> 8, low & 255].join(".") };
  }
  const hex = (group: number) => group.toString(16);
  return {
    one: `${[a, b, c, d].map(hex).join(":")}::/64`,
    wide: `${[a, b, c].map(hex).join(":")}::/48`,
  };
}

/** The eight groups of an IPv6 address; undefined when it is none. */
function groupsOf(address: string): number[] | undefined {
  // A zone names the card it came in by, not the caller.
  const plain = (address.split("%", 1)[0] ?? "").toLowerCase();
  if (!plain.includes(":") || plain.length > 45) return undefined;
  const [head = "", tail, more] = plain.split("::");
  if (more !== undefined) return undefined;
  const before = partsOf(head);
  const after = tail === undefined ? [] : partsOf(tail);
  if (!before || !after) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...before, ...Array.from({ length: missing }, () => 0), ...after];
}

/** Groups between two `::`; four numbers with dots stand for the last two. */
function partsOf(text: string): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  for (const part of text.split(":")) {
    if (/^[0-9a-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else if (/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(part)) {
      const [a = 0, b = 0, c = 0, d = 0] = part.split(".").map(Number);
      groups.push(a * 256 + b, c * 256 + d);
    } else return undefined;
  }
  return groups;
}
