import { expect } from "vitest";

/** A donor who stands before the gateway's page. */
export interface AtGateway {
  /** Code of the promise, and of the gift when it is booked. */
  readonly code: string;
  /** The campaign's address. */
  readonly slug: string;
  /** The gateway's page, with what is to be paid. */
  readonly gateway: URL;
}

/** A promise as a donor fills it in: `send` gives the form in, as often as one likes. */
export async function filledPromise(
  url: string,
  amount: number,
  more: Readonly<Record<string, string>> = {},
): Promise<{ slug: string; send: () => Promise<Response> }> {
  const list = await (await fetch(`${url}/chien-dich?state=open`)).text();
  const slug = /href="\/chien-dich\/([a-z0-9-]+)"/.exec(list)?.[1] ?? "";
  const form = await (await fetch(`${url}/chien-dich/${slug}/ung-ho`)).text();
  const formKey = /name="formKey" value="([^"]+)"/.exec(form)?.[1] ?? "";
  const filled = {
    measure: "amount",
    amount: String(amount),
    channel: "vnpay",
    formKey,
    ...more,
  };
  return { slug, send: () => post(url, `/chien-dich/${slug}/ung-ho`, filled) };
}

/** A donor's way to the gateway of the site at `url`, by forms alone: `amount` đồng to the first open campaign. */
export async function toGateway(
  url: string,
  amount: number,
  more: Readonly<Record<string, string>> = {},
): Promise<AtGateway> {
  const { slug, send } = await filledPromise(url, amount, more);
  const made = await send();
  expect(made.status, await made.clone().text()).toBe(303);
  const code = made.headers.get("location")?.split("/").at(-1) ?? "";
  const paying = await post(url, `/cam-ket/${code}/thanh-toan`, { channel: "vnpay" });
  return { code, slug, gateway: new URL(paying.headers.get("location") ?? "", url) };
}

/** The whole journey of a donor through VNPay's stand-in, by forms alone. */
export async function giveByVnpay(
  url: string,
  amount: number,
  more: Readonly<Record<string, string>> = {},
): Promise<{ code: string; slug: string }> {
  const { code, slug, gateway } = await toGateway(url, amount, more);
  expect(gateway.pathname).toContain("/stand-in/vnpay/");
  const page = await (await fetch(gateway)).text();
  const action =
    /<form[^>]+action="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? gateway.href;
  const fields = Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
      ([, name = "", value = ""]) => [name, value.replaceAll("&amp;", "&")],
    ),
  );
  const [, name = "", value = ""] =
    /<button[^>]+name="([^"]+)"[^>]*value="([^"]+)"/.exec(page) ?? [];
  const paid = await fetch(new URL(action, gateway), {
    method: "POST",
    body: new URLSearchParams({ ...fields, [name]: value }),
    redirect: "manual",
    headers: { origin: url },
  });
  expect([302, 303]).toContain(paid.status);
  return { code, slug };
}

function post(url: string, path: string, form: Record<string, string>): Promise<Response> {
  return fetch(url + path, {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
    headers: { origin: url },
  });
}
