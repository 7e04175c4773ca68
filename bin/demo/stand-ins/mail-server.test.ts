import { createConnection } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";

import { letters } from "#app/adapters/mail/letters.ts";
import { smtpMail } from "#app/adapters/mail/smtp.ts";
import { type MailStandIn, mailStandIn } from "./mail-server.ts";
import { mailboxPage } from "./mailbox.ts";

let server: MailStandIn;
beforeAll(async () => {
  server = await mailStandIn(() => 1_800_000_000);
});
afterAll(() => server.stop());

test("a letter comes through SMTP as it was written, in both languages", async () => {
  const mail = smtpMail({ url: server.url, from: "Kết Nghĩa <no-reply@ketnghia.example>" });
  for (const locale of ["vi", "en"] as const) {
    const link = `https://ketnghia.example/x?token=${"a".repeat(60)}&b=1`;
    const letter = letters.donorLink("a.b+c@donor.example", locale, link);
    await mail.send(letter);
    const [got] = server.letters();
    expect(got).toMatchObject({
      to: letter.to,
      from: "no-reply@ketnghia.example",
      subject: letter.subject,
      at: 1_800_000_000,
    });
    expect(got?.text.trimEnd()).toBe(letter.text.trimEnd());
    expect(got?.text).toContain(link);
    expect(letter.text).not.toMatch(/\{\{|undefined/);
  }
});

test("lines that begin with a dot, and a letter in pieces", async () => {
  const mail = smtpMail({ url: server.url, from: "a@b.example" });
  const text = `.one\n..two\n.\n${"đường xa ".repeat(40)}\n`;
  await mail.send({ to: "dots@donor.example", subject: "…", text });
  expect(server.letters()[0]?.text.trimEnd()).toBe(text.trimEnd());
  expect(server.letters()[0]?.subject).toBe("…");
});

test("an address with a line break in it sends no second letter", async () => {
  const before = server.letters().length;
  const mail = smtpMail({ url: server.url, from: "a@b.example" });
  await mail
    .send({ to: "x@y.example\r\nRCPT TO:<z@y.example>", subject: "s", text: "t" })
    .catch(() => undefined);
  const after = server.letters().slice(0, server.letters().length - before);
  expect(after.map(({ to }) => to)).not.toContain("z@y.example");
});

test("commands out of order are refused, and nothing is kept", async () => {
  const before = server.letters().length;
  const socket = createConnection(Number(new URL(server.url).port), "127.0.0.1");
  let said = "";
  socket.setEncoding("utf8").on("data", (part: string) => (said += part));
  socket.write("HELO x\r\nDATA\r\nRCPT TO:<a@b.example>\r\nWHAT\r\nQUIT\r\n");
  await once(socket, "close");
  expect(said.split("\r\n").map((line) => line.slice(0, 3))).toEqual([
    "220",
    "250",
    "503",
    "503",
    "502",
    "221",
    "",
  ]);
  expect(server.letters()).toHaveLength(before);
});

test("a server that is not there is an error, not silence", async () => {
  const mail = smtpMail({ url: "smtp://127.0.0.1:1", from: "a@b.example" });
  await expect(mail.send({ to: "c@d.example", subject: "s", text: "t" })).rejects.toThrow(
    "ECONNREFUSED",
  );
});

test("the page shows the letters escaped, with their links, and can be asked for one address", async () => {
  const mail = smtpMail({ url: server.url, from: "a@b.example" });
  await mail.send({
    to: "p@q.example",
    subject: "<b>&",
    text: "see https://x.example/?a=1&b=2 <i>",
  });
  const ask = (query: string) =>
    mailboxPage(new Request(`http://localhost/gia-lap/thu${query}`), server);
  const html = await ask("?to=p@q.example").text();
  expect(html).toContain("&lt;b&gt;&amp;");
  expect(html).toContain('<a href="https://x.example/?a=1&amp;b=2">');
  expect(html).not.toContain("<i>");
  expect(html).not.toContain("donor.example");
  const list = (await ask("?to=p@q.example&as=json").json()) as { subject: string }[];
  expect(list.map(({ subject }) => subject)).toEqual(["<b>&"]);
});
