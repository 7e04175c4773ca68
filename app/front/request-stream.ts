import type { IncomingMessage } from "node:http";

/** How a body that is read while it comes has gone so far. */
type StreamState = "coming" | "whole" | "too-large" | "too-slow" | "cut-off";

/** A body that is handed on as it comes: nothing is read before somebody asks. */
export interface StreamedBody {
  readonly stream: ReadableStream<Uint8Array>;
  state(): StreamState;
}

/** What a sender may do. */
export interface StreamLimits {
  /** Bytes, counted as they come; what the sender announces is believed only when it is too much. */
  readonly bytes: number;
  /** Longest silence while we wait, milliseconds. */
  readonly silence: number;
  /** Longest time for the whole body, milliseconds. */
  readonly whole: number;
}

/** How long the rest of a body that nobody wants is thrown away, so that the answer arrives before the line is cut. */
const LINGER = 30_000;

/**
 * The body as a web stream with limits. A broken limit is an error of the stream with a `code` (`upload.too-large`,
 * `upload.too-slow`, `upload.cut-off`), by which the reader answers; whoever reads nothing costs nothing.
 */
export function streamBody(request: IncomingMessage, limits: StreamLimits): StreamedBody {
  const last = performance.now() + limits.whole;
  const announced = Number(request.headers["content-length"] ?? 0);
  let state: StreamState = "coming";
  let length = 0;
  let timer: NodeJS.Timeout | undefined;
  let to: ReadableStreamDefaultController<Uint8Array>;

  function end(how: Exclude<StreamState, "coming">): void {
    if (state !== "coming") return;
    state = how;
    clearTimeout(timer);
    request.off("data", take);
    request.pause();
    if (how === "whole") to.close();
    else to.error(Object.assign(new Error(`upload ${how}`), { code: `upload.${how}` }));
  }

  function take(part: Buffer): void {
    clearTimeout(timer);
    length += part.length;
    if (length > limits.bytes) return end("too-large");
    request.pause();
    to.enqueue(new Uint8Array(part));
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        to = controller;
        request.once("end", () => end("whole"));
        request.once("error", () => end("cut-off"));
        request.once("close", () => end("cut-off"));
        // Paused first: a listener alone would have everything read at once.
        request.pause();
        request.on("data", take);
      },
      pull() {
        if (announced > limits.bytes) return end("too-large");
        const left = Math.max(0, last - performance.now());
        clearTimeout(timer);
        timer = setTimeout(() => end("too-slow"), Math.min(limits.silence, left));
        request.resume();
      },
      cancel() {
        clearTimeout(timer);
        request.off("data", take);
        request.pause();
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, state: () => state };
}

/**
 * After an answer that did not wait for the whole body: cutting the line now would make the sender's system throw the
 * answer away unread. So the rest is read and thrown away for a while, and then the line is cut.
 */
export function letGo(request: IncomingMessage, within = LINGER): void {
  if (request.complete || request.destroyed) return;
  const cut = setTimeout(() => request.destroy(), within);
  cut.unref();
  const done = () => clearTimeout(cut);
  request.once("end", done);
  request.once("close", done);
  request.once("error", done);
  request.removeAllListeners("data");
  request.resume();
}
