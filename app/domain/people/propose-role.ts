import type { Writing } from "../acts/act.ts";
import type { Seconds } from "../kernel/calendar.ts";
import { no, type Result } from "../kernel/result.ts";
import type { Places } from "../places/ports.ts";
import type { AuditTrail } from "./audit.ts";
import { carryOut, done, nothing, rightTo } from "./carry-out.ts";
import type { MayProblem, Person } from "./may.ts";
import type { People } from "./ports.ts";
import { checkWish, isWished, type RoleWish, type WishProblem } from "./role-rules.ts";

/** What acts on people read and write. */
export interface PeopleStores {
  readonly people: People;
  readonly audit: AuditTrail;
  readonly places: Places;
}

/** What acts on people need from outside. */
export interface PeopleNeeds {
  readonly official: Writing<PeopleStores>;
  now(): Seconds;
}

/**
 * Propose a role for somebody; it counts when another person approves it (`approve-role`). `key` is made by the form before
 * the first send and becomes the grant's id: the same form twice is one proposal, and a used key with another wish or by
 * somebody else is refused.
 */
export function proposeRole(
  needs: PeopleNeeds,
  person: Person,
  key: string,
  wish: RoleWish,
): Promise<
  Result<
    { grant: string },
    MayProblem | { code: "role.wrong"; wrong: readonly WishProblem[] } | { code: "role.key-used" }
  >
> {
  return carryOut(needs, person, {
    find: nothing,
    right: (now) => rightTo(now, "role.propose"),
    work: async ({ stores, at, today }) => {
      const before = await stores.people.grant(key);
      if (before) {
        const organisation = await stores.people.organisation(wish.organisation);
        const same = before.proposedBy === person.id && isWished(before, wish, organisation);
        return same ? done({ grant: before.id }) : no({ code: "role.key-used" });
      }
      const checked = await checkWish(stores, wish, today);
      if (!checked.ok) return checked;
      await stores.people.propose({
        ...checked.value,
        id: key,
        person: wish.person,
        proposedBy: person.id,
        proposedAt: at,
      });
      const { role, organisation, place, from, to } = checked.value;
      const facts = { person: wish.person, role, organisation, place, from, to };
      return done({ grant: key }, { kind: "grant", id: key, facts });
    },
  });
}
