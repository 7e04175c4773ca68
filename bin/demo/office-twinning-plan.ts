import type { Model } from "#app/domain/campaigns/model.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";
import type { Goods } from "#app/domain/twinning/pair.ts";

/** A promise of a twinned body, in the pair that a campaign bears the name of. */
export interface PlannedPromise {
  readonly campaign: string;
  readonly on: Day;
  readonly model: Model;
  /** đồng */
  readonly money: bigint;
  readonly goods?: readonly Goods[];
  /** Version that it changes. */
  readonly version?: number;
  readonly answer: "confirmed" | "declined" | "none";
  readonly reason?: string;
}

const lines = (...goods: readonly (readonly [number, string, string])[]): Goods[] =>
  goods.map(([quantity, unit, what]) => ({ quantity, unit, what }));

/** In order of time within a pair. Núi Thành and Bắc Trà My stay silent, and so do most pairs in some year. */
export const PROMISES: readonly PlannedPromise[] = [
  // Duy Xuyên and Đông Giang, or whichever unit the plan's order gives: told by the campaign.
  {
    campaign: "MC1",
    on: "2022-02-16",
    model: "livestock",
    money: 300_000_000n,
    answer: "confirmed",
  },
  {
    campaign: "MC1",
    on: "2023-02-20",
    model: "livestock",
    money: 200_000_000n,
    answer: "confirmed",
  },
  {
    campaign: "KD1",
    on: "2024-02-19",
    model: "livestock",
    money: 150_000_000n,
    goods: lines([12, "con", "bò giống trao lại"]),
    answer: "confirmed",
  },
  {
    campaign: "VM1",
    on: "2024-02-27",
    model: "village",
    money: 120_000_000n,
    goods: lines([20, "trụ", "đèn đường chạy pin mặt trời"], [300, "bao", "xi măng"]),
    answer: "confirmed",
  },
  { campaign: "VM1", on: "2025-02-18", model: "village", money: 60_000_000n, answer: "confirmed" },
  {
    campaign: "TH1",
    on: "2022-03-01",
    model: "livestock",
    money: 180_000_000n,
    answer: "confirmed",
  },
  {
    campaign: "GR1",
    on: "2023-03-06",
    model: "livestock",
    money: 100_000_000n,
    answer: "confirmed",
  },
  {
    campaign: "GR1",
    on: "2024-03-05",
    model: "training",
    money: 25_000_000n,
    goods: lines([15, "bộ", "máy tính để bàn đã qua sử dụng"]),
    answer: "declined",
    reason: "Nhà văn hóa chưa có điện ổn định, đề nghị để sang năm",
  },
  { campaign: "DT1", on: "2022-09-12", model: "start-up", money: 40_000_000n, answer: "confirmed" },
  {
    campaign: "LD1",
    on: "2024-01-09",
    model: "livestock",
    money: 400_000_000n,
    answer: "confirmed",
  },
  {
    campaign: "LD1",
    on: "2025-01-14",
    model: "livestock",
    money: 250_000_000n,
    answer: "confirmed",
  },
  {
    campaign: "LD1",
    on: "2025-04-22",
    model: "livestock",
    money: 180_000_000n,
    version: 1,
    answer: "confirmed",
  },
  {
    campaign: "PL1",
    on: "2023-02-14",
    model: "livestock",
    money: 120_000_000n,
    answer: "confirmed",
  },
  {
    campaign: "TL1",
    on: "2023-02-21",
    model: "livestock",
    money: 90_000_000n,
    answer: "confirmed",
  },
  {
    campaign: "TL1",
    on: "2024-02-20",
    model: "training",
    money: 30_000_000n,
    goods: lines([2, "lớp", "tập huấn tin học cho cán bộ xã"]),
    answer: "confirmed",
  },
  {
    campaign: "SG1",
    on: "2026-02-03",
    model: "start-up",
    money: 0n,
    goods: lines([2, "máy", "sấy măng 150 kg một mẻ"], [1, "bộ", "tem truy xuất nguồn gốc"]),
    answer: "confirmed",
  },
  {
    campaign: "TG1",
    on: "2026-02-24",
    model: "livestock",
    money: 500_000_000n,
    answer: "confirmed",
  },
  {
    campaign: "TG1",
    on: "2026-11-10",
    model: "livestock",
    money: 420_000_000n,
    goods: lines([10, "con", "bò giống"]),
    version: 1,
    answer: "none",
  },
  { campaign: "TT1", on: "2026-11-04", model: "training", money: 35_000_000n, answer: "none" },
];

