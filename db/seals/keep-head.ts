import { type Head, headOf, headText, type HeadStore } from "#app/domain/transparency/seal.ts";

import type { Db } from "../client.ts";
import { bodyOf, lastSeal, sealsOf } from "./chain.ts";

/** Why no head was kept: the newest one kept is not in this chain, and a second story is never signed. */
export interface ForkedHead {
  readonly code: "heads.forked";
  readonly kept: Head;
}

/**
 * Keep the head of the newest seal outside the database, when it is not kept yet. What is signed always goes on from what was
 * signed before.
 */
export async function keepHead(db: Db, heads: HeadStore): Promise<Head | ForkedHead | undefined> {
  const seal = await lastSeal(db);
  if (!seal) return undefined;
  const head = headOf(bodyOf(seal), seal.hash);
  const before = await heads.last(head.book);
  if (before?.head.seal === head.seal && headText(before.head) === headText(head)) return undefined;
  if (before && !(await isOfChain(db, before.head))) {
    const { restored } = await heads.kept(head.book, before.head.seal);
    const given_up = restored.some(
      (said) => said.genuine && before.head.seal > said.seal && before.head.at <= said.at,
    );
    if (!given_up) return { code: "heads.forked", kept: before.head };
  }
  await heads.keep(head);
  return head;
}

async function isOfChain(db: Db, head: Head): Promise<boolean> {
  const [seal] = await sealsOf(db, [head.seal]);
  return seal !== undefined && headText(headOf(bodyOf(seal), seal.hash)) === headText(head);
}
