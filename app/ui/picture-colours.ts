/**
 * The colours of pictures as attributes, for a page that its stylesheet has not reached (an old phone, a lost request):
 * without a `fill` SVG paints black. The stylesheet wins wherever it applies; these are its tokens by day
 * (`css/tokens.css`, compared by a test).
 */
export const PICTURE_COLOURS = {
  paper: "#fbf8f3",
  edge: "#8d8674",
  track: "#ebe4d6",
  pledged: "#a86f0c",
  "pledged-gap": "#f6e7c6",
  received: "#3b57a6",
  "received-light": "#8494c3",
  disbursed: "#2a7d86",
  delivered: "#2f7a3e",
  offspring: "#d8a52a",
  wrong: "#9c1f24",
  "map-0": "#e9ede2",
  "map-1": "#cbdcc6",
  "map-2": "#b0ceac",
  "map-3": "#97c094",
  "map-4": "#7eb17c",
} as const;

/** What a part of a bar or flow is filled with, by the name behind `f-` in its class. */
export const FILLS: Readonly<Record<string, string>> = {
  ...PICTURE_COLOURS,
  undone: PICTURE_COLOURS.edge,
  locked: PICTURE_COLOURS.wrong,
};
