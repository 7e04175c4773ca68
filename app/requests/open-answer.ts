/** Media types of what is published. */
export const OPEN_TYPES = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
  text: "text/plain; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  zip: "application/zip",
} as const;

/** Kept as long as nothing changed; to be read from any page or notebook. */
const HEADERS = {
  "cache-control": "public, max-age=0, must-revalidate",
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-ledger-entry",
  "cross-origin-resource-policy": "cross-origin",
};

const PROBLEM_HEADERS = {
  "content-type": OPEN_TYPES.json,
  "access-control-allow-origin": "*",
};

/** Something published, as of entry `head`. */
export function openAnswer(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  type: keyof typeof OPEN_TYPES,
  head: number,
): Response {
  return new Response(body, {
    headers: { ...HEADERS, "content-type": OPEN_TYPES[type], "x-ledger-entry": String(head) },
  });
}

/** Nothing is published there: a code with the facts, for programs. */
export function notPublished(
  problem: { code: string } & Readonly<Record<string, unknown>>,
): Response {
  return new Response(`${JSON.stringify(problem)}\n`, { status: 404, headers: PROBLEM_HEADERS });
}

/** Whoever asks tried too many codes that do not exist, and may go on in a minute. */
export function askedTooMuch(): Response {
  return new Response(`${JSON.stringify({ code: "look-up.too-many" })}\n`, {
    status: 429,
    headers: { ...PROBLEM_HEADERS, "retry-after": "60" },
  });
}

/**
 * The parts as they are made, never all at once: the next is made when the reader has taken the last. The first is made
 * before the answer begins, so that a failure is told by the status.
 */
export async function streamed(
  parts: AsyncGenerator<string | Uint8Array>,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const first = await parts.next();
  let next: IteratorResult<string | Uint8Array, unknown> | undefined = first;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = next ?? (await parts.next());
        next = undefined;
        if (done === true) return controller.close();
        // An empty part would end a reader that takes nothing for the end.
        const bytes = typeof value === "string" ? encoder.encode(value) : value;
        if (bytes.length > 0) return controller.enqueue(bytes);
        controller.close();
      },
      async cancel() {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
