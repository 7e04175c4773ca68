/**
 * A connection of its own for locks that outlive a transaction, with a heart beat.
 *
 * Whoever holds such a lock and is lost or frozen must lose it. The server ends a session that asked nothing for a while
 * (`idle_session_timeout`), which a frozen holder cannot prevent; a holder that runs but cannot reach the server finds out
 * by a beat without answer, and gives the session up itself, before it does anything in the belief that it still holds.
 */
import { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import pg from "pg";

import { inTime, NotAnswered } from "./answers.ts";
import type { Session } from "./client.ts";
import { LIMITS } from "./limits.ts";
import { run } from "./statements.ts";

/** Open one; `lost` is called once when it is gone without having been released. */
export async function openSession(
  config: pg.ClientConfig,
  lost: () => void = () => undefined,
): Promise<Session> {
  const socket = new Socket();
  const client = new pg.Client({ ...config, stream: () => socket });
  let over = false;
  let open = false;
  let asking = 0;
  const beats = setInterval(() => void beat(), LIMITS.beat);
  beats.unref();

  function end(): void {
    if (over) return;
    over = true;
    clearInterval(beats);
    socket.destroy();
    if (open) lost();
  }

  async function ask<Value>(asked: () => Promise<Value>, most: number): Promise<Value> {
    asking += 1;
    try {
      return await inTime(asked(), most);
    } catch (error) {
      // Nobody knows what became of it, so nothing else may be asked here.
      if (error instanceof NotAnswered) end();
      throw error;
    } finally {
      asking -= 1;
    }
  }

  async function beat(): Promise<void> {
    if (!open || over || asking > 0) return;
    await ask(() => client.query("select 1"), LIMITS.beatAnswer).catch(() => undefined);
  }

  client.on("error", end);
  client.on("end", end);
  try {
    await inTime(client.connect(), LIMITS.connect);
  } catch (error) {
    end();
    throw error;
  }
  open = true;
  return {
    rows: (text, params) => ask(() => run(client, text, params), LIMITS.answer),
    async release() {
      open = false;
      await Promise.race([
        client.end().catch(() => undefined),
        pause(LIMITS.goodbye, undefined, { ref: false }),
      ]);
      end();
    },
  };
}
