import type { Transporter } from "nodemailer";

import type { TriableMail } from "../health/watched-mail.ts";

/** How letters are sent. */
export interface SmtpConfig {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  readonly url: string;
  /** Address they come from, such as `Kết Nghĩa <no-reply@ketnghia.example>`. */
  readonly from: string;
}

/** Milliseconds until a mail server that says nothing is given up. */
const PATIENCE = 15_000;

/** Letters by SMTP. The library is loaded with the first letter: most processes send none. */
export function smtpMail({ url, from }: SmtpConfig): TriableMail {
  async function over<Value>(work: (transport: Transporter) => Promise<Value>): Promise<Value> {
    const { createTransport } = await import("nodemailer");
    const transport = createTransport({
      url,
      connectionTimeout: PATIENCE,
      greetingTimeout: PATIENCE,
      socketTimeout: PATIENCE,
    });
    try {
      return await work(transport);
    } finally {
      transport.close();
    }
  }

  return {
    async send({ to, subject, text }) {
      // No tracking, no pictures; an address is a single one, whatever signs somebody typed.
      const letter = { from, to: { name: "", address: to }, subject, text };
      await over((transport) => transport.sendMail(letter));
    },
    async attempt() {
      await over((transport) => transport.verify());
    },
  };
}
