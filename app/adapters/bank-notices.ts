import { own } from "../domain/kernel/own.ts";
import { createHmac } from "node:crypto";

import { equalHex } from "./equal-hex.ts";

/**
 * Signatures of the vendors that read a bank account and post each movement (payments.md 4.4). Checked over the raw bytes
 * or a rebuilt text, always in constant time. The bank's own statement stays the truth: what they tell is matched to it by
 * the bank's reference.
 */

/** Oldest notice accepted from SePay and Casso, in seconds. */
const TOLERANCE = 300;

/** SePay: `X-SePay-Signature: sha256=<hex>` over `timestamp.rawBody` with HMAC-SHA256. `now` in UTC seconds. */
export function sepaySignatureFits(
  secret: string,
  rawBody: Uint8Array,
  headers: { readonly signature: string; readonly timestamp: string },
  now: number,
): boolean {
  if (!/^\d{1,12}$/.test(headers.timestamp)) return false;
  if (Math.abs(now - Number(headers.timestamp)) > TOLERANCE) return false;
  const given = /^sha256=([0-9a-f]{64})$/i.exec(headers.signature)?.[1];
  return given !== undefined && equalHex(sepaySignature(secret, rawBody, headers.timestamp), given);
}

/** The signature SePay makes. */
export function sepaySignature(secret: string, rawBody: Uint8Array, timestamp: string): string {
  return createHmac("sha256", secret).update(`${timestamp}.`).update(rawBody).digest("hex");
}

/**
 * Casso v2: `X-Casso-Signature: t=<ms>,v1=<hex>` over `t.` and the body as JSON with keys sorted at every level, with
 * HMAC-SHA512. `now` in UTC seconds.
 */
export function cassoSignatureFits(
  secret: string,
  body: unknown,
  header: string,
  now: number,
): boolean {
  const match = /^t=(\d{1,15}),v1=([0-9a-f]{128})$/i.exec(header);
  if (!match?.[1] || !match[2]) return false;
  if (Math.abs(now - Number(match[1]) / 1000) > TOLERANCE) return false;
  const ours = createHmac("sha512", secret).update(cassoText(match[1], body)).digest("hex");
  return equalHex(ours, match[2]);
}

/** The text Casso signs. */
export function cassoText(timestamp: string, body: unknown): string {
  return `${timestamp}.${JSON.stringify(sorted(body))}`;
}

/** payOS: field `signature`, HMAC-SHA256 over `data` as sorted `key=value` pairs. It carries no age: deduplicate. */
export function payosSignatureFits(
  checksumKey: string,
  data: Readonly<Record<string, unknown>>,
  signature: string,
): boolean {
  const ours = createHmac("sha256", checksumKey).update(payosText(data)).digest("hex");
  return equalHex(ours, signature);
}

/** The text payOS signs: values not encoded, absent ones left out, nothing-words empty. */
export function payosText(data: Readonly<Record<string, unknown>>): string {
  return Object.keys(data)
    .filter((key) => own(data, key) !== undefined)
    .sort()
    .map((key) => `${key}=${payosValue(own(data, key))}`)
    .join("&");
}

function payosValue(value: unknown): string {
  if (value === null || value === "null" || value === "undefined") return "";
  if (Array.isArray(value)) return JSON.stringify(value.map(sorted));
  return typeof value === "string" ? value : JSON.stringify(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(fields)
      .sort()
      .map((key) => [key, sorted(fields[key])]),
  );
}
