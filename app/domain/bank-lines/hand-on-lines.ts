import type { CampaignAccount, ReceivingAccount, WaitingLine, BankLineServices } from "./ports.ts";
import { graceDays, isLateMoney } from "../campaigns/late-money.ts";
import { communeOn } from "../campaigns/terms.ts";
import { type Day, dayOf, daysBetween } from "../kernel/calendar.ts";
import { accountCode } from "../ledger/chart.ts";
import { LATE_AFTER_DAYS } from "../ledger/entry.ts";
import { type IntakeGift, paperOfGift } from "../ledger/intake.ts";
import { keepPapers } from "../payments/keep-papers.ts";
import { codeFromDigest } from "../kernel/reference-code.ts";
import { lineText } from "./statement-line.ts";

/** What handing lines on, and importing them, needs. */
export type LineNeeds = Pick<
  BankLineServices,
  | "now"
  | "sha256"
  | "intake"
  | "openings"
  | "randomHex"
  | "bankStatements"
  | "attention"
  | "places"
  | "rules"
  | "giveWay"
>;

/** Lines handed on before others go first. */
const CHUNK = 100;
const encoder = new TextEncoder();

/** Gifts handed to the intake by one run. */
export interface HandedOn {
  readonly booked: number;
  /** Kept, and numbered by another process: they have no entry yet. */
  readonly queued: number;
}

/**
 * Hand every kept line whose gift is not booked yet to the intake, in the order in which the lines were kept. Run at
 * the start of a server and by a job; nothing is done while an import runs, which does it itself.
 */
export async function handOnWaitingLines(services: LineNeeds): Promise<HandedOn> {
  const handedOn = await services.bankStatements.exclusively(() => handOn(services));
  return handedOn ?? { booked: 0, queued: 0 };
}

/** The same for a caller that runs alone already. */
export async function handOn(services: LineNeeds): Promise<HandedOn> {
  const accounts = new Map((await services.bankStatements.accounts()).map((one) => [one.id, one]));
  const used = new Set<string>();
  const handedOn = { booked: 0, queued: 0 };
  let after = 0;
  for (;;) {
    const lines = await services.bankStatements.waiting(after, CHUNK);
    const last = lines.at(-1);
    if (!last) return handedOn;
    after = last.id;
    await services.giveWay();
    const gifts = await giftsOf(services, lines, accounts);
    for (const group of inOrder(gifts, used)) {
      await services.giveWay();
      for (const { state } of await services.intake.recordMany(group)) {
        if (state === "booked" || state === "queued") handedOn[state] += 1;
      }
    }
    if (lines.length < CHUNK) return handedOn;
  }
}

/**
 * Cut gifts where an account comes up for the first time: the intake books a gift that opens an account before the others
 * of its batch, and the order of the lines has to stay the order of the entries.
 */
function inOrder(gifts: readonly IntakeGift[], used: Set<string>): IntakeGift[][] {
  const groups: IntakeGift[][] = [[]];
  for (const gift of gifts) {
    if (used.has(gift.to)) {
      groups.at(-1)?.push(gift);
      continue;
    }
    used.add(gift.to);
    groups.push([gift], []);
  }
  return groups.filter((group) => group.length > 0);
}

/** A campaign with the commune that answers for it now. */
interface CampaignToday extends CampaignAccount {
  readonly communeToday: string;
}

/** A line with where its money belongs; without `campaign` it waits in suspense. */
interface PlacedLine {
  readonly line: WaitingLine;
  readonly to: string;
  readonly campaign?: string;
  readonly pledge?: string;
}

async function giftsOf(
  services: LineNeeds,
  lines: readonly WaitingLine[],
  accounts: ReadonlyMap<string, ReceivingAccount>,
): Promise<IntakeGift[]> {
  const today = dayOf(services.now());
  const placed = await placeAll(services, lines, accounts, today);
  const ownCodes = await codesFor(
    services,
    placed.flatMap(({ line, pledge }) => (pledge === undefined ? [line] : [])),
  );
  const evidence = await keepPapers(
    services,
    paperOfGift("bank"),
    lines.map((line) => lineText(accounts.get(line.bankAccount)?.number ?? "", line)),
  );
  return placed.map(({ line, to, campaign, pledge }, at) => ({
    key: line.giftKey,
    code: pledge ?? ownCodes.get(line.lineKey) ?? "",
    ...(pledge === undefined ? {} : { pledge }),
    ...(campaign === undefined ? {} : { campaign }),
    channel: "bank",
    to,
    amount: line.amount,
    receivedOn: line.bookedOn,
    ...(daysBetween(line.bookedOn, today) > LATE_AFTER_DAYS ? { reason: "late-statement" } : {}),
    evidence: evidence.slice(at, at + 1),
  }));
}

