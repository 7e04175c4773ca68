import * as correcting from "./correcting.ts";
import * as giving from "./giving.ts";
import * as paying from "./paying.ts";

const { gifts, confirmed, expired, assigned, refunded } = giving;
const { paidOn, purchased, lost, herds, shifted } = paying;
const { reversed, anything, again, closed, clock } = correcting;

/** All acts; those that bring money stand several times, or there is nothing to do for the others. */
export const allCommands = [
  [gifts, gifts, gifts, paidOn, paidOn, paidOn, paidOn, purchased, purchased],
  [confirmed, confirmed, expired, assigned, refunded, lost, lost, herds, shifted],
  [reversed, reversed, anything, anything, again, closed, clock],
].flat();
