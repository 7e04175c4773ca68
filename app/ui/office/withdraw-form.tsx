import { useTranslation } from "react-i18next";

import type { PromiseVersion } from "#app/domain/twinning/pair.ts";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

/** Taking a promise back: folded, with its reason. */
export function WithdrawForm(props: {
  version: Pick<PromiseVersion, "id">;
  /** What the promise is about, for a screen reader. */
  words: string;
  formKey: string;
  /** The form as it was refused. */
  refused: { readonly reason: string; readonly problem: { readonly code: string } } | undefined;
}) {
  const { version, words, refused } = props;
  const { t } = useTranslation("office-twinning");
  const locale = useLocale();
  return (
    <details className="step-more" open={refused !== undefined}>
      <summary>
        {t("twinning.withdraw")}
        <span className="visually-hidden"> {words}</span>
      </summary>
      <form method="post" className="field-row">
        <input type="hidden" name="intent" value="withdraw" />
        <input type="hidden" name="promise" value={version.id} />
        <input type="hidden" name="key" value={`${props.formKey}-${version.id}`} />
        <TextField
          id={`withdraw-${version.id}`}
          name="reason"
          label={t("twinning.withdrawReason")}
          hint={t("twinning.withdrawHint")}
          maxLength={300}
          defaultValue={refused?.reason}
          error={refused && problemText(t, locale, refused.problem)}
        />
        <button className="button small quiet" type="submit">
          {t("twinning.withdraw")}
        </button>
      </form>
    </details>
  );
}
