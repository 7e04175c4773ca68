import { expect, it } from "vitest";

import { PAY_LIMITS, withinLimits } from "./limits.ts";

it.each(["bank", "vnpay", "stripe"] as const)("%s: names the limit that is broken", (channel) => {
  const { least, most } = PAY_LIMITS[channel];
  expect(withinLimits(channel, least)).toEqual({ ok: true, value: least });
  expect(withinLimits(channel, most)).toEqual({ ok: true, value: most });
  expect(withinLimits(channel, least - 1n)).toMatchObject({
    problem: { code: "payment.too-small", limit: least.toString() },
  });
  expect(withinLimits(channel, most + 1n)).toMatchObject({
    problem: { code: "payment.too-large", limit: most.toString() },
  });
});
