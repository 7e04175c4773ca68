/**
 * What the office leaves behind, each through its own verb on the hand-made books: an order that was booked and one that waits,
 * a role, an official account, a promise of a twin with its answer, a statement of progress, a draft.
 */
import { must } from "#app/domain/kernel/result.ts";
import { approveAccount } from "#app/domain/bank-accounts/approve-account.ts";
import { proposeAccount } from "#app/domain/bank-accounts/propose-account.ts";
import { draftCampaign } from "#app/domain/campaigns/draft-campaign.ts";
import { decideRole } from "#app/domain/people/decide-role.ts";
import { firstGrant } from "#app/domain/people/first-grant.ts";
import { proposeRole } from "#app/domain/people/propose-role.ts";
import { fileStatement } from "#app/domain/progress/file-statement.ts";
import { answerPromise } from "#app/domain/twinning/answer-promise.ts";
import { makePromise } from "#app/domain/twinning/make-promise.ts";
import { actingGiver } from "#app/domain/twinning/pair.ts";
import type { Database } from "#db/client.ts";
import { twinningStore } from "#db/stores/twinning.ts";

import { holder } from "./office-person.ts";
import {
  addPapers,
  approve,
  ask,
  book,
  DAY,
  freshId,
  M,
  orderServices,
  PEOPLE,
  type Somebody,
} from "./order-books.ts";

/** Fill the hand-made books with what an office does. */
export async function actAsOffice(db: Database): Promise<void> {
  const pair = (await twinningStore(db).pairs())[0];
  if (!pair) throw new Error("the plan has no twins");
  const [commune] = await twinningStore(db).communes(pair, DAY);
  if (!commune) throw new Error("the twin has no commune");
  const twin = holder("twin", "twin-officer", null, actingGiver(pair, DAY).id);
  const chair = holder("twin-chair", "commune-leader", commune.code);
  const grants = (id: string) =>
    [twin, chair].find((one) => one.id === id)?.grants ?? PEOPLE[id as Somebody]?.grants ?? [];
  const services = orderServices(db, grants);
  const desk = { official: services, now: services.now, newId: freshId, drawSigns: () => [] };

  const pay = { kind: "disbursement", campaign: "LD2", amount: M, source: "donation" } as const;
  const asked = must(await ask(services, "otherClerk", pay));
  const filed = await addPapers(services, PEOPLE.otherClerk, asked, "approve");
  const approved = must(await approve(services, PEOPLE.leader, filed));
  const banked = await addPapers(services, PEOPLE.treasurer, approved, "book");
  must(await book(services, PEOPLE.treasurer, banked));
  must(await ask(services, "otherClerk", { kind: "return", campaign: "LD2", amount: 100_000n }));

  const organisation = "ban-dan-toc-quang-nam";
  const first = { role: "administrator", organisation, recovery: undefined } as const;
  must(await firstGrant(desk, { ...first, id: "first", person: "administrator" }));
  await db.rows(
    `insert into "user" (id, name, email, staff) values ('newcomer', 'Người mới', 'newcomer@example.vn', true)`,
  );
  const wish = {
    person: "newcomer",
    role: "committee-officer",
    organisation,
    place: null,
    from: DAY,
    to: null,
  } as const;
  must(await proposeRole(desk, PEOPLE.administrator, "second", wish));
  must(await decideRole(desk, PEOPLE.leader, "second", 1, "approved"));

  const { id: change } = must(
    await proposeAccount(desk, PEOPLE.treasurer, {
      holder: "Quỹ",
      bankName: "Ngân hàng",
      bin: "970400",
      number: "5550001111",
      owner: "appeal",
      commune: "",
      validFrom: DAY,
      reason: "Mở thêm",
      paperNumber: "1",
      paperDate: DAY,
      key: "account-form",
    }),
  );
  must(await approveAccount(desk, PEOPLE.leader, { change, outcome: "approved", reason: "" }));

  const { id: promise } = must(
    await makePromise(desk, twin, {
      pair: pair.id,
      commune: commune.code,
      year: 2024,
      model: "livestock",
      money: 5n * M,
      goods: [],
      version: 0,
      key: "promise-form",
    }),
  );
  must(await answerPromise(desk, chair, { promise, outcome: "confirmed", reason: "" }));
  must(
    await fileStatement(desk, PEOPLE.otherClerk, {
      campaign: "LD2",
      textVi: "Đàn dê khỏe, các hộ đã dựng chuồng và trồng cỏ theo hướng dẫn của thú y.",
      textEn: "",
      key: "statement-form",
    }),
  );
  must(
    await draftCampaign(desk, PEOPLE.otherClerk, {
      key: "draft-form",
      commune: "20455",
      model: "livestock",
      titleVi: "Dê giống",
    }),
  );
}
