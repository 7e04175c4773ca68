import { type DestinationStream, type Logger, pino } from "pino";

/** Fields that may hold a secret or a person; their values never reach the log, at any of the usual depths. */
const PRIVATE = [
  "authorization",
  "cookie",
  "set-cookie",
  "stripe-signature",
  "password",
  "secret",
  "token",
  "email",
  "phone",
  "donorName",
  "fullName",
  "payer",
  "body",
  "vnp_SecureHash",
  "vnp_HashSecret",
];

/** The log of a process: JSON lines on standard output. */
export type Log = Logger;

/** Make the log. Redaction covers the listed fields at the top and up to two levels below. */
export function createLog(
  options: { level: string; process: string },
  destination?: DestinationStream,
): Log {
  const quoted = PRIVATE.map((name) => `["${name}"]`);
  return pino(
    {
      level: options.level,
      base: { process: options.process },
      redact: {
        paths: quoted.flatMap((name) => [name, `*${name}`, `*.*${name}`]),
        censor: "(hidden)",
      },
      hooks: {
        // pino would take the line's words from the error's message, past the serializer.
        logMethod(input, method) {
          const [first, message] = input as [unknown, string?];
          const error = first instanceof Error ? first : (first as { err?: unknown } | null)?.err;
          if (!(error instanceof Error)) return method.apply(this, input);
          const facts = first === error ? { err: error } : (first as object);
          method.apply(this, [facts, message ?? withoutParameters(error.message)]);
        },
      },
      serializers: { err: safeError, error: safeError },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  );
}

/** Database drivers hang the query's parameters on their errors, and those hold names; only these facts are logged. */
function safeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const facts = error as Error & { code?: unknown; constraint_name?: unknown };
  return {
    type: error.name,
    message: withoutParameters(error.message),
    ...(facts.code === undefined ? {} : { code: facts.code }),
    ...(facts.constraint_name === undefined ? {} : { constraint: facts.constraint_name }),
    stack: withoutParameters(error.stack ?? ""),
    ...(error.cause === undefined ? {} : { cause: safeError(error.cause) }),
  };
}

/** Drizzle writes `params: ...` into its message. */
function withoutParameters(text: string): string {
  return text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/g, "\nparams: (hidden)");
}

/** The path of a request target for the log: query strings may hold names and signatures. */
export function loggedPath(target: string): string {
  const mark = target.indexOf("?");
  return (mark === -1 ? target : `${target.slice(0, mark)}?…`).slice(0, 200);
}
