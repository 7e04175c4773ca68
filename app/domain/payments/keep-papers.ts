import { type Openings, type SealedPaper, sealPaper, type Sealing } from "../acts/paper.ts";

const encoder = new TextEncoder();

/**
 * Seal the texts that show gifts (a bank line, a gateway's notice) and keep what opens them; answers their public
 * digests, in order. Kept before the gift is booked: an opening without an entry harms nobody.
 */
export async function keepPapers(
  services: Sealing & { readonly openings: Openings },
  kind: "statement-line" | "notice",
  texts: readonly string[],
): Promise<string[]> {
  const papers: SealedPaper[] = texts.map((text) =>
    sealPaper(services, kind, encoder.encode(text)),
  );
  await services.openings.keep(papers);
  return papers.map(({ digest }) => digest);
}
