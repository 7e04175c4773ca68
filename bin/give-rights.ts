import type { Database } from "#db/client.ts";
import { ensureRole, repairGrants } from "#db/grants.ts";

import { stop } from "./configured.ts";
import { noRoleText } from "./standing-words.ts";

/** Give the application's role its rights, as the owner; ends the process in words where there is no role and none can be made. */
export async function giveRights(db: Database): Promise<void> {
  if ((await ensureRole(db)) && (await repairGrants(db))) return;
  const [who] = await db.rows<{ login: string }>(`select current_user::text as login`);
  await db.close();
  stop(noRoleText(who?.login ?? ""));
}
