/**
 * Room for what is kept, by address: what is asked for outlasts what is not, and what many variants of one page take is
 * bounded on its own.
 */
export interface Shelf<Item extends Shelved> {
  get(address: string): Item | undefined;
  /** Put it in, in the place of what stood there; what has to go for it is told to `gone`. */
  put(item: Item): void;
  /** Take it off. */
  drop(item: Item): void;
  /** Its size has changed. */
  resized(item: Item, before: number): void;
  values(): Iterable<Item>;
  readonly size: number;
  readonly bytes: number;
}

/** Something that stands on a shelf. */
export interface Shelved {
  readonly address: string;
  /** What variants of one page have in common. */
  readonly pathname: string;
  readonly bytes: number;
  /** Asked for since the last sweep: it gets a second chance. */
  used: boolean;
}

/** A shelf of `most` bytes, with at most `variants` of one path; `gone` hears of what was taken off to make room. */
export function createShelf<Item extends Shelved>(options: {
  readonly most: number;
  readonly variants: number;
  readonly gone: (item: Item) => void;
}): Shelf<Item> {
  const items = new Map<string, Item>();
  const ofPath = new Map<string, Set<string>>();
  let bytes = 0;

  function remove(item: Item): void {
    items.delete(item.address);
    bytes -= item.bytes;
    const same = ofPath.get(item.pathname);
    same?.delete(item.address);
    if (same?.size === 0) ofPath.delete(item.pathname);
  }

  function evict(item: Item): void {
    remove(item);
    options.gone(item);
  }

  /** Oldest first; one that was asked for since goes to the end once. */
  function makeRoom(newest: Item): void {
    for (const [address, item] of items) {
      if (bytes <= options.most) return;
      if (item === newest && items.size > 1 && !item.used) continue;
      if (item.used) {
        item.used = false;
        items.delete(address);
        items.set(address, item);
      } else evict(item);
    }
  }

  function makeRoomOfPath(newest: Item): void {
    const same = ofPath.get(newest.pathname);
    if (!same || same.size <= options.variants) return;
    const others = [...same].flatMap((address) => items.get(address) ?? []);
    const oldest = others.find((item) => item !== newest && !item.used) ?? others[0];
    if (oldest && oldest !== newest) evict(oldest);
  }

  return {
    get: (address) => items.get(address),
    put(item) {
      const before = items.get(item.address);
      if (before) remove(before);
      items.set(item.address, item);
      bytes += item.bytes;
      const same = ofPath.get(item.pathname) ?? new Set();
      ofPath.set(item.pathname, same.add(item.address));
      makeRoomOfPath(item);
      makeRoom(item);
    },
    drop(item) {
      if (items.get(item.address) === item) evict(item);
    },
    resized(item, before) {
      if (items.get(item.address) !== item) return;
      bytes += item.bytes - before;
      makeRoom(item);
    },
    values: () => items.values(),
    get size() {
      return items.size;
    },
    get bytes() {
      return bytes;
    },
  };
}
