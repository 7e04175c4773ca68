/**
 * `npm run register:keys -- rotate`: a new data key seals what is written to the register from now on; those before it stay to
 * open what they sealed.
 *
 * `npm run register:keys -- rewrap`: after the key outside the database was exchanged: REGISTER_KEY is the new one,
 * REGISTER_KEY_BEFORE the one before it. Wraps every data key anew; what is sealed stays as it is. Can be run again.
 *
 * Without either it says how many keys there are and whether this REGISTER_KEY opens them.
 */
import { rewrapKeys, rotateKeys, sealingUnder } from "#app/adapters/sealed-texts.ts";
import { pendingMigrations } from "#db/migrate.ts";
import { registerKeysStore } from "#db/stores/register-keys.ts";

import { configuredEnvironment, openConfigured, stop } from "./configured.ts";

const USAGE = `Usage: npm run register:keys [-- rotate | rewrap]

  rotate  a new data key seals from now on
  rewrap  REGISTER_KEY is new: wrap the data keys by it, opened by REGISTER_KEY_BEFORE
`;
const KEY_LOST = `This REGISTER_KEY is not the one that the register was sealed by. Find that one: without it nobody reads the
names of households again. If it was exchanged on purpose: REGISTER_KEY_BEFORE=... npm run register:keys -- rewrap`;

const asked = process.argv[2];
if (asked !== undefined && asked !== "rotate" && asked !== "rewrap") stop(USAGE);
const environment = configuredEnvironment();
const { REGISTER_KEY: key, REGISTER_KEY_BEFORE: before } = environment;
if (asked === "rewrap" && before === undefined) stop(USAGE);
const db = await openConfigured(environment);
try {
  if ((await pendingMigrations(db)).length > 0) {
    stop("The tables are not up to date: run `npm run db:migrate` first.");
  }
  console.log(
    await db.begin(async (tx) => {
      const desk = registerKeysStore(tx, () => Math.floor(Date.now() / 1000));
      if (asked === undefined) {
        const keys = await desk.all();
        if (keys.length === 0) return "Nothing was sealed yet: the first who seals makes the key.";
        return (await sealingUnder(key)(desk).mark("")).ok
          ? `${keys.length} keys, opened by this REGISTER_KEY.`
          : KEY_LOST;
      }
      const done =
        asked === "rotate"
          ? await rotateKeys(key, desk)
          : await rewrapKeys(before ?? key, key, desk);
      if (!done.ok) stop(KEY_LOST);
      return asked === "rotate"
        ? `A new data key seals from now on, the ${done.value - 1} before it open what they sealed. Running processes follow within a minute.`
        : `${done.value} keys are wrapped by the new REGISTER_KEY. Start every process with it, and keep the old one as long as backups of before.`;
    }),
  );
} finally {
  await db.close();
}
