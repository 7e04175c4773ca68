import type { Sha256 } from "../kernel/digest.ts";
import type { Evidence } from "../ledger/entry.ts";

/** What kinds of paper stand behind an act (ledger.md 3.4). */
export type PaperKind =
  | "statement-line"
  | "contract"
  | "acceptance-minutes"
  | "handover-minutes"
  | "photo"
  | "payment-order"
  | "decision"
  | "invoice"
  | "minutes"
  /** A request or proposal in writing. */
  | "letter"
  /** What a gateway told us. */
  | "notice";

/** What a digest is of: bytes kept beside the salt, or, for what may be large, a file in the file store by its name. */
type SealedContent = { readonly content: Uint8Array } | { readonly blob: string };

/** A paper with its salt: the digest is public, salt and content are not, and may be erased (transparency-log.md 5). */
export type SealedPaper = SealedContent & {
  readonly kind: PaperKind;
  /** SHA-256 over the 32 salt bytes and the content, hex. */
  readonly digest: string;
  /** 64 hex signs */
  readonly salt: string;
};

/** A private value behind a public commitment. */
export interface SealedValue {
  readonly commitment: string;
  readonly salt: string;
  readonly content: Uint8Array;
}

/** What sealing needs: a digest and `bytes` random bytes as hex. */
export interface Sealing {
  readonly sha256: Sha256;
  readonly randomHex: (bytes: number) => string;
}

const SALT_BYTES = 32;
const encoder = new TextEncoder();

/**
 * Seal a paper before the first attempt to book it: a repeat of the act then carries the same digest, and the ledger
 * answers the first entry again.
 */
export function sealPaper(
  sealing: Sealing,
  kind: PaperKind,
  content: Uint8Array,
): SealedPaper & { readonly content: Uint8Array } {
  return { kind, ...sealContent(sealing, content), content };
}

/** Salt and digest of bytes, whatever they are. */
export function sealContent(
  sealing: Sealing,
  content: Uint8Array,
): { readonly digest: string; readonly salt: string } {
  const salt = sealing.randomHex(SALT_BYTES);
  return { digest: digestOf(sealing, salt, content), salt };
}

/** The digest that this salt and these bytes give: how an opening is checked. */
export function digestOf(
  { sha256 }: Pick<Sealing, "sha256">,
  salt: string,
  content: Uint8Array,
): string {
  return sha256(joined(bytesOf(salt), content));
}

/** Commit to one private text, such as an ear tag number (transparency-log.md 5, the rule `c = …`). */
export function sealValue(sealing: Sealing, field: string, value: string): SealedValue {
  const salt = sealing.randomHex(SALT_BYTES);
  const content = encoder.encode(JSON.stringify(value.normalize("NFC")));
  const head = encoder.encode(`ketnghia/commit/v1\0${field}\0`);
  return {
    commitment: sealing.sha256(joined(head, bytesOf(salt), content)),
    salt,
    content,
  };
}

/** Where openings are kept: a private, mutable table. */
export interface Openings {
  /** Keep what opens the digests; a digest that is kept already stays as it is. */
  keep(
    openings: readonly (SealedContent & { readonly digest: string; readonly salt: string })[],
  ): Promise<void>;
}

/** What the entry publishes of the papers. */
export function evidenceOf(papers: readonly SealedPaper[]): Evidence[] {
  return papers.map(({ kind, digest }) => ({ kind, digest }));
}

function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  }
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
