import type { LongWait, LongWaits, WaitKind } from "#app/domain/bank-lines/raise-waits.ts";

import type { Db } from "../client.ts";

/** What waits, by kind: `subject`, `since`, and `facts` as JSON. */
const WAITS: Readonly<Record<WaitKind, string>> = {
  "wait-gift": `select q.key as subject, q.queued_at as since, '{}' as facts from sequencer_queue q`,
  "wait-event": `
    select i.id::text as subject, i.received_at as since, json_build_object('provider', i.provider)::text as facts
      from inbox i
     where i.signature_valid and not exists (select from inbox_answer a where a.inbox = i.id)`,
  // Given up at the gateway's own page, a payment stays open for good: once all questions were answered so, nobody waits for it.
  "wait-payment": `
    select p.ref as subject, p.expires_at as since,
           json_build_object('amount', p.amount::text, 'provider', p.channel)::text as facts
      from payment p
     where not exists (select from payment_outcome o where o.ref = p.ref)
       and (select count(*) from inbox i where i.provider = 'vnpay-query' and i.event_key = p.ref) < $4::integer`,
  // Approved anew after it was sent back, an order is a later version and waits anew.
  "wait-order": `
    select m.number || '/' || m.version as subject, m.approved_at as since,
           json_build_object('amount', m.amount::text, 'order', m.id, 'number', m.number::text)::text as facts
      from money_order m where m.state = 'approved' and m.approved_at is not null`,
};

/** What waits too long and nobody was told of. `questions`: how often a gateway is asked about an open payment. */
export function longWaitStore(db: Db, questions: number): LongWaits {
  return {
    async unraised(kind, before, most) {
      const rows = await db.rows<{ subject: string; since: bigint; facts: string }>(
        `select w.subject, w.since, w.facts from (${WAITS[kind]}) w
          where w.since < $1::bigint and not exists (select from attention a where a.kind = $2 and a.subject = w.subject)
          order by w.since, w.subject limit $3::integer`,
        kind === "wait-payment" ? [before, kind, most, questions] : [before, kind, most],
      );
      return rows.map(({ subject, since, facts }): LongWait => ({
        subject,
        since: Number(since),
        facts: JSON.parse(facts) as Record<string, string>,
      }));
    },
  };
}
