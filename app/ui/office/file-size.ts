const UNITS = ["byte", "KB", "MB"] as const;

/** `1,4 MB`: a size as people say it, in the signs of the language. */
export function fileSize(locale: "vi" | "en", bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const digits = size < 10 && unit > 0 ? 1 : 0;
  const text = size.toFixed(digits).replace(/\.0$/, "");
  return `${locale === "vi" ? text.replace(".", ",") : text} ${UNITS[unit]}`;
}
