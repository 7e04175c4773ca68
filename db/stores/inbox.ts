import type { Attention, Inbox, Provider } from "#app/domain/payments/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

/** Refused events kept in one hour by one process: enough to see an attack, too few to fill the disk. */
const REFUSED_PER_HOUR = 600;
/** As much of a refused body as is kept. */
const REFUSED_BYTES = 8_192;

// Of many at once one is first: the others wait for its row and count.
const KEEP_ONCE = `
  with told as (
    insert into inbox_told as t (provider, identity, inbox, times, last_at)
    values ($1, $2, nextval('inbox_id_seq'), 1, $4::bigint)
    on conflict (provider, identity) do update set times = t.times + 1, last_at = greatest(t.last_at, excluded.last_at)
    returning inbox, times
  ), kept as (
    insert into inbox (id, provider, event_key, received_at, body, signature_valid)
    select inbox, $1, $3, $4::bigint, $5, $6::boolean from told where times = 1
  )
  select inbox from told`;

/** Raw events, kept before anything is decided; append-only. */
export function inboxStore(db: Db, now: () => number): Inbox {
  let hour = 0;
  let refused = 0;

  async function insert(event: Parameters<Inbox["keep"]>[0]): Promise<number> {
    const { orm, t } = await building(db);
    const [row] = await orm
      .insert(t.inbox)
      .values({ ...event, receivedAt: now() })
      .returning({ id: t.inbox.id });
    if (!row) throw new Error("the inbox gave no number");
    return row.id;
  }

  async function answered(inbox: number, outcome: string): Promise<boolean> {
    const { orm, t } = await building(db);
    const rows = await orm
      .insert(t.inboxAnswer)
      .values({ inbox, at: now(), outcome })
      .onConflictDoNothing({ target: t.inboxAnswer.inbox })
      .returning({ inbox: t.inboxAnswer.inbox });
    return rows.length > 0;
  }

  return {
    keep: insert,
    answered,

    async keepOnce(event, identity) {
      const [row] = await db.rows<{ inbox: bigint }>(KEEP_ONCE, [
        event.provider,
        identity,
        event.eventKey,
        now(),
        event.body,
        event.signatureValid,
      ]);
      if (!row) throw new Error("the inbox gave no number");
      return Number(row.inbox);
    },

    async keepRefused(event, outcome) {
      const thisHour = Math.floor(now() / 3600);
      if (thisHour !== hour) {
        hour = thisHour;
        refused = 0;
      }
      refused += 1;
      if (refused > REFUSED_PER_HOUR) return;
      const body = event.body.subarray(0, REFUSED_BYTES);
      await answered(await insert({ ...event, body }), outcome);
    },

    async wasAnswered(provider, eventKey) {
      const rows = await db.rows(
        `select 1 from inbox i join inbox_answer a on a.inbox = i.id
          where i.provider = $1 and i.event_key = $2 and i.signature_valid limit 1`,
        [provider, eventKey],
      );
      return rows.length > 0;
    },

    async unanswered(moment, limit) {
      const rows = await db.rows<{
        id: bigint;
        provider: Provider;
        event_key: string;
        body: Uint8Array;
        signature_valid: boolean;
      }>(
        `select i.id, i.provider, i.event_key, i.body, i.signature_valid from inbox i
          where i.signature_valid and i.received_at <= $1
            and not exists (select from inbox_answer a where a.inbox = i.id)
          order by i.id limit $2`,
        [moment, limit],
      );
      return rows.map((row) => ({
        id: Number(row.id),
        event: {
          provider: row.provider,
          eventKey: row.event_key,
          body: row.body,
          signatureValid: row.signature_valid,
        },
      }));
    },
  };
}

/** Things for a person to look at; the same thing is raised once. */
export function attentionStore(db: Db, now: () => number): Attention {
  return {
    async raise(kind, subject, facts) {
      await db.rows(
        `insert into attention (kind, subject, facts, raised_at) values ($1, $2, $3, $4)
         on conflict (kind, subject) do nothing`,
        [kind, subject, JSON.stringify(facts), now()],
      );
    },
  };
}
