/** Something in every page of the register, over a copy of the demonstration: by the verbs of its own clerk. */
import { readEnvironment } from "#app/adapters/environment.ts";
import { newId, randomHex } from "#app/adapters/randomness.ts";
import { bookReader } from "#app/adapters/read-book.ts";
import { sealingUnder } from "#app/adapters/sealed-texts.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { beginRegisterImport, mapRegisterImport } from "#app/domain/register/import-desk.ts";
import { registerHousehold } from "#app/domain/register/keep-household.ts";
import { noteRequest } from "#app/domain/register/request.ts";
import type { Database } from "#db/client.ts";
import { officialWriting, sealedOver } from "#db/stores/acts.ts";
import { peopleStore } from "#db/stores/people.ts";
import { registerStore } from "#db/stores/register.ts";
import { registerImportsStore } from "#db/stores/register-imports.ts";

import { household, request } from "./register-books.ts";
import { workbook } from "./workbooks.ts";

/** Two households that may be one, a request about the data of one, and a list being read in. */
export async function registerSamples(
  db: Database,
  clerk: string,
  commune: string,
  campaign: string,
): Promise<{ readonly household: string; readonly import: string }> {
  const now = () => Math.floor(Date.now() / 1000);
  const key = must(readEnvironment({ DEMO: "1" })).REGISTER_KEY;
  const making = { now, sha256: sha256Hex, randomHex, sealing: sealingUnder(key) };
  const services = { ...making, newId, official: officialWriting(db, making) };
  const person = {
    id: clerk,
    name: clerk,
    secondFactor: true,
    grants: await peopleStore(db).grantsOf(clerk, dayOf(now())),
  };
  const registered = async (name: string) =>
    must(
      await registerHousehold(services, person, {
        ...household(name),
        key: newId(),
        commune,
        registration: request({ campaign }),
      }),
    ).household;
  const first = await registered("Bríu Xem Hoà");
  await registered("Bríu Xem Hòa");
  const asked = {
    household: first,
    kind: "erase",
    channel: "paper",
    receivedOn: "02/05/2024",
    text: "",
  };
  must(await noteRequest(services, person, asked));
  const needs = {
    ...services,
    register: registerStore(db),
    registerImports: registerImportsStore(db),
    sealed: sealedOver(db, making),
    readBook: bookReader(async () => undefined),
    giveWay: async () => undefined,
  };
  const bytes = workbook({
    name: "Hộ",
    rows: [
      ["Họ tên chủ hộ", "Thôn", "Đối tượng", "Số quyết định", "Ngày quyết định"],
      ["Riah Xem Trước", "Thôn Một", "Hộ nghèo", "9/QĐ", "01/02/2023"],
      ["#REF!", "Thôn Một", "Hộ nghèo", "9/QĐ", "01/02/2023"],
    ],
  });
  const file = { fileName: "danh-sach.xlsx", bytes, format: "xlsx" } as const;
  const begun = must(
    await beginRegisterImport(needs, person, { commune, campaign, round: "1", ...file }),
  );
  must(await mapRegisterImport(needs, person, begun.id, begun.mapping));
  return { household: first, import: begun.id };
}
