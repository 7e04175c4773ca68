import fc from "fast-check";
import { expect, it } from "vitest";

import { MEMO_KEPT, readVietQr, transferMemo, vietQrPayload } from "./vietqr.ts";

const wish = fc.record(
  {
    bin: fc.stringMatching(/^[0-9]{6}$/),
    account: fc.stringMatching(/^[0-9A-Z]{1,19}$/),
    service: fc.constantFrom("QRIBFTTA" as const, "QRIBFTTC" as const),
    amount: fc.bigInt({ min: 1n, max: 9_999_999_999_999n }),
    memo: fc.stringMatching(/^[A-Z0-9 ]{1,25}$/),
  },
  { requiredKeys: ["bin", "account", "service"] },
);

it("what is written is read back", () => {
  fc.assert(
    fc.property(wish, (asked) => {
      const payload = vietQrPayload(asked);
      expect(payload.ok && readVietQr(payload.value)).toEqual({ ok: true, value: asked });
    }),
  );
});

it("a payload with any one sign changed is refused", () => {
  fc.assert(
    fc.property(wish, fc.nat(), fc.stringMatching(/^[0-9A-Z]$/), (asked, at, sign) => {
      const payload = vietQrPayload(asked);
      if (!payload.ok) return false;
      const place = at % payload.value.length;
      fc.pre(payload.value.charAt(place).toUpperCase() !== sign);
      const changed = payload.value.slice(0, place) + sign + payload.value.slice(place + 1);
      return !readVietQr(changed).ok;
    }),
  );
});

it("rubbish is refused and never throws", () => {
  fc.assert(fc.property(fc.string({ maxLength: 600 }), (text) => !readVietQr(text).ok));
});

it("refuses what a bank's app would refuse", () => {
  const good = { bin: "970415", account: "113366668888", service: "QRIBFTTA" as const };
  expect(vietQrPayload({ ...good, bin: "97041" })).toMatchObject({ ok: false });
  expect(vietQrPayload({ ...good, account: "1".repeat(20) })).toMatchObject({ ok: false });
  expect(vietQrPayload({ ...good, amount: 0n })).toMatchObject({ ok: false });
  expect(vietQrPayload({ ...good, amount: 10_000_000_000_000n })).toMatchObject({
    problem: { code: "vietqr.amount", limit: "9999999999999" },
  });
  expect(vietQrPayload({ ...good, memo: "Ủng hộ" })).toMatchObject({ ok: false });
  expect(vietQrPayload({ ...good, memo: "X".repeat(26) })).toMatchObject({ ok: false });
});

it("a memo begins with the code, is plain, and keeps whole words within 19 signs", () => {
  expect(transferMemo("QNK7F3K27", "Ủng hộ bò giống")).toBe("QNK7F3K27 UNG HO BO");
  expect(transferMemo("QNK7F3K27", "Đông Giang")).toBe("QNK7F3K27 DONG");
  expect(transferMemo("QNK7F3K27", "siêu-dài-lê-thê-không-cắt")).toBe("QNK7F3K27 SIEU DAI");
  expect(transferMemo("QNK7F3K27")).toBe("QNK7F3K27");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (words) => {
      const memo = transferMemo("QNK7F3K27", words);
      return memo.startsWith("QNK7F3K27") && memo.length <= MEMO_KEPT && /^[A-Z0-9 ]+$/.test(memo);
    }),
  );
});
