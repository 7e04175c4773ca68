import { useTranslation } from "react-i18next";

import {
  type Box,
  cellBox,
  closer,
  frameOf,
  GRID_COLUMNS,
  GRID_ROWS,
  isCovered,
  type View,
  viewText,
  wider,
} from "#app/domain/files/boxes.ts";

/**
 * Black boxes without script: a grid of ticks over the picture, which can be gone closer into twice. The picture is cut by
 * the frame of an SVG, as inline styles are not allowed. What is covered already is ticked and cannot be taken off one by one.
 */
export function RedactionGrid(props: {
  /** Address of the picture as it is now. */
  src: string;
  width: number;
  height: number;
  view: View;
  boxes: readonly Box[];
  /** Ticked in an attempt that was refused. */
  ticked: readonly string[];
  page: string;
}) {
  const { t } = useTranslation("office-files");
  const { view, boxes, width, height } = props;
  const { x, y, width: across } = frameOf(view);
  const scale = 4800 / across;
  const cells = Array.from({ length: GRID_ROWS * GRID_COLUMNS }, (_, n) => ({
    column: n % GRID_COLUMNS,
    row: Math.floor(n / GRID_COLUMNS),
  }));
  const frame = `${(x / 4800) * width} ${(y / 4800) * height} ${width / scale} ${height / scale}`;
  const back = wider(view);
  return (
    <div className="redaction">
      {view.depth > 0 ? (
        <p role="status">{t("redact.at", { part: partsOf(view).join(" › ") })}</p>
      ) : null}
      <p className="hint" id="grid-hint">
        {t("redact.gridHint")}
      </p>
      <div className="redaction-scroll">
        <div
          className="redaction-frame"
          role="group"
          aria-label={t("redact.grid")}
          aria-describedby="grid-hint"
        >
          <svg
            viewBox={frame}
            width={width}
            height={height}
            role="img"
            aria-label={t("page.picture")}
          >
            <image href={props.src} width={width} height={height} />
          </svg>
          <div className="redaction-cells">
            {cells.map(({ column, row }) => {
              const covered = isCovered(cellBox(view, column, row), boxes);
              const value = `${column}-${row}`;
              return (
                <input
                  key={value}
                  type="checkbox"
                  name="cell"
                  value={value}
                  disabled={covered}
                  defaultChecked={covered || props.ticked.includes(value)}
                  aria-label={t(covered ? "redact.covered" : "redact.cell", {
                    row: row + 1,
                    column: column + 1,
                  })}
                />
              );
            })}
          </div>
        </div>
      </div>
      <nav aria-label={t("redact.closer")} className="redaction-views">
        {back ? <a href={`${props.page}?vung=${viewText(back)}`}>{t("redact.wider")}</a> : null}
        {closer(view).length > 0 ? (
          <>
            <span>{t("redact.closer")}</span>
            <ol>
              {closer(view).map((part, n) => (
                <li key={viewText(part)}>
                  <a href={`${props.page}?vung=${viewText(part)}`}>
                    <span className="visually-hidden">{t("redact.part")} </span>
                    {n + 1}
                  </a>
                </li>
              ))}
            </ol>
          </>
        ) : null}
      </nav>
    </div>
  );
}

/** The numbers one went closer by, widest first. */
function partsOf(view: View): number[] {
  const around = wider(view);
  if (!around) return [];
  const n = closer(around).findIndex((part) => viewText(part) === viewText(view));
  return [...partsOf(around), n + 1];
}