async function placeAll(
  { bankStatements, attention, places, rules }: LineNeeds,
  lines: readonly WaitingLine[],
  accounts: ReadonlyMap<string, ReceivingAccount>,
  today: Day,
): Promise<PlacedLine[]> {
  const codes = lines.flatMap(({ matchedCode }) => matchedCode ?? []);
  const campaignOf = await bankStatements.campaignsOfCodes([...new Set(codes)]);
  const campaigns = new Map<string, CampaignToday>();
  for (const one of await bankStatements.campaigns([...new Set(campaignOf.values())])) {
    // After a merger the successor holds the campaign's money, whatever day the line is of.
    const unit = await communeOn(places, one, today);
    campaigns.set(one.campaign, { ...one, communeToday: unit?.code ?? one.commune });
  }
  const promises = await bankStatements.promisedDays([...new Set(codes)]);
  const placed: PlacedLine[] = [];
  for (const line of lines) {
    const code = line.matchedCode ?? "";
    const account = accounts.get(line.bankAccount);
    const campaign = campaigns.get(campaignOf.get(code) ?? "");
    const to = account && campaign ? destination(account, campaign) : undefined;
    if (campaign && (await isTooLate(rules, campaign, line, promises.get(code)))) {
      placed.push({ line, to: accountCode.suspense(line.bankAccount) });
      await attention.raise("line-after-end", line.lineKey, {
        code,
        campaign: campaign.campaign,
        ended: campaign.lastDay,
      });
      continue;
    }
    if (campaign && to !== undefined) {
      const pledge = line.rule <= 4 ? { pledge: code } : {};
      placed.push({ line, to, campaign: campaign.campaign, ...pledge });
      continue;
    }
    placed.push({ line, to: accountCode.suspense(line.bankAccount) });
    if (!campaign) continue;
    await attention.raise("line-wrong-account", line.lineKey, {
      account: line.bankAccount,
      code,
      campaign: campaign.campaign,
    });
  }
  return placed;
}

/** Whether a line came after its campaign's end; the rule is read for those few lines alone. */
async function isTooLate(
  rules: LineNeeds["rules"],
  { lastDay }: CampaignToday,
  { bookedOn }: WaitingLine,
  promisedOn: Day | undefined,
): Promise<boolean> {
  if (!isLateMoney(lastDay, bookedOn, undefined)) return false;
  if (promisedOn === undefined) return true;
  const promise = { promisedOn, graceDays: await graceDays(rules, promisedOn) };
  return isLateMoney(lastDay, bookedOn, promise);
}

/**
 * Where money for a campaign stands that came into this account; undefined when it came into another commune's account,
 * where it cannot be spent for the campaign: that is suspense, for a person.
 */
function destination(account: ReceivingAccount, campaign: CampaignToday): string | undefined {
  if (account.owner === "appeal") return accountCode.fund(campaign.campaign);
  const direct =
    campaign.bankAccount === account.id ||
    campaign.commune === account.commune ||
    campaign.communeToday === account.commune;
  return direct ? accountCode.commune(campaign.communeToday, campaign.campaign) : undefined;
}

/**
 * Codes for gifts that came without a pledge: told by the bank's own facts of the line and not by its text, so that a
 * public code says nothing of the payer; the next one where a code is taken.
 */
async function codesFor(
  { sha256, bankStatements }: LineNeeds,
  lines: readonly WaitingLine[],
): Promise<ReadonlyMap<string, string>> {
  const codes = new Map<string, string>();
  let open = [...lines];
  const given = new Set<string>();
  for (let turn = 0; open.length > 0; turn += 1) {
    const wishes = open.map((line) => ({
      line,
      code: codeFromDigest(
        sha256(
          encoder.encode(
            `gift ${line.bankAccount} ${line.reference} ${line.bookedOn} ${line.amount} ${turn}`,
          ),
        ),
      ),
    }));
    const taken = await bankStatements.takenCodes(wishes.map(({ code }) => code));
    open = [];
    for (const { line, code } of wishes) {
      if (taken.has(code) || given.has(code)) {
        open.push(line);
      } else {
        given.add(code);
        codes.set(line.lineKey, code);
      }
    }
  }
  return codes;
}
