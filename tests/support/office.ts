import { codeNow } from "#app/adapters/accounts/totp.ts";
import { demoSignIn, OFFICE_PEOPLE } from "../../bin/demo/office-people.ts";

/** What answers requests: `TestApp`, or anything else that takes a path. */
export interface Asked {
  readonly services: { now(): number };
  ask(path: string, init: RequestInit): Promise<Response>;
}

const OWN = { origin: "http://localhost:3000", host: "localhost:3000" };

/** The headers of a form sent from a page of our own, with cookies. */
export function ownForm(cookie: string, form: Record<string, string>): RequestInit {
  return {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { ...OWN, ...(cookie === "" ? {} : { cookie }) },
  };
}

/** Cookies after an answer, as a browser keeps them. */
export function withCookies(cookie: string, answer: Response): string {
  const jar = new Map(
    cookie
      .split("; ")
      .filter((one) => one.includes("="))
      .map((one) => [one.slice(0, one.indexOf("=")), one]),
  );
  for (const line of answer.headers.getSetCookie()) {
    const pair = line.split(";", 1)[0] ?? "";
    const name = pair.slice(0, pair.indexOf("="));
    if (/max-age=0/i.test(line)) jar.delete(name);
    else jar.set(name, pair);
  }
  return [...jar.values()].join("; ");
}

/** How an invented official signs in. */
export function signInOf(id: string) {
  const person = OFFICE_PEOPLE.find((one) => one.id === id);
  if (!person) throw new Error(`no demonstration person ${id}`);
  return demoSignIn(person);
}

/** First step only; answers the cookie header of a session without second factor. */
export async function firstStep(site: Asked, id: string): Promise<string> {
  const { email, password } = signInOf(id);
  const answer = await site.ask("/dang-nhap", ownForm("", { email, password }));
  if (answer.status !== 303) throw new Error(`first step of ${id}: ${answer.status}`);
  return withCookies("", answer);
}

/** Codes that were used: a person who signs in again takes the next one, which the site takes too. */
const usedSteps = new WeakMap<Asked["services"], Map<string, number>>();

/** Sign a demonstration person in through the real forms; answers the cookie header to send along. */
export async function signIn(site: Asked, id: string): Promise<string> {
  const half = await firstStep(site, id);
  const { secret } = signInOf(id);
  const lastStep = usedSteps.get(site.services) ?? new Map<string, number>();
  usedSteps.set(site.services, lastStep);
  // Within one half minute a code is good once: first the one before, then this one, then the next.
  const now = Math.floor(site.services.now() / 30);
  for (let step = Math.max(now - 1, (lastStep.get(id) ?? 0) + 1); step <= now + 1; step += 1) {
    const form = { intent: "totp", code: codeNow(secret, step * 30) };
    const answer = await site.ask("/dang-nhap/buoc-hai", ownForm(half, form));
    if (answer.status !== 303) continue;
    lastStep.set(id, step);
    return withCookies(half, answer);
  }
  throw new Error(`${id} could not sign in`);
}
