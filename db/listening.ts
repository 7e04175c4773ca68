import pg from "pg";

import { LIMITS } from "./limits.ts";

/**
 * Hearing what other connections say, and knowing when we cannot.
 *
 * What is said while a connection is lost is missed. Who must not miss anything (the page cache) needs to be told, so
 * this is a connection of its own with a heart beat: a server that is gone without closing the connection is noticed too.
 */
export interface Listening {
  stop(): Promise<void>;
}

const BEAT_EVERY = 5_000;

/** Listen on a channel; `lost` is called once when the connection is gone, and nothing is heard after it. */
export async function openListening(
  config: pg.ClientConfig,
  channel: string,
  heard: (payload: string) => void,
  lost: () => void,
): Promise<Listening> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: LIMITS.connect });
  let listening = false;
  let over = false;
  const beats = setInterval(beat, BEAT_EVERY);
  beats.unref();

  function end(): void {
    if (over) return;
    over = true;
    clearInterval(beats);
    client.end().catch(() => undefined);
    if (listening) lost();
  }

  function beat(): void {
    if (!listening) return;
    const late = setTimeout(end, LIMITS.beatAnswer);
    client
      .query("select 1")
      .catch(end)
      .finally(() => clearTimeout(late));
  }

  client.on("error", end);
  client.on("end", end);
  client.on("notification", ({ channel: name, payload }) => {
    if (name === channel && !over) heard(payload ?? "");
  });
  try {
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  } catch (error) {
    end();
    throw error;
  }
  if (over) throw new Error("the connection was lost at once");
  listening = true;
  return {
    async stop() {
      over = true;
      clearInterval(beats);
      let late: NodeJS.Timeout | undefined;
      await Promise.race([
        client.end(),
        new Promise<void>((resolve) => {
          late = setTimeout(resolve, LIMITS.goodbye);
        }),
      ]).catch(() => undefined);
      clearTimeout(late);
    },
  };
}
