import { z } from "zod";

import { no, ok, type Result } from "../domain/kernel/result.ts";
import { keyBytes } from "./key-bytes.ts";

/** Secrets that begin so are printed in the source: fit for the stand-ins only. */
export const DEMO_SECRET_PREFIX = "demo-";
/** Of the demonstration and of development, where the people are invented and their passwords printed. */
const DEMO_ACCOUNTS_SECRET = `${DEMO_SECRET_PREFIX}accounts-secret-of-invented-people`;
/** Of the same, where the households are invented too; a live site has its own. */
export const DEMO_REGISTER_KEY = `${DEMO_SECRET_PREFIX}register-key-of-invented-households`;

const flag = z
  .enum(["0", "1", "true", "false"])
  .optional()
  .transform((value) => value === "1" || value === "true");

const wholeNumber = (least: number, most: number, otherwise: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .default(String(otherwise))
    .transform(Number)
    .pipe(z.number().min(least).max(most));

const address = z.url({ protocol: /^https?$/, error: "must be an http or https address" });

/** Without path and closing slash, so that addresses can be appended. */
const origin = address.transform((value) => new URL(value).origin);

const databaseAddress = z.url({
  protocol: /^postgres(ql)?$/,
  error:
    "must be an address that begins with postgres:// or postgresql://, in which signs such as # @ / ? and blanks of a password are written %23 %40 %2F %3F %20",
});

/** Printed secrets are no keys of that form: they fit the demonstration only. */
const registerKey = z
  .string()
  .refine(
    (value) => value.startsWith(DEMO_SECRET_PREFIX) || keyBytes(value) !== undefined,
    "must be 32 bytes in hexadecimal (64 signs) or base64 (44 signs), such as of `openssl rand -hex 32`",
  );

const shape = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  /** The demonstration: stand-ins and the embedded database are allowed, every page says so. */
  DEMO: flag,
  /** The clock is played (tests, rehearsals): it fits no other and is compared with none. Live production refuses it. */
  CLOCK_PLAYED: flag,

  PORT: wholeNumber(0, 65_535, 3000),
  /** Network interface to listen on; all of them without it. */
  HOST: z.string().optional(),
  /** Address under which visitors see the site; without it the Host header is believed. */
  PUBLIC_URL: origin.optional(),
  /** Believe X-Forwarded-* of the proxy in front, which must overwrite them. */
  TRUST_PROXY: flag,
  /** Most connections at a time, in all and of one caller (0: no limit; behind a trusted proxy there is none). */
  CONNECTIONS: wholeNumber(16, 100_000, 10_000),
  CONNECTIONS_PER_CALLER: wholeNumber(0, 100_000, 2_048),
  /** Bytes a second that readers take at least, on average over their answer. */
  LEAST_SPEED: wholeNumber(0, 1_048_576, 512),
  /** Seconds for which a server that was told to end still takes connections. */
  STOP_NOTICE: wholeNumber(0, 4, 3),
  /** Largest request body, bytes. */
  BODY_LIMIT: wholeNumber(1024, 16_777_216, 131_072),
  /** Memory of the page cache, bytes; 0 turns it off. */
  PAGE_CACHE_BYTES: wholeNumber(0, 4_294_967_296, 67_108_864),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** Bearer token of `/metrics`; without it only this machine may read them. */
  METRICS_TOKEN: z.string().min(16).optional(),

  DATABASE_URL: databaseAddress.optional(),
  /** The database as the owner of its tables, for the owner's commands alone (`db:migrate`, `db:plan`, `bin/grant`). */
  DATABASE_OWNER_URL: databaseAddress.optional(),
  /** PostgreSQL role that every connection of the site takes on: not the owner of the tables. */
  DATABASE_ROLE: z
    .string()
    .regex(/^[a-z_][a-z0-9_]*$/, "must be a plain role name")
    .optional(),
  DATABASE_CONNECTIONS: wholeNumber(2, 200, 10),
  /** Folder of the embedded database, used when there is no DATABASE_URL. */
  EMBEDDED_DIRECTORY: z.string().default(".data/dev"),

  /** Local pages that play a gateway without account; on by themselves outside production. */
  STAND_INS: z.enum(["0", "1"]).optional(),

  VNPAY_TMN_CODE: z.string().optional(),
  VNPAY_HASH_SECRET: z.string().min(16).optional(),
  /** Page that visitors are sent to. */
  VNPAY_PAY_URL: address.optional(),
  /** Server-to-server address (querydr and refund); VNPay's usual path at the same host when empty. */
  VNPAY_API_URL: address.optional(),

  STRIPE_SECRET_KEY: z.string().min(8).optional(),
  STRIPE_WEBHOOK_SECRET: z.string().min(8).optional(),
  STRIPE_API_BASE: address.optional(),

  /** Signs session cookies, encrypts the secrets of authenticator apps. Changing it ends every session and every factor. */
  ACCOUNTS_SECRET: z.string().min(32).optional(),
  /**
   * Seals what says who a household is, in the register: 32 random bytes in hexadecimal or base64, kept apart from the
   * database and its backups. Lost, nobody reads those names again.
   */
  REGISTER_KEY: registerKey.optional(),
  /** The key before it, for `npm run register:keys -- rewrap` alone. */
  REGISTER_KEY_BEFORE: registerKey.optional(),
  /** Mail server, such as smtps://user:password@mail.example:465. */
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must begin with smtp:// or smtps://" })
    .optional(),
  /** Whom letters come from, such as `Kết Nghĩa <no-reply@ketnghia.example>`. */
  MAIL_FROM: z.string().regex(/@/, "must hold an e-mail address").optional(),
  /** Whether donors may sign in by a link in a letter; needs a mail server. */
  DONOR_LINKS: z.enum(["0", "1"]).optional(),

  /** Folder of uploaded files, used when there is no bucket; when empty, `files` in that of the embedded database. */
  FILES_DIRECTORY: z.string().optional(),
  /** Bucket of a store that speaks S3, with its region and keys; another address than Amazon's in FILES_S3_ENDPOINT. */
  FILES_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be a bucket name")
    .optional(),
  FILES_S3_REGION: z.string().default("us-east-1"),
  FILES_S3_ACCESS_KEY_ID: z.string().optional(),
  FILES_S3_SECRET_ACCESS_KEY: z.string().min(8).optional(),
  FILES_S3_ENDPOINT: address.optional(),

  /**
   * Folder of the signed heads of the books and of the key that signs them. Not in that of the database: a copy of a database is
   * the same book, and is held against the same heads.
   */
  HEADS_DIRECTORY: z.string().default(".data/heads"),
});

