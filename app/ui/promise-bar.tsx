import { useTranslation } from "react-i18next";

import type { Dong } from "#app/domain/kernel/dong.ts";
import { money, percent } from "#app/i18n/formats.ts";

import { FILLS } from "./picture-colours.ts";
import { useLocale } from "./site.ts";

/** Where done ends and where the promise stands, in percent of the longer of both: done may go beyond what was promised. */
export function bulletOf(
  promised: Dong,
  done: Dong,
): { readonly done: number; readonly mark: number } {
  const whole = promised > done ? promised : done;
  const at = (amount: Dong) =>
    whole <= 0n || amount <= 0n ? 0 : Number((amount * 10_000n) / whole) / 100;
  return { done: at(done), mark: at(promised) };
}

/** What was delivered against what both sides signed: a bar, a mark where the promise stands, and the same in words. */
export function PromiseBar({ promised, done }: { promised: Dong; done: Dong }) {
  const { t } = useTranslation("twinning");
  const locale = useLocale();
  const bullet = bulletOf(promised, done);
  return (
    <p className="promise-bar">
      <svg aria-hidden="true" height="14" width="100%">
        <rect className="f-track" fill={FILLS["track"]} y="3" width="100%" height="8" />
        <rect
          className="f-delivered"
          fill={FILLS["delivered"]}
          y="3"
          width={`${bullet.done}%`}
          height="8"
        />
        <svg x={`${bullet.mark}%`} overflow="visible">
          <rect className="promise-mark" x="-3" width="3" height="14" />
        </svg>
      </svg>
      <span className="under">
        {t("money.against", {
          done: money(locale, done),
          promised: money(locale, promised),
          share: percent(done, promised),
        })}
      </span>
    </p>
  );
}
