/** The built site over books with a campaign whose households are registered: for the pages of lists, office and public. */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { readEnvironment } from "#app/adapters/environment.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import { addDays, dayOf, startOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { campaign } from "#db/schema/campaigns.ts";

import { furnishPeople } from "../../bin/demo/furnish-office.ts";
import { demoPerson } from "../../bin/demo/office-people.ts";
import type { ListBooks } from "./list-books.ts";
import { openOrderBooks } from "./order-books.ts";
import { siteOver, type TestSite } from "./site.ts";

/** Campaign of the site, and the commune that answers for it. */
export const CAMPAIGN = "TG9";
const COMMUNE = "20941";

export const CLERK = `demo-commune-clerk-${COMMUNE}`;
export const CHAIR = `demo-commune-leader-${COMMUNE}`;
export const SECOND = `demo-commune-accountant-${COMMUNE}`;

/** A site with its books; `books.onDay` moves its clock. */
export interface ListSite extends TestSite {
  readonly books: ListBooks;
  /** A request as a browser sends it, which `signIn` takes too. */
  ask(path: string, init: RequestInit): Promise<Response>;
}

/** Open the site. Its clock goes on from today. */
export async function listSite(): Promise<ListSite> {
  const began = Math.floor(Date.now() / 1000);
  let ahead = 0;
  const now = () => Math.floor(Date.now() / 1000) + ahead;
  const today = dayOf(began);
  const site = await siteOver(
    async (db) => {
      await openOrderBooks(db);
      const from = addDays(today, -60);
      await (await db.orm()).insert(campaign).values({
        id: CAMPAIGN,
        slug: "bo-tra-giap-9",
        model: "livestock",
        species: "BO",
        commune: COMMUNE,
        communeFrom: "2025-07-01",
        district: "516",
        titleVi: "Bò sinh sản Trà Giáp",
        titleEn: "Breeding cows for Trà Giáp",
        summaryVi: "Tóm tắt",
        summaryEn: "Summary",
        storyVi: "Chuyện",
        storyEn: "Story",
        goal: 400_000_000n,
        households: 10,
        startsOn: from,
        endsOn: addDays(today, 200),
        bankAccount: "KN",
        code: "QNTG9",
        twin: "so-tai-chinh-da-nang",
        responsible: "ban-dan-toc-quang-nam",
        publishedBy: "ban-dan-toc-quang-nam",
        publishedOn: from,
        decisionNumber: "12/QĐ-UBND",
        decisionDate: from,
        searchText: "bo sinh san",
      });
      await furnishPeople(
        db,
        must(readEnvironment({ NODE_ENV: "test", LOG_LEVEL: "silent", CLOCK_PLAYED: "1" })),
      );
    },
    { now },
  );
  const as = (id: string) => demoPerson(site.services, id);
  const books: ListBooks = {
    services: { ...site.services, sha256: sha256Hex },
    lists: site.services.lists,
    campaign: CAMPAIGN,
    commune: COMMUNE,
    people: { clerk: await as(CLERK), chair: await as(CHAIR), front: await as(SECOND) },
    firstDay: today,
    onDay(day) {
      ahead = startOf(day) + 9 * 3600 - Math.floor(Date.now() / 1000);
    },
  };
  return {
    ...site,
    books,
    ask: (path, init) => site.app(new Request(`${site.origin}${path}`, init)),
  };
}

/** The site over HTTP, for a browser that reads it: pages as it answers them, and the built files. */
export async function serveListSite(
  site: ListSite,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void answerTo(site, request).then((answer) => {
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css",
  woff2: "font/woff2",
  svg: "image/svg+xml",
};

async function answerTo(site: ListSite, request: IncomingMessage) {
  const { pathname, search } = new URL(request.url ?? "/", site.origin);
  const type = TYPES[pathname.split(".").at(-1) ?? ""];
  if (type !== undefined) {
    const body = await readFile(`build/client${pathname}`).catch(() => undefined);
    return { status: body ? 200 : 404, headers: { "content-type": type }, body: body ?? "" };
  }
  const { cookie = "" } = request.headers;
  const answer = await site.ask(pathname + search, { headers: { cookie } });
  const body = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body };
}
