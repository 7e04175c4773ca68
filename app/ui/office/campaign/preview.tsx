import { useTranslation } from "react-i18next";

import type { CampaignPreview } from "#app/domain/campaigns/preview.ts";
import { Needs } from "#app/ui/campaign/needs.tsx";
import { Story } from "#app/ui/campaign/story.tsx";
import { TermsSection } from "#app/ui/campaign/terms.tsx";

/** The draft as donors would read it, made of the parts of the public page. */
export function Preview({ preview }: { preview: CampaignPreview }) {
  const { t } = useTranslation("office-campaign");
  return (
    <section className="draft-preview" aria-label={t("preview.title")}>
      <p className="eyebrow">{t("preview.title")}</p>
      <p className="preview-title">{preview.title.vi || t("untitled")}</p>
      <p className="lead">{preview.summary.vi}</p>
      {preview.needs.length > 0 ? <Needs campaign={preview} /> : null}
      <TermsSection terms={preview} />
      <Story story={preview.story} pictures={[]} />
    </section>
  );
}
