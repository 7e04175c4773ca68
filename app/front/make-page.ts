import { readyPage, type ReadyPage } from "./ready-page.ts";

/** What a making gave: a page that may be kept, or an answer that may not. */
export interface Made {
  readonly page?: ReadyPage;
  readonly answer?: Response;
  /** How far the books went that it shows, when it says so. */
  readonly upTo?: number;
  /** What pages are made from is away. */
  readonly away?: boolean;
}

/** Longest that a reader of a heavy answer keeps the next one waiting, milliseconds. */
const READING_MOST = 10_000;

const KEPT_TYPES =
  /^(?:text\/(?:html|csv|plain)|application\/(?:json|xml|geo\+json|zip|vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet)|image\/svg\+xml)\b/;

/** Make a page; `madeAt` is now, milliseconds since 1970; bodies longer than `largest` bytes are passed on as they come. */
export async function makePage(
  render: () => Promise<Response>,
  { madeAt, largest }: { readonly madeAt: number; readonly largest: number },
): Promise<Made> {
  const response = await render();
  if (!mayBeKept(response)) return { answer: response, away: response.status === 503 };
  const body = await collect(response, largest);
  if (!Buffer.isBuffer(body)) return { answer: body };
  const page = await readyPage(response.headers, body, madeAt);
  const upTo = response.headers.get("x-ledger-entry");
  return { page, ...(upTo === null ? {} : { upTo: Number(upTo) }) };
}

/** Only a plain, whole, public answer: 200, a kept type, no cookie, nothing that says it is for one visitor. */
function mayBeKept(response: Response): boolean {
  const { headers } = response;
  if (response.status !== 200 || response.body === null) return false;
  if (headers.has("set-cookie") || headers.has("content-encoding")) return false;
  if (!KEPT_TYPES.test(headers.get("content-type") ?? "")) return false;
  if (/no-store|private/.test(headers.get("cache-control") ?? "")) return false;
  if (/cookie|authorization|\*/i.test(headers.get("vary") ?? "")) return false;
  // A nonce is for one answer: kept, it would be known to everybody.
  return !(headers.get("content-security-policy") ?? "").includes("'nonce-");
}

/** The whole body; or, when it is longer than `most`, the response with what was read put back in front. */
async function collect(response: Response, most: number): Promise<Buffer | Response> {
  const reader = response.body?.getReader();
  if (!reader) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(parts, length);
    parts.push(value);
    length += value.length;
    if (length > most) break;
  }
  const rest = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = parts.shift();
      if (part) return controller.enqueue(part);
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(rest, response);
}

/** The answer; `leave` is called when its last byte was taken, or its reader has gone or taken too long. */
export function leaveAtEnd(answer: Response, leave: () => void): Response {
  const reader = answer.body?.getReader();
  if (!reader) {
    leave();
    return answer;
  }
  const late = setTimeout(leave, READING_MOST);
  late.unref();
  const end = () => {
    clearTimeout(late);
    leave();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          end();
          controller.close();
        } catch (error) {
          end();
          controller.error(error);
        }
      },
      async cancel(reason) {
        end();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, answer);
}
