/**
 * The catalogues of the four models as plan 9295 of 24 December 2021 names them: facts, in the plan's order. The code of a
 * thing is a short form of its Vietnamese name. Amounts are norms (`norms.ts`); models 2 to 4 have none (features.md 4.8).
 */
import type { catalogueItem, catalogueSection } from "#db/schema/twinning.ts";

import { PLAN_DAY } from "./norms.ts";

type Section = typeof catalogueSection.$inferInsert;
type Item = typeof catalogueItem.$inferInsert;

/** Code, Vietnamese, English; `true`: the plan calls it a priority. */
type Named = readonly [code: string, vi: string, en: string, priority?: boolean];

interface Part {
  readonly section: Omit<Section, "n" | "validFrom">;
  readonly things: readonly Named[];
  readonly support: readonly Named[];
}

const CROP_SUPPORT: readonly Named[] = [
  ["s-giong", "Giống", "Seed and seedlings"],
  ["s-phan-bon", "Phân bón", "Fertiliser"],
  [
    "s-bao-ve-thuc-vat",
    "Thuốc bảo vệ thực vật, chế phẩm sinh học",
    "Plant protection, biological products",
  ],
];

const PARTS: readonly Part[] = [
  {
    section: {
      id: "livestock.animals",
      model: "livestock",
      titleVi: "Con giống sinh sản",
      titleEn: "Breeding animals",
      openEnded: false,
      source: "plan 9295, II.1.3",
    },
    things: [
      ["bo", "Bò cái sinh sản", "Breeding cow"],
      ["de", "Dê cái sinh sản", "Breeding goat"],
    ],
    support: [
      ["s-con-giong", "Con giống", "Stock"],
      [
        "s-ky-thuat",
        "Tập huấn chuồng trại, tiêm phòng, thức ăn",
        "Training: barns, vaccination, feed",
      ],
    ],
  },
  {
    section: {
      id: "start-up.fruit",
      model: "start-up",
      titleVi: "Cây ăn quả",
      titleEn: "Fruit trees",
      openEnded: false,
      source: "plan 9295, II.2.5.a",
    },
    things: [
      ["chuoi", "Chuối", "Banana"],
      ["mit", "Mít", "Jackfruit"],
      ["thom", "Thơm", "Pineapple"],
      ["long-bon", "Lòng bon", "Langsat"],
      ["buoi-tru-long", "Bưởi trụ lông", "Trụ lông pomelo"],
      ["buoi-thanh-tra", "Bưởi thanh trà", "Thanh trà pomelo"],
      ["cam", "Cam", "Orange"],
      ["quyt", "Quýt", "Mandarin"],
      ["chanh", "Chanh", "Lime"],
      ["chom-chom", "Chôm chôm", "Rambutan"],
      ["sau-rieng", "Sầu riêng", "Durian"],
      ["mang-cut", "Măng cụt", "Mangosteen"],
    ],
    support: CROP_SUPPORT,
  },
  {
    section: {
      id: "start-up.medicinal",
      model: "start-up",
      titleVi: "Cây dược liệu",
      titleEn: "Medicinal plants",
      openEnded: true,
      noteVi: "Hợp với sinh trưởng, phát triển và quy hoạch của nơi trồng.",
      noteEn: "Suited to the place's growing conditions and planning.",
      source: "plan 9295, II.2.5.a",
    },
    things: [
      ["sam-ngoc-linh", "Sâm Ngọc Linh", "Ngọc Linh ginseng"],
      ["dang-sam", "Đảng sâm", "Codonopsis"],
      ["ba-kich-tim", "Ba kích tím", "Purple morinda"],
      ["sa-nhan", "Sa nhân", "Amomum"],
      ["duong-quy", "Đương quy", "Angelica"],
      ["giao-co-lam", "Giảo cổ lam", "Gynostemma"],
      ["lan-kim-tuyen", "Lan kim tuyến", "Jewel orchid"],
      ["ca-gai-leo", "Cà gai leo", "Solanum procumbens"],
      ["dinh-lang", "Đinh lăng", "Polyscias"],
    ],
    support: CROP_SUPPORT,
  },
  {
    section: {
      id: "start-up.short-term",
      model: "start-up",
      titleVi: "Cây ngắn ngày",
      titleEn: "Short-term crops",
      openEnded: true,
      source: "plan 9295, II.2.5.a",
    },
    things: [
      ["ngo", "Ngô", "Maize"],
      ["nep", "Nếp", "Sticky rice"],
      ["khoai-lang", "Khoai lang", "Sweet potato"],
      ["san", "Sắn", "Cassava"],
      ["me", "Mè", "Sesame"],
      ["dau", "Đậu", "Beans"],
      ["nen", "Nén", "Nén shallot"],
      ["ot", "Ớt", "Chilli"],
    ],
    support: CROP_SUPPORT,
  },
  {
    section: {
      id: "start-up.livestock",
      model: "start-up",
      titleVi: "Chăn nuôi gia súc, gia cầm",
      titleEn: "Livestock and poultry",
      openEnded: false,
      source: "plan 9295, II.2.5.b",
    },
    things: [
      ["bo", "Bò", "Cattle"],
      ["de", "Dê", "Goats"],
      ["lon", "Lợn", "Pigs"],
      ["ga", "Gà", "Chickens"],
    ],
    support: [
      ["s-con-giong", "Con giống", "Stock"],
      ["s-thuc-an", "Thức ăn chăn nuôi", "Feed"],
      ["s-lo-mom-long-mong", "Tiêm phòng lở mồm long móng", "Vaccination: foot-and-mouth disease"],
      ["s-tu-huyet-trung", "Tiêm phòng tụ huyết trùng", "Vaccination: haemorrhagic septicaemia"],
      ["s-dich-ta-lon", "Tiêm phòng dịch tả lợn", "Vaccination: classical swine fever"],
      ["s-cum-gia-cam", "Tiêm phòng cúm gia cầm", "Vaccination: avian influenza"],
    ],
  },
  {
    section: {
      id: "start-up.processing",
      model: "start-up",
      titleVi: "Chế biến sản phẩm địa phương",
      titleEn: "Processing of local products",
      openEnded: true,
      source: "plan 9295, II.2.5.c",
    },
    things: [
      ["mang", "Măng", "Bamboo shoots"],
      ["tao-meo", "Táo mèo", "Hawthorn (docynia)"],
      ["chuoi", "Chuối", "Banana"],
      ["sam-cau", "Sâm cau", "Curculigo"],
      ["dang-sam", "Đảng sâm", "Codonopsis"],
      ["che", "Chè", "Tea"],
      ["tho-cam", "Dệt thổ cẩm", "Brocade weaving"],
      ["dan-lat", "Đan lát", "Plaiting"],
      ["am-thuc", "Ẩm thực đặc trưng của mỗi dân tộc", "Each people's own cuisine"],
    ],
    support: [
      [
        "s-may-moc",
        "Máy móc, thiết bị từ sản xuất đến bảo quản",
        "Machines and equipment, from production to storage",
      ],
      ["s-kiem-nghiem", "Kiểm nghiệm an toàn thực phẩm", "Food-safety testing"],
      ["s-chat-luong", "Hệ thống quản lý chất lượng", "Quality management system"],
      ["s-bao-bi", "Thiết kế bao bì, nhãn sản phẩm", "Packaging and label design"],
      ["s-truy-xuat", "Tem truy xuất nguồn gốc", "Traceability stamps"],
      ["s-nhan-hieu", "Đăng ký nhãn hiệu", "Trademark registration"],
      ["s-quang-ba", "Quảng bá sản phẩm", "Promotion"],
      ["s-hoi-cho", "Hội chợ, triển lãm, phiên chợ", "Fairs, exhibitions, markets"],
      ["s-dau-ra", "Kết nối thị trường đầu ra", "Links to buyers"],
    ],
  },
  {
    section: {
      id: "training.topics",
      model: "training",
      titleVi: "Nội dung tập huấn, bồi dưỡng",
      titleEn: "Training topics",
      openEnded: true,
      source: "plan 9295, II.3.3",
    },
    things: [
      ["dau-tu", "Đầu tư", "Investment"],
      ["ke-hoach", "Kế hoạch", "Planning"],
      ["tai-chinh", "Tài chính", "Finance"],
      ["nong-nghiep-nong-thon", "Nông nghiệp, nông thôn", "Agriculture and rural affairs"],
      ["cong-nghe-thong-tin", "Công nghệ thông tin", "Information technology", true],
      ["cong-tac-dan-toc", "Công tác dân tộc", "Ethnic affairs"],
      [
        "van-hoa-tin-nguong",
        "Văn hóa, tín ngưỡng các dân tộc",
        "Culture and belief of the peoples",
      ],
      ["nong-lam-nghiep", "Nông, lâm nghiệp", "Farming and forestry", true],
      ["moi-truong", "Bảo vệ môi trường", "Protecting the environment", true],
      ["thu-chi-ngan-sach", "Thu, chi ngân sách", "Budget revenue and spending", true],
      ["ha-tang", "Đầu tư xây dựng hạ tầng", "Infrastructure", true],
      ["an-sinh-xa-hoi", "Chính sách an sinh xã hội", "Social security policy", true],
      ["giam-ngheo", "Giảm nghèo bền vững", "Lasting poverty reduction", true],
      ["nong-thon-moi", "Xây dựng nông thôn mới", "New rural development", true],
    ],
    support: [],
  },
  {
    section: {
      id: "village.criteria",
      model: "village",
      titleVi: "Tiêu chí thôn nông thôn mới kiểu mẫu",
      titleEn: "Criteria of the model new-rural village",
      openEnded: true,
      noteVi:
        "Kế hoạch không ghi tiêu chí nào: làm sau khi tỉnh ban hành bộ tiêu chí của giai đoạn mới. Chưa tìm thấy bộ tiêu chí ấy, nên danh mục để trống; mỗi hạng mục ghi theo văn bản của xã.",
      noteEn:
        "The plan names no criterion: work begins once the province issues the set for the new period. That set was not found, so the list is empty; each item is written as in the commune's own paper.",
      source: "plan 9295, II.4.3",
    },
    things: [],
    support: [],
  },
];

/** Parts of the catalogues, in the plan's order. */
export function catalogueSections(): Section[] {
  return PARTS.map(({ section }, at) => ({ ...section, n: at + 1, validFrom: PLAN_DAY }));
}

/** What stands in them. */
export function catalogueItems(): Item[] {
  return PARTS.flatMap(({ section, things, support }) => [
    ...things.map((item, at) => itemOf(section.id, "thing", item, at)),
    ...support.map((item, at) => itemOf(section.id, "support", item, at)),
  ]);
}

function itemOf(section: string, kind: Item["kind"], item: Named, at: number): Item {
  const [code, titleVi, titleEn, priority = false] = item;
  return { section, code, n: at + 1, kind, titleVi, titleEn, priority, validFrom: PLAN_DAY };
}
