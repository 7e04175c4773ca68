import QRCode from "qrcode";

/** Blank modules around the code; readers need four. */
const QUIET = 4;

/**
 * A QR picture (error level M) as a `data:` address for `<img>`: an SVG of one path, sharp at every size and in print,
 * under a Content-Security-Policy with `img-src data:`. It is text, not base64, as a page is compressed: 400 bytes, not 1,500.
 */
export function qrPicture(text: string): string {
  const picture = qrSvg(text).replaceAll('"', "'");
  return `data:image/svg+xml,${picture.replaceAll(/[<>#]/g, encodeURIComponent)}`;
}

/** Pixels of a module in a picture that is saved. */
const SCALE = 8;

/** A QR picture (error level M) as a `data:` address of a PNG: whoever pays on the phone that shows it saves it, and opens it there. */
export function qrFile(text: string): Promise<string> {
  return QRCode.toDataURL(text, { errorCorrectionLevel: "M", margin: QUIET, scale: SCALE });
}

/** The picture as SVG text: each row of modules one stroke, its dark runs told by their distance. */
function qrSvg(text: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const side = modules.size + QUIET * 2;
  let path = "";
  for (let row = 0; row < modules.size; row += 1) {
    let end: number | undefined;
    for (let column = 0; column < modules.size;) {
      let run = 0;
      while (column + run < modules.size && modules.get(row, column + run)) run += 1;
      if (run > 0) {
        path +=
          end === undefined
            ? `M${column + QUIET} ${row + QUIET}.5h${run}`
            : `m${column - end} 0h${run}`;
        end = column + run;
      }
      column += run + 1;
    }
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path stroke="#000" d="${path}"/></svg>`
  );
}
