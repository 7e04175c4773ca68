/** What a state means for whoever looks at it; colour is never the only sign, the words are there too. */
export type Tone = "waiting" | "good" | "bad" | "over" | "plain";

/** A state in a word or two. */
export function State({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`state state-${tone}`}>{children}</span>;
}
