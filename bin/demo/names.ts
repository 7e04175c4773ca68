import { own } from "#app/domain/kernel/own.ts";
import { nameLetters } from "#app/domain/register/names.ts";

import type { Chance } from "./random.ts";

/** Invented people and bodies. None of them exists; any likeness is chance. */

const KINH_FAMILY = [
  "Nguyễn",
  "Nguyễn",
  "Nguyễn",
  "Trần",
  "Trần",
  "Lê",
  "Lê",
  "Phạm",
  "Huỳnh",
  "Phan",
  "Võ",
  "Đặng",
  "Bùi",
  "Đỗ",
  "Ngô",
  "Dương",
  "Trương",
  "Đinh",
  "Lương",
  "Mai",
  "Cao",
  "Châu",
  "Tạ",
  "Thái",
  "Lưu",
  "Hà",
];
const WOMEN = [
  "Thị Hồng",
  "Thị Thu",
  "Thị Mỹ Lệ",
  "Thị Ngọc Ánh",
  "Thị Kim Chi",
  "Thị Diệu",
  "Minh Thư",
  "Thanh Trúc",
  "Bảo Ngọc",
  "Thị Phương",
  "Thị Hạnh",
  "Khánh Linh",
  "Thị Tuyết",
  "Quỳnh Như",
  "Thị Hoài An",
  "Tường Vy",
  "Thị Nga",
  "Thị Xuân",
];
const MEN = [
  "Văn Hùng",
  "Quốc Bảo",
  "Minh Tuấn",
  "Đình Phúc",
  "Hữu Thọ",
  "Công Danh",
  "Anh Khoa",
  "Văn Sáu",
  "Thanh Tùng",
  "Gia Huy",
  "Ngọc Sơn",
  "Tấn Phát",
  "Đức Long",
  "Văn Bình",
  "Trọng Nghĩa",
  "Hoàng Nam",
  "Quang Vinh",
  "Xuân Trường",
];

/** A donor's name; some write only what they are called by. */
export function donorName(chance: Chance): string {
  if (chance.happens(0.12))
    return chance.pick([
      "Một người Quảng xa quê",
      "Gia đình bé Su",
      "Cô Ba",
      "Bạn đọc",
      "Chú Tư Hội An",
      "Nhà Bống",
      "Tâm An",
      "Hai mẹ con",
    ]);
  return `${chance.pick(KINH_FAMILY)} ${chance.pick(chance.happens(0.5) ? WOMEN : MEN)}`;
}

const BODIES = [
  "Công ty TNHH Nắng Sông Thu",
  "Công ty cổ phần Gạch ngói Bến Xưa",
  "Công ty TNHH Vận tải Đèo Xanh",
  "Hợp tác xã Rau sạch Ba Mùa",
  "Công ty cổ phần Thủy điện Suối Nhỏ",
  "Công ty TNHH May Cánh Cò",
  "Công ty TNHH Du lịch Thuyền Thúng",
  "Công ty cổ phần Dược liệu Sương Mai",
  "Câu lạc bộ Xe đạp Sáng Chủ nhật",
  "Tập thể lớp 12A khóa 1998",
  "Hội đồng hương người Quảng phương Nam",
  "Công ty TNHH Nội thất Gỗ Mít",
  "Công ty cổ phần Xây dựng Cầu Tre",
  "Nhóm thiện nguyện Bếp Lửa",
  "Công ty TNHH Phần mềm Đá Cuội",
  "Công ty cổ phần Nông nghiệp Đất Bazan",
  "Công đoàn Xí nghiệp Hải Đăng",
  "Quán cơm Hai Ngàn",
  "Công ty TNHH Thủy sản Gió Lộng",
  "Hội cựu học sinh Trường Cây Đa",
];

/** A firm, club or group that gives. */
export function bodyName(chance: Chance): string {
  return chance.pick(BODIES);
}

/** Departments and twinned units that give by their own appeals (plan 9295, II.1.6 a). */
export const OFFICES = [
  "Công đoàn cơ sở đơn vị kết nghĩa",
  "Đoàn viên, hội viên đơn vị kết nghĩa",
  "Quỹ tương trợ cơ quan kết nghĩa",
];

type People = "co-tu" | "xo-dang" | "gie-trieng";

/** Which people's naming patterns most households of a district follow (vietnam-rules.md 11, not verified). */
const PEOPLE_OF: Readonly<Record<string, People>> = {
  "504": "co-tu",
  "505": "co-tu",
  "510": "co-tu",
  "511": "gie-trieng",
  "515": "xo-dang",
  "516": "xo-dang",
};

const FAMILIES: Readonly<Record<People, readonly string[]>> = {
  "co-tu": [
    "Alăng",
    "Bhling",
    "Bhnướch",
    "Zơrâm",
    "Arất",
    "Coor",
    "Hôih",
    "Pơloong",
    "Ating",
    "Riah",
    "Cơlâu",
    "Tơngôl",
    "Blúp",
    "Ríah",
  ],
  "xo-dang": ["Hồ", "Hồ", "Hồ", "Nguyễn", "Đinh", "Trần", "Lê"],
  "gie-trieng": ["Hồ", "Hồ", "Un", "Kring", "Bloong", "Zơ Rum", "Hiên"],
};
const HIGHLAND_WOMEN = [
  "Thị Nhưn",
  "Thị Blêu",
  "Thị Hoa",
  "Thị Nhung",
  "Thị Lơi",
  "Thị Đhôi",
  "Thị Mênh",
  "Thị Xinh",
  "Thị Bông",
  "Thị Lai",
  "Thị Trói",
  "Thị Nhiêm",
];
const HIGHLAND_MEN = [
  "Nhơi",
  "Bhiêu",
  "Crul",
  "Đhơng",
  "Nhiêu",
  "Tin",
  "Dưr",
  "Văn Lơm",
  "Văn Đói",
  "Văn Sinh",
  "Văn Thiếc",
  "Văn Ba",
  "Văn Huân",
  "Văn Lưu",
  "Văn Tâm",
  "Văn Nghiêm",
];

/** Names of households' heads, none of them twice: a name that comes again is looked into as a double. */
export interface HeadNames {
  next(chance: Chance, district: string): string;
}

/** Draws before a middle name is put in. */
const DRAWS = 12;

/** Names that were not given yet. */
export function openHeadNames(): HeadNames {
  const given = new Set<string>();
  return {
    next(chance, district) {
      for (let draw = 0; ; draw += 1) {
        const drawn = headName(chance, district);
        const name = draw < DRAWS ? drawn : drawn.replace(" ", ` ${chance.pick(MIDDLE)} `);
        const letters = nameLetters(name);
        if (given.has(letters)) continue;
        given.add(letters);
        return name;
      }
    },
  };
}

const MIDDLE = ["Ngọc", "Minh", "Thanh", "Xuân", "Kim", "Đình", "Hữu", "Quang"];

/** The name of a household's head. */
function headName(chance: Chance, district: string): string {
  if (chance.happens(0.06))
    return `${chance.pick(KINH_FAMILY)} ${chance.pick(chance.happens(0.4) ? WOMEN : MEN)}`;
  const people = own(PEOPLE_OF, district) ?? "co-tu";
  const family = chance.pick(FAMILIES[people]);
  return `${family} ${chance.pick(chance.happens(0.45) ? HIGHLAND_WOMEN : HIGHLAND_MEN)}`;
}
