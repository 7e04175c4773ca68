import { MODELS } from "../campaigns/ports.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { actingGiver, type Goods, sameGoods, standsIn } from "./pair.ts";
import type { StoredPromise, TwinningDesk } from "./ports.ts";

/** What a twinned body promises. */
export interface PromiseWish {
  readonly pair: string;
  /** Code of the commune it is promised to. */
  readonly commune: string;
  readonly year: number;
  /** One of the models; anything else is refused. */
  readonly model: string;
  /** đồng */
  readonly money: bigint;
  readonly goods: readonly Goods[];
  /** Number of the version that the form showed; 0: there was none. */
  readonly version: number;
  /** Made with the form, before its first send. */
  readonly key: string;
}

export type PromiseProblem =
  | MayProblem
  | { code: "twinning.no-pair"; pair: string }
  | { code: "twinning.no-commune"; commune: string }
  | { code: "twinning.bad-year"; year: number }
  | { code: "twinning.bad-model"; model: string }
  | { code: "twinning.bad-money" }
  | { code: "twinning.bad-goods" }
  | { code: "twinning.nothing" }
  /** The form's key was used before, for something else or by somebody else. */
  | { code: "twinning.key-used" }
  | { code: "office.stale"; version: number };

/** Largest amount of one promise, đồng. */
const MOST_MONEY = 1_000_000_000_000n;
/** Lines of goods in one promise. */
const MOST_GOODS = 10;
/** Longest name of a thing or a unit. */
const LONGEST_THING = 120;

/**
 * Promise money or goods to a commune for this year or the next, for one model. It counts once the commune signs it; said
 * again with other figures it is a further version, and the commune signs anew.
 */
export async function makePromise(
  desk: TwinningDesk,
  person: Person,
  wish: PromiseWish,
): Promise<
  Result<{ readonly id: string; readonly version: number; readonly again: boolean }, PromiseProblem>
> {
  const model = MODELS.find((one) => one === wish.model);
  if (!model) return no({ code: "twinning.bad-model", model: wish.model });
  const wrong = wrongFigures(wish);
  if (wrong) return no(wrong);
  const goods = wish.goods.map(({ what, quantity, unit }) => ({
    what: tidy(what),
    quantity,
    unit: tidy(unit),
  }));
  return carryOut(desk, person, {
    find: async ({ twinning }, today) => {
      const pair = await twinning.pair(wish.pair);
      return ok({ pair, twin: pair && actingGiver(pair, today).id });
    },
    right: (now, { twin }) =>
      rightTo(now, "twinning.promise", twin === undefined ? undefined : { twin }),
    work: async ({ stores: { twinning }, found: { pair }, grant, at, today }) => {
      if (!pair) return no({ code: "twinning.no-pair", pair: wish.pair });
      const before = await twinning.byKey(wish.key);
      if (before !== undefined) {
        const kept = await twinning.promise(before);
        return kept && isOf(kept, { ...wish, goods }, person)
          ? done({ id: before, version: kept.version, again: true })
          : no({ code: "twinning.key-used" });
      }
      const thisYear = Number(today.slice(0, 4));
      if (wish.year < thisYear || wish.year > thisYear + 1 || !standsIn(pair, wish.year)) {
        return no({ code: "twinning.bad-year", year: wish.year });
      }
      const communes = await twinning.communes(pair, today);
      const commune = communes.find(({ code }) => code === wish.commune);
      if (!commune) return no({ code: "twinning.no-commune", commune: wish.commune });
      const { code, validFrom: communeFrom } = commune;
      const of = { pair: pair.id, commune: code, communeFrom, year: wish.year, model };
      const newest = await twinning.newest(of);
      if (newest !== wish.version) return no({ code: "office.stale", version: newest });
      const id = desk.newId();
      const version = newest + 1;
      const said = { money: wish.money, goods, organisation: grant.organisation };
      await twinning.promised(
        { ...of, ...said, id, version, promisedBy: person.id, promisedAt: at },
        wish.key,
      );
      const facts = { ...of, version, money: wish.money.toString(), goods: wish.goods.length };
      return done({ id, version, again: false }, { kind: "promise", id, facts });
    },
  });
}

/** Whether a version is what this form asked for: sent twice it is one promise, and nothing else is passed off as it. */
function isOf(
  kept: StoredPromise,
  wish: Omit<PromiseWish, "key">,
  person: Pick<Person, "id">,
): boolean {
  return (
    kept.promisedBy === person.id &&
    kept.pair === wish.pair &&
    kept.commune === wish.commune &&
    kept.year === wish.year &&
    kept.model === wish.model &&
    kept.version === wish.version + 1 &&
    kept.money === wish.money &&
    sameGoods(kept.goods, wish.goods)
  );
}

/** The first figure that cannot be. */
export function wrongFigures(
  wish: Pick<PromiseWish, "money" | "goods">,
): PromiseProblem | undefined {
  if (wish.money < 0n || wish.money > MOST_MONEY) return { code: "twinning.bad-money" };
  const fits = ({ what, quantity, unit }: Goods) =>
    tidy(what) !== "" &&
    tidy(unit) !== "" &&
    what.length <= LONGEST_THING &&
    unit.length <= LONGEST_THING &&
    Number.isSafeInteger(quantity) &&
    quantity > 0 &&
    quantity <= 1_000_000;
  if (wish.goods.length > MOST_GOODS || !wish.goods.every(fits))
    return { code: "twinning.bad-goods" };
  // Taking a promise back is an act of its own (`withdraw-promise.ts`): an empty form is a slip of the pen.
  if (wish.money === 0n && wish.goods.length === 0) return { code: "twinning.nothing" };
  return undefined;
}