type Variables = z.output<typeof shape>;

/** Everything the processes read from outside, checked once at the start. */
export interface Environment extends Omit<
  Variables,
  "STAND_INS" | "ACCOUNTS_SECRET" | "REGISTER_KEY" | "DONOR_LINKS"
> {
  readonly ACCOUNTS_SECRET: string;
  readonly REGISTER_KEY: string;
  /** Donors may sign in by e-mail. */
  readonly donorLinks: boolean;
  /** True where real money and real people are: production that is not the demonstration. */
  readonly live: boolean;
  /** Gateways that our own pages play: those without an account, outside production. */
  readonly standIns: {
    readonly vnpay: boolean;
    readonly stripe: boolean;
    /** A mail server of our own that delivers to a page. */
    readonly mail: boolean;
  };
}

/** What is missing or wrong, one line for each variable. */
export interface EnvironmentProblem {
  readonly code: "environment.invalid";
  readonly lines: readonly string[];
}

/**
 * Read the environment: all that is wrong is named at once, never a secret's value. An empty variable counts as missing,
 * whichever it is: a copied `.env.example` has many.
 */
export function readEnvironment(
  source: Readonly<Record<string, string | undefined>>,
): Result<Environment, EnvironmentProblem> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = shape.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `${issue.path.join(".")}: ${issue.message.replace(/^Invalid/, "invalid")}`,
    );
    return no({ code: "environment.invalid", lines });
  }
  const { STAND_INS, ACCOUNTS_SECRET, REGISTER_KEY, DONOR_LINKS, ...variables } = parsed.data;
  const live = variables.NODE_ENV === "production" && !variables.DEMO;
  const played = !live && STAND_INS !== "0";
  const standIns = {
    vnpay: played && variables.VNPAY_TMN_CODE === undefined,
    stripe: played && variables.STRIPE_SECRET_KEY === undefined,
    mail: played && variables.SMTP_URL === undefined,
  };
  const environment: Environment = {
    ...variables,
    ACCOUNTS_SECRET: ACCOUNTS_SECRET ?? DEMO_ACCOUNTS_SECRET,
    REGISTER_KEY: REGISTER_KEY ?? DEMO_REGISTER_KEY,
    donorLinks: DONOR_LINKS !== "0" && (variables.SMTP_URL !== undefined || standIns.mail),
    live,
    standIns,
  };
  const lines = halfGateways(variables);
  if (live) {
    lines.push(...notForProduction(environment, STAND_INS === "1"));
    lines.push(
      ...ownSecret("ACCOUNTS_SECRET", ACCOUNTS_SECRET, "sign-in needs 32 signs that nobody knows"),
      ...ownSecret("REGISTER_KEY", REGISTER_KEY, "the names of households are sealed by it"),
    );
    if (variables.SMTP_URL !== undefined && variables.PUBLIC_URL === undefined) {
      lines.push("PUBLIC_URL: missing; letters link to the site");
    }
    if (variables.SMTP_URL === undefined && DONOR_LINKS !== "0") {
      lines.push(
        "SMTP_URL: missing; donors sign in by a letter (or turn that off with DONOR_LINKS=0)",
      );
    }
  }
  return lines.length === 0 ? ok(environment) : no({ code: "environment.invalid", lines });
}

