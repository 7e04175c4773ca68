import type { Topic } from "#app/domain/published/topics.ts";

/** Which pages show what; `topics` undefined: a page that may show anything. */
export interface TopicIndex<Item extends { readonly topics: readonly Topic[] | undefined }> {
  add(item: Item): void;
  remove(item: Item): void;
  /** Pages that a change touches; undefined: anything may have changed. */
  touched(topics: readonly Topic[] | undefined): Iterable<Item>;
}

/** Whether a page that shows `shown` is touched by a change of `touched`; undefined is anything, on either side. */
export function isTouched(
  shown: readonly Topic[] | undefined,
  touched: readonly Topic[] | undefined,
): boolean {
  if (shown === undefined || touched === undefined) return true;
  return shown.some((topic) => touched.includes(topic));
}

/** An empty index. */
export function createTopicIndex<
  Item extends { readonly topics: readonly Topic[] | undefined },
>(): TopicIndex<Item> {
  const all = new Set<Item>();
  const anything = new Set<Item>();
  const byTopic = new Map<Topic, Set<Item>>();

  function* of(topics: readonly Topic[]): Iterable<Item> {
    yield* anything;
    for (const topic of topics) yield* byTopic.get(topic) ?? [];
  }

  return {
    add(item) {
      all.add(item);
      if (item.topics === undefined) anything.add(item);
      for (const topic of item.topics ?? []) {
        const same = byTopic.get(topic) ?? new Set();
        byTopic.set(topic, same.add(item));
      }
    },
    remove(item) {
      all.delete(item);
      anything.delete(item);
      for (const topic of item.topics ?? []) {
        const same = byTopic.get(topic);
        same?.delete(item);
        if (same?.size === 0) byTopic.delete(topic);
      }
    },
    touched: (topics) => (topics === undefined ? all : of(topics)),
  };
}