/** Campaigns whose statements were slow, and the last they filed. */
export const STATEMENTS: Readonly<Record<string, { readonly last?: Day; readonly slow?: number }>> =
  {
    // Late for some days: the banner.
    GR1: { last: "2026-05-16" },
    // Late for longer than the grace period: no new pledges.
    TL1: { last: "2026-04-02" },
    DT1: { slow: 41 },
    MC1: { slow: 12 },
  };

interface StatementText {
  readonly vi: string;
  readonly en: string;
}

const HERD: readonly StatementText[] = [
  {
    vi: "Tổ công tác kết nghĩa đã họp dân, bình xét công khai và niêm yết danh sách hộ tại trụ sở xã. Các hộ đã làm chuồng và trồng cỏ trước khi nhận giống.\n\nKhó khăn: giá giống tại chợ đầu mối cao hơn định mức vào cuối năm, xã phải chia thành nhiều đợt mua nhỏ.",
    en: "The working group met the village, chose households in public and put the list up at the commune's office. Households built sheds and planted grass first.\n\nDifficulty: market prices rose above the norm late in the year, so the commune buys in small lots.",
  },
  {
    vi: "Con giống đã bàn giao được tiêm phòng hai đợt, cán bộ thú y xã đến từng hộ mỗi tháng một lần. Con nào mất đều có biên bản và đã ghi vào sổ cái.\n\nSắp tới: mua tiếp phần tiền đã về, kiểm tra chuồng trại trước mùa mưa.",
    en: "Animals handed over were vaccinated twice and the commune's veterinary officer visits each household monthly. Every loss has its record and stands in the ledger.\n\nNext: buy with what has arrived and check the sheds before the rains.",
  },
  {
    vi: "Các nhóm hộ bắt đầu chuyển con giống vòng sau theo quy chế đã ký. Hộ nhận vòng sau được chọn từ danh sách dự bị, có mặt đại diện thôn.\n\nKhó khăn: đường vào hai thôn sạt lở, việc giao chậm hai tuần.",
    en: "Groups have begun to pass offspring on as their rules say. The next households come from the reserve list, with the village present.\n\nDifficulty: the road to two villages slid away, which delayed handing over by two weeks.",
  },
  {
    vi: "Chiến dịch đã kết thúc. Toàn bộ tiền đã chi hoặc chuyển theo quyết định công khai, danh sách hộ và con giống khớp với sổ cái. Xã tiếp tục theo dõi đàn và việc trao lại.",
    en: "The campaign has ended. All money was spent or passed on by a public decision; lists of households and animals agree with the ledger. The commune goes on watching the herd and what is passed on.",
  },
];

const THINGS: readonly StatementText[] = [
  {
    vi: "Xã đã họp với các hộ tham gia, chốt danh mục cần mua và lấy báo giá của ba nơi. Địa điểm đặt thiết bị đã có, điện và nước đã kéo đến.\n\nKhó khăn: nhà cung cấp hẹn giao chậm hơn dự kiến.",
    en: "The commune met the households, settled what to buy and took three quotes. The place is ready, with power and water.\n\nDifficulty: the supplier promises delivery later than planned.",
  },
  {
    vi: "Phần đã bàn giao đang được dùng, có sổ theo dõi tại xã. Phần còn lại chờ đủ tiền mới mua, không mua thiếu tiêu chuẩn.\n\nSắp tới: nghiệm thu cùng đơn vị kết nghĩa và người dân.",
    en: "What was handed over is in use, with a log at the commune's office. The rest waits for its money: nothing below standard is bought.\n\nNext: acceptance together with the twin and the people.",
  },
  {
    vi: "Chiến dịch đã kết thúc. Mọi hạng mục đã bàn giao đều có biên bản, tiền còn lại được chuyển theo quyết định công khai.",
    en: "The campaign has ended. Everything handed over has its record, and the money left was passed on by a public decision.",
  },
];

/** What communes write, by species; the last is for after the end. */
export const STATEMENT_TEXTS: Readonly<Record<string, readonly StatementText[]>> = {
  BO: HERD,
  DE: HERD,
  TB: THINGS,
  LH: THINGS,
  TC: THINGS,
};
