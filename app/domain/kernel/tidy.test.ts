import { expect, test } from "vitest";

import { tidy, tidyParagraphs } from "./tidy.ts";

test("names are composed and cleaned", () => {
  expect(tidy("  Nguye\u0302\u0303n\tThi\u0323\r\nĐào\u0000 ")).toBe("Nguyễn Thị Đào");
});

test("paragraphs stay apart, and their lines under each other", () => {
  expect(tidyParagraphs(" một  hai \r\nba\r\n \r\n\r\n\u0000\r\nbốn ")).toBe("một hai\nba\n\nbốn");
  expect(tidyParagraphs(" \n\n ")).toBe("");
});
