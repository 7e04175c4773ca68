import { useTranslation } from "react-i18next";

import { useRoot } from "./site.ts";

/** On paper a sheet goes without the site's banner, so it says itself that its people are invented; not on screen. */
export function SheetDemo() {
  const { t } = useTranslation("site");
  return useRoot()?.demo ? (
    <p className="sheet-demo" aria-hidden="true">
      {t("demo")}
    </p>
  ) : null;
}
