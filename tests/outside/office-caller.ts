/** Somebody at the office's doors, over HTTP with nothing but Node: signs in as people do, and asks. */
import { createHmac } from "node:crypto";
import { request as plain } from "node:http";
import { request as secure } from "node:https";
import { setTimeout as pause } from "node:timers/promises";

/** How somebody signs in: with password and authenticator secret (base32), or with the cookie of a session. */
export interface SignInFile {
  readonly role: string;
  readonly email?: string;
  readonly password?: string;
  readonly secret?: string;
  readonly cookie?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly location: string | undefined;
}

const MOST_TRIES = 8;
const FORMS_FROM_ONE = 100;
/** Seconds, where an answer that asks to wait does not say how long. */
const LONG_WAIT = 20;
let callers = 0;

/** One caller with a jar of cookies. */
export class Caller {
  readonly #base: URL;
  readonly #jar = new Map<string, string>();
  readonly #number: number;
  #forms = 0;

  constructor(base: URL) {
    callers += 1;
    this.#number = callers;
    this.#base = base;
  }

  /** Where it asks from: on a loopback address another one every hundred forms, as those are limited per address. */
  #from(): { localAddress: string; family: 4 } | Record<string, never> {
    const loopback = ["127.0.0.1", "localhost"].includes(this.#base.hostname);
    if (!loopback || process.platform !== "linux") return {};
    const block = 1 + Math.floor(this.#forms / FORMS_FROM_ONE);
    return { localAddress: `127.0.${this.#number}.${block}`, family: 4 };
  }

  /** Take a cookie header of a session that was begun elsewhere. */
  take(cookie: string): void {
    for (const pair of cookie.split(/;\s*/)) {
      const [name = "", ...value] = pair.split("=");
      this.#jar.set(name, value.join("="));
    }
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path, undefined);
  }

  post(path: string, form: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#ask(path, new URLSearchParams(form).toString());
  }

  /** Ask; whoever asks too much waits as long as they are told to. */
  async #ask(path: string, body: string | undefined): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#once(path, body);
      if (answer.status !== 429 || tries === MOST_TRIES) return answer;
      await pause((answer.wait + 1) * 1000);
    }
  }

  #once(path: string, body: string | undefined): Promise<Answer & { readonly wait: number }> {
    const url = new URL(path, this.#base);
    const send = url.protocol === "https:" ? secure : plain;
    const headers: Record<string, string> = { accept: "text/html" };
    if (this.#jar.size > 0) {
      headers["cookie"] = [...this.#jar].map(([name, value]) => `${name}=${value}`).join("; ");
    }
    if (body !== undefined) {
      this.#forms += 1;
      headers["content-type"] = "application/x-www-form-urlencoded";
      headers["content-length"] = String(Buffer.byteLength(body));
      headers["origin"] = this.#base.origin;
      headers["sec-fetch-site"] = "same-origin";
    }
    return new Promise((resolve, reject) => {
      const asked = send(
        url,
        {
          method: body === undefined ? "GET" : "POST",
          headers,
          ...this.#from(),
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on("data", (part: Buffer) => parts.push(part));
          response.on("error", reject);
          response.on("end", () => {
            for (const line of response.headers["set-cookie"] ?? []) this.#keep(line);
            resolve({
              status: response.statusCode ?? 0,
              body: Buffer.concat(parts).toString("utf8"),
              location: response.headers.location,
              wait: Number(response.headers["retry-after"] ?? LONG_WAIT),
            });
          });
        },
      );
      asked.on("error", reject);
      asked.end(body);
    });
  }

  #keep(line: string): void {
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    const name = pair.slice(0, at);
    const value = pair.slice(at + 1);
    if (value === "" || /;\s*max-age=0\b/i.test(line)) this.#jar.delete(name);
    else this.#jar.set(name, value);
  }
}

/** First step: the password. What is open after it alone is what a session without a second factor reaches. */
export async function firstStep(caller: Caller, who: SignInFile): Promise<void> {
  const answer = await caller.post("/dang-nhap", {
    email: who.email ?? "",
    password: who.password ?? "",
  });
  if (answer.status >= 300 && answer.status < 400) return;
  throw new Error(`${who.email}: the password was answered ${answer.status}`);
}

/** Second step: the code of the authenticator app. */
export async function secondStep(caller: Caller, who: SignInFile): Promise<void> {
  const code = totp(who.secret ?? "", Math.floor(Date.now() / 1000));
  const answer = await caller.post("/dang-nhap/buoc-hai", { intent: "totp", code });
  if (answer.status >= 300 && answer.status < 400) return;
  throw new Error(`${who.email}: the second step was answered ${answer.status}`);
}

/** RFC 6238 with SHA-1, six digits, thirty seconds; written here once more, from the standard. */
function totp(secret: string, at: number): string {
  const bits = [...secret.toUpperCase().replace(/=+$/, "")]
    .map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}
