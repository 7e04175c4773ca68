import type { Mail } from "#app/domain/letters/ports.ts";

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
export function smtpMail({ url, from }: SmtpConfig): Mail {
  return {
    async send({ to, subject, text }) {
      const { createTransport } = await import("nodemailer");
      const transport = createTransport({
        url,
        connectionTimeout: PATIENCE,
        greetingTimeout: PATIENCE,
        socketTimeout: PATIENCE,
      });
      try {
        // No tracking, no pictures; an address is a single one, whatever signs somebody typed.
        await transport.sendMail({ from, to: { name: "", address: to }, subject, text });
      } finally {
        transport.close();
      }
    },
  };
}
