import { own } from "#app/domain/kernel/own.ts";
import { publishUpdate } from "#app/domain/campaigns/publish-update.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";

import type { Stage } from "./stage.ts";

/** What news can tell of. */
export type Matter =
  | "disbursed"
  | "handed-over"
  | "born"
  | "passed-on"
  | "lost"
  | "replaced"
  | "surplus-given"
  | "surplus-taken"
  | "rest-given"
  | "rest-taken"
  | "merged"
  | "goes-on"
  | "undone";

interface Facts {
  readonly entry?: number;
  readonly animal?: string;
  readonly count?: number;
  /** BO, DE, TB, LH, TC */
  readonly species?: string;
  /** A name to put in, such as a commune's or a campaign's. */
  readonly name?: string;
}

/** `14 bò cái` and `14 cows`. */
function counted({ count = 0, species = "" }: Facts): readonly [string, string] {
  const [vi, one, many] = own(NOUNS, species) ?? ["món", "thing", "things"];
  return [`${count} ${vi}`, `${count} ${count === 1 ? one : many}`];
}

const NOUNS: Readonly<Record<string, readonly [string, string, string]>> = {
  BO: ["bò cái", "cow", "cows"],
  DE: ["dê cái", "goat", "goats"],
  TB: ["bộ thiết bị", "item of equipment", "items of equipment"],
  LH: ["lớp", "class", "classes"],
  TC: ["hạng mục", "task", "tasks"],
};

const WORDS: Readonly<Record<Matter, (facts: Facts) => readonly [string, string]>> = {
  disbursed: () => [
    "Đợt tiền đầu tiên đã về tài khoản của Ủy ban nhân dân xã. Danh sách hộ được niêm yết tại trụ sở trước khi mua.",
    "The first money has reached the commune People's Committee. The list of households was put up at its office before anything is bought.",
  ],
  "handed-over": (facts) => [
    `Đã nghiệm thu và bàn giao ${counted(facts)[0]}, đơn vị kết nghĩa cùng ký biên bản. Giá thật của từng phần ghi trong bút toán.`,
    `${counted(facts)[1]} accepted and handed over; the twin signed the minutes. Each real price stands in the entry.`,
  ],
  born: ({ count }) => [
    `Kê khai quý này có thêm ${count} con non sinh ra trong các nhóm.`,
    `This quarter's declaration lists ${count} more born in the groups.`,
  ],
  "passed-on": ({ count }) => [
    `${count} con cái đủ tuổi đã chuyển cho hộ vòng hai.`,
    `${count} young females, old enough, have gone to households of round two.`,
  ],
  lost: ({ animal }) => [
    `Con ${animal} đã chết. Trưởng thôn và thú y cùng lập biên bản; khoản này ghi vào tổn thất, không xóa.`,
    `${animal} has died. Village head and vet wrote the minutes; it stands in the ledger as a loss, nothing is erased.`,
  ],
  replaced: ({ animal }) => [
    `Hộ mất bò đã nhận con thay thế ${animal}, mua bằng tiền còn lại của chiến dịch.`,
    `The household that lost its cow has a replacement, ${animal}, bought with money the campaign had left.`,
  ],
  "surplus-given": ({ name }) => [
    `Chiến dịch nhận quá mục tiêu. Phần dư đã chuyển cho ${name} theo quyết định của ban; ai có tiền trong đó đều tra được.`,
    `The campaign received more than its goal. The surplus went to ${name} by decision; whoever has money in it can see so.`,
  ],
  "surplus-taken": ({ name }) => [
    `Đã nhận phần vượt mục tiêu của ${name}.`,
    `The surplus of ${name} has come in.`,
  ],
  "rest-given": ({ name }) => [
    `Chiến dịch đã kết thúc. Số tiền mua chưa hết chuyển cho ${name} theo quyết định của ban.`,
    `The campaign has ended. What was not needed went to ${name} by decision.`,
  ],
  "rest-taken": ({ name }) => [
    `Đã nhận phần tiền còn lại của ${name}.`,
    `What ${name} had left has come in.`,
  ],
  merged: ({ name }) => [
    `Từ 01/7/2025 xã thuộc ${name}. Tiền, đàn và sổ đã chuyển nguyên sang xã mới trong một bút toán.`,
    `Since 1 July 2025 the commune is part of ${name}. Money, herd and books went over whole, in one entry.`,
  ],
  "goes-on": ({ name }) => [
    `Từ 01/7/2025, ${name} sau sáp nhập tiếp nhận chiến dịch. Mã của xã không đổi nên sổ đi tiếp, không có bút toán chuyển.`,
    `Since 1 July 2025 the merged commune ${name} carries the campaign on. Its code stayed the same, so the books go on without an entry.`,
  ],
  undone: () => [
    "Một lần chuyển tiền bị ghi hai lần đã được đảo lại trong ngày. Cả hai bút toán còn nguyên trong sổ.",
    "A payment that had been entered twice was reversed the same day. Both entries stay in the ledger.",
  ],
};

/** Publish news of a campaign, tied to its entry or animal. */
export async function tell(
  stage: Stage,
  campaign: string,
  matter: Matter,
  facts: Facts = {},
): Promise<void> {
  const [textVi, textEn] = WORDS[matter](facts);
  must(
    await publishUpdate(stage.official, {
      campaign,
      publishedOn: dayOf(stage.agenda.now()),
      textVi,
      textEn,
      ...(facts.entry === undefined ? {} : { entry: facts.entry }),
      ...(facts.animal === undefined ? {} : { animal: facts.animal }),
    }),
  );
}
