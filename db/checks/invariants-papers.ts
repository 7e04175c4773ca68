import type { Invariant } from "./invariant.ts";

/** Fields whose values are committed to (`sealValue`): a commitment is opened by one of these names. */
const COMMITTED = ["ear-tag", "stated-value"] as const;

const committed = (field: string) =>
  `encode(sha256(convert_to('ketnghia/commit/v1', 'UTF8') || '\\x00'::bytea || convert_to('${field}', 'UTF8') || '\\x00'::bytea || k.salt || k.content), 'hex')`;

/** What opens digests and commitments. */
export const PAPER_INVARIANTS: readonly Invariant[] = [
  {
    name: "papers-open",
    counted: `select count(*) as counted from opening`,
    offenders: `select 'opening ' || k.digest as subject, 'does not open its digest' as fact
        from opening k
       where k.content is not null and k.digest <> encode(sha256(k.salt || k.content), 'hex')
         and k.digest not in (${COMMITTED.map(committed).join(", ")})
      union all
      select 'opening ' || k.digest, 'has no file of its bytes: ' || k.blob
        from opening k where k.blob is not null
         and not exists (select from office_file f where f.digest = k.digest and f.blob = k.blob)
      union all
      select 'entry ' || v.entry, 'nothing opens its evidence ' || v.n || ' (' || v.kind || ')'
        from evidence v where not exists (select from opening k where k.digest = v.digest)
      union all
      select 'animal ' || a.code, 'nothing opens its tag'
        from animal a where a.tag_commitment is not null
         and not exists (select from opening k where k.digest = a.tag_commitment)`,
  },
];
