import { expect, test } from "vitest";

import { fitPassword } from "./password.ts";

test.each([
  ["Short-1!", "password.short"],
  ["x".repeat(129), "password.long"],
  ["password1234", "password.common"],
  ["P@ssw0rd2026!!", "password.common"],
  ["MatKhau123456", "password.common"],
  ["mậtkhẩumậtkhẩu", "password.common"],
  ["qwertyuiop1234", "password.common"],
  ["aaaaaaaaaaaaaaaa", "password.common"],
  ["KetNghia@2026!!", "password.common"],
  ["abcabcabcabcabc", "password.common"],
  ["123456789012345", "password.common"],
])("%s is refused: %s", (password, code) => {
  expect(fitPassword(password)).toMatchObject({ ok: false, problem: { code } });
});

test.each([
  "trâu đen qua suối",
  "correct horse battery staple",
  "vX9#kd02-plQw",
  "mot-dan-de-nui-cao",
])("%s is taken", (password) => {
  expect(fitPassword(password)).toEqual({ ok: true, value: undefined });
});

test("a person's own name and address count as tried first", () => {
  const about = ["Bhling Thị Hạnh", "hanh.bhling@tragiac.example"];
  expect(fitPassword("BhlingHanh@2026", about)).toMatchObject({
    problem: { code: "password.common" },
  });
  expect(fitPassword("trâu đen qua suối", about).ok).toBe(true);
});
