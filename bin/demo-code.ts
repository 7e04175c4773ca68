/**
 * `node bin/demo-code.ts <e-mail>` (`npm run -s demo:code -- <e-mail>` with an older Node): how an invented official of the demonstration signs in now: password, the code that an
 * authenticator app would show, and its secret. Without an address: a table of all of them; `--json`: what `tests/outside/permissions.ts` takes. Needs no database.
 */
import { codeNow } from "#app/adapters/accounts/totp.ts";
import { demoSignIn, OFFICE_PEOPLE } from "./demo/office-people.ts";

const wanted = process.argv[2]?.toLowerCase();
if (wanted === "--json") {
  console.log(JSON.stringify(OFFICE_PEOPLE.map(demoSignIn), null, 2));
  process.exit(0);
}
const all = OFFICE_PEOPLE.map(demoSignIn);
const found =
  wanted === undefined ? all : all.filter(({ email, id }) => email === wanted || id === wanted);
if (found.length === 0) {
  process.stderr.write(`No demonstration person has the address ${wanted}.\n`);
  process.exit(1);
}
const now = Math.floor(Date.now() / 1000);
if (wanted === undefined) {
  for (const { email, password } of all) console.log(`${email}  ${password}`);
} else {
  for (const { email, password, secret } of found) {
    console.log(codeNow(secret, now));
    console.error(`${email}  password ${password}  secret ${secret}  (${30 - (now % 30)} s left)`);
  }
}
