import { expect, test } from "vitest";

import { placeInSentence, placeName } from "./place-names.ts";

test("a commune bears its kind before its name in Vietnamese, behind it in English", () => {
  expect(placeName("vi", "Xã La Dêê")).toBe("Xã La Dêê");
  expect(placeName("en", "Xã La Dêê")).toBe("La Dêê commune");
  expect(placeInSentence("vi", "Thị trấn Thạnh Mỹ")).toBe("thị trấn Thạnh Mỹ");
  expect(placeInSentence("en", "Phường Bàn Thạch")).toBe("Bàn Thạch ward");
});

test("a district is a former one since 1 July 2025", () => {
  expect(placeName("vi", "Huyện Nam Giang")).toBe("Huyện Nam Giang cũ");
  expect(placeName("en", "Huyện Nam Giang")).toBe("Former Nam Giang district");
  expect(placeInSentence("vi", "Huyện Nam Giang")).toBe("huyện Nam Giang cũ");
  expect(placeInSentence("en", "Huyện Nam Giang")).toBe("former Nam Giang district");
  expect(placeInSentence("vi", "Huyện Nam Giang", false)).toBe("huyện Nam Giang");
});

test("a province or city is a former one only where it is said", () => {
  expect(placeName("vi", "Tỉnh Quảng Nam", true)).toBe("Tỉnh Quảng Nam cũ");
  expect(placeName("en", "Tỉnh Quảng Nam", true)).toBe("Former Quảng Nam province");
  expect(placeName("en", "Thành phố Đà Nẵng")).toBe("Đà Nẵng city");
});

test("a name without a kind stays as it is", () => {
  expect(placeName("en", "La Dêê")).toBe("La Dêê");
  expect(placeInSentence("vi", "20695")).toBe("20695");
});
