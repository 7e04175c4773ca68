import { addingFiles, type FileMaking } from "#app/domain/files/add-files.ts";
import { FILE_KINDS, fileRulesOn } from "#app/domain/files/file-rules.ts";
import { stageFile } from "#app/domain/files/stage-files.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { addOrderPapers } from "#app/domain/orders/add-paper.ts";
import { approveOrder } from "#app/domain/orders/approve-order.ts";
import { cancelOrder } from "#app/domain/orders/cancel-order.ts";
import { missingItems, sourceOf } from "#app/domain/orders/dossier.ts";
import type { MoneyOrder } from "#app/domain/orders/order.ts";
import type { OrderCampaign } from "#app/domain/orders/ports.ts";
import { requestOrder } from "#app/domain/orders/request-order.ts";
import { sendBackOrder } from "#app/domain/orders/send-back-order.ts";
import { spendingText } from "#app/domain/orders/spending.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Services } from "#app/domain/services.ts";

import { demoPaper } from "./demo-paper.ts";
import { DEMO_COMMUNES, demoPerson } from "./office-people.ts";

/** What the scene acts with: the services of the site. */
export type OrderScene = FileMaking & Pick<Services, "official" | "orders" | "people">;

const MILLION = 1_000_000n;

/**
 * Money orders that wait in the demonstration, made by its people through the verbs of the site: one waiting for approval
 * and one given up, of one commune; one approved and one sent back, of another. None is booked: the books stay as replayed.
 */
export async function seedOrders(scene: OrderScene): Promise<void> {
  if ((await scene.orders.list({}, 1, 1)).count > 0) return;
  const leader = await demoPerson(scene, "demo-committee-leader");
  const [first, second] = await Promise.all(
    DEMO_COMMUNES.map(async (commune) => ({
      clerk: await demoPerson(scene, `demo-commune-clerk-${commune}`),
      campaign: await richest(scene, commune),
    })),
  );
  if (!first?.campaign || !second?.campaign) return;
  await waiting(scene, first.clerk, first.campaign);
  await givenUp(scene, first.clerk, first.campaign);
  await approved(scene, second.clerk, leader, second.campaign);
  await sentBack(scene, second.clerk, leader, second.campaign);
}

/** The campaign of a commune that has most in its fund; undefined while none has enough to ask for. */
async function richest(scene: OrderScene, commune: string): Promise<OrderCampaign | undefined> {
  return (await scene.orders.campaigns())
    .filter(({ communes, inFund }) => communes.includes(commune) && inFund >= 10n * MILLION)
    .toSorted((a, b) => (a.inFund === b.inFund ? 0 : a.inFund > b.inFund ? -1 : 1))[0];
}

const verbsOf = ({ official, now }: OrderScene) => ({ write: official.write, now });

/** A part of what is in the fund, in whole millions. */
function partOf({ inFund }: OrderCampaign, share: bigint): bigint {
  return (inFund / share / MILLION) * MILLION;
}

async function asked(
  scene: OrderScene,
  clerk: Person,
  campaign: OrderCampaign,
  amount: bigint,
): Promise<MoneyOrder> {
  const matter = {
    kind: "disbursement",
    campaign: campaign.id,
    amount,
    source: "donation",
  } as const;
  return must(await requestOrder(verbsOf(scene), clerk, { id: scene.newId(), matter }));
}

/** Add every paper that approval needs. */
async function papered(scene: OrderScene, clerk: Person, order: MoneyOrder): Promise<MoneyOrder> {
  const day = dayOf(scene.now());
  const dossier = await scene.orders.dossier(order.kind, sourceOf(order.matter), day);
  let now = order;
  for (const item of missingItems(dossier, [], "approve")) {
    const staged = must(
      await stageFile(
        scene,
        {
          form: `demo-${order.id}`,
          person: clerk.id,
          field: item.code,
          kind: FILE_KINDS.find((kind) => kind === item.paper) ?? "minutes",
          name: `${item.code}-${order.number}.pdf`,
          bytes: demoPaper("Du lieu minh hoa / demonstration", item.titleEn, `${order.number}`),
        },
        fileRulesOn(day),
      ),
    );
    await scene.files.staged.add([staged]);
    now = must(
      await addingFiles(scene, [staged], (files) =>
        addOrderPapers(verbsOf(scene), clerk, {
          id: order.id,
          papers: files.map((file) => ({ item: item.code, file })),
        }),
      ),
    );
  }
  return now;
}

async function waiting(scene: OrderScene, clerk: Person, campaign: OrderCampaign): Promise<void> {
  await papered(scene, clerk, await asked(scene, clerk, campaign, partOf(campaign, 2n)));
}

async function givenUp(scene: OrderScene, clerk: Person, campaign: OrderCampaign): Promise<void> {
  const order = await asked(scene, clerk, campaign, partOf(campaign, 2n));
  const form = { id: order.id, version: order.version, reason: "asked-twice" };
  must(await cancelOrder(verbsOf(scene), clerk, form));
}

async function approved(
  scene: OrderScene,
  clerk: Person,
  leader: Person,
  campaign: OrderCampaign,
): Promise<void> {
  const order = await papered(
    scene,
    clerk,
    await asked(scene, clerk, campaign, partOf(campaign, 3n)),
  );
  const seen = spendingText(order.spending.ranges);
  const form = { id: order.id, version: order.version, seen };
  must(await approveOrder(verbsOf(scene), leader, form));
}

async function sentBack(
  scene: OrderScene,
  clerk: Person,
  leader: Person,
  campaign: OrderCampaign,
): Promise<void> {
  const order = await asked(scene, clerk, campaign, partOf(campaign, 4n));
  const note = "Danh sách hộ chưa có dấu niêm yết.";
  const form = { id: order.id, version: order.version, reason: "papers-unclear", note };
  must(await sendBackOrder(verbsOf(scene), leader, form));
}