/** The problem as one readable message for a terminal. */
export function describeProblem(problem: EnvironmentProblem): string {
  return [
    "The environment is not complete (see .env.example):",
    ...problem.lines.map((line) => `  - ${line}`),
  ].join("\n");
}

/** A secret that a live site needs, and that is not the printed one. */
function ownSecret(name: string, value: string | undefined, what: string): string[] {
  if (value === undefined) return [`${name}: missing; ${what}`];
  return value.startsWith(DEMO_SECRET_PREFIX)
    ? [`${name}: a demonstration secret, which everybody knows`]
    : [];
}

/** A gateway is configured wholly or not at all. */
function halfGateways(variables: Partial<Variables>): string[] {
  const groups = [
    ["VNPAY_TMN_CODE", "VNPAY_HASH_SECRET", "VNPAY_PAY_URL"],
    ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"],
    ["SMTP_URL", "MAIL_FROM"],
    ["FILES_S3_BUCKET", "FILES_S3_ACCESS_KEY_ID", "FILES_S3_SECRET_ACCESS_KEY"],
  ] as const;
  return groups.flatMap((names) => {
    const given = names.filter((name) => variables[name] !== undefined);
    if (given.length === 0 || given.length === names.length) return [];
    const missing = names.filter((name) => variables[name] === undefined);
    return missing.map((name) => `${name}: missing, although ${given.join(" and ")} is set`);
  });
}

function notForProduction(environment: Environment, standInsAsked: boolean): string[] {
  const lines: string[] = [];
  if (environment.DATABASE_URL === undefined) {
    lines.push(
      "DATABASE_URL: missing; the embedded database is for trying out and does not survive a power cut",
    );
  }
  if (environment.CLOCK_PLAYED) {
    lines.push(
      "CLOCK_PLAYED: must be off; entries are recorded by a clock that fits the database's",
    );
  }
  if (standInsAsked) {
    lines.push("STAND_INS: must be off; the stand-ins would book money that nobody paid");
  }
  for (const name of ["VNPAY_HASH_SECRET", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"] as const) {
    if (environment[name]?.startsWith(DEMO_SECRET_PREFIX)) {
      lines.push(`${name}: a demonstration secret, which everybody knows`);
    }
  }
  return lines;
}
