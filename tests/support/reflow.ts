import type { Page } from "playwright-core";

/** The spacing that WCAG 1.4.12 lets a reader set; nothing may be lost by it. */
export const TEXT_SPACING =
  "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}";

/**
 * What does not fit on a page as it is laid out now: the page scrolls sideways, a text leaves the window or the box that
 * is drawn round it, two texts lie on one another. Boxes that scroll by themselves may hold wider things, but where the
 * window is `wide` enough for every column.
 */
export function spills(page: Page, wide = false): Promise<string[]> {
  return page.evaluate(inPage, wide);
}

/** Runs in the browser: it can use nothing of this file. */
function inPage(isWide: boolean): string[] {
  interface Line {
    readonly text: string;
    readonly of: Element;
    readonly box: DOMRect;
  }
  const root = document.documentElement;
  const nameOf = (element: Element): string =>
    [
      element.tagName.toLowerCase(),
      ...(element.getAttribute("class") ?? "").split(/\s+/).filter(Boolean),
    ].join(".");
  const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const hidden = (element: Element) =>
    !element.checkVisibility({ visibilityProperty: true }) ||
    element.closest("svg, option, select, .visually-hidden, .skip") !== null;

  const chainOf = (element: Element): Element[] => {
    const chain: Element[] = [];
    for (let up: Element | null = element; up; up = up.parentElement) chain.push(up);
    return chain;
  };

  /** The box with a line round it that a text leaves. */
  const leaves = (box: DOMRect, within: readonly Element[]) =>
    within.find((one) => {
      const style = getComputedStyle(one);
      if (style.display.startsWith("inline")) return false;
      const drawn = style.borderRightWidth !== "0px" || style.borderLeftWidth !== "0px";
      const edge = one.getBoundingClientRect();
      return drawn && (box.right > edge.right + 1 || box.left < edge.left - 1);
    });

  const found: string[] = [];
  const lines: Line[] = [];

  const lookAt = (node: Node, of: Element) => {
    const chain = chainOf(of);
    // Clipped away for the eye: headings that a phone's rows say themselves.
    if (chain.some((one) => getComputedStyle(one).clipPath !== "none")) return;
    const scroller = chain.findIndex(scrolls);
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = node.textContent?.trim().slice(0, 40) ?? "";
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const beyond = scroller < 0 && (box.right > root.clientWidth + 1 || box.left < -1);
      const left = leaves(box, scroller < 0 ? chain : chain.slice(0, scroller));
      if (beyond) found.push(`${nameOf(of)} "${text}" ends at ${Math.round(box.right)}`);
      else if (left) found.push(`${nameOf(of)} "${text}" leaves ${nameOf(left)}`);
      // What sticks to the window lies over what scrolls under it.
      const sticks = chain.some((one) => getComputedStyle(one).position === "sticky");
      if (scroller < 0 && !sticks) lines.push({ text, of, box });
    }
  };

  /** Line boxes touch; letters lie on one another only when a good part of both is shared. */
  const liesOn = (one: Line, other: Line) => {
    if (one.of.contains(other.of) || other.of.contains(one.of)) return false;
    const [a, b] = [one.box, other.box];
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return across > 2 && down > 0.4 * Math.min(a.height, b.height);
  };

  if (root.scrollWidth > root.clientWidth) found.push(`page ${root.scrollWidth} wide`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const of = node.parentElement;
    if (of && node.textContent?.trim() && !hidden(of)) lookAt(node, of);
  }
  for (const box of isWide ? document.querySelectorAll(".table-box") : []) {
    // First rows of tables for machines, of up to thirty columns: they say that they scroll.
    if (box.querySelector("table.sample")) continue;
    const over = box.scrollWidth - box.clientWidth;
    if (over > 1) found.push(`${nameOf(box)} hides ${over} px`);
  }
  const sorted = lines.toSorted((a, b) => a.box.top - b.box.top);
  for (const [at, one] of sorted.entries()) {
    const below = sorted.slice(at + 1);
    const end = below.findIndex(({ box }) => box.top >= one.box.bottom);
    for (const other of end < 0 ? below : below.slice(0, end)) {
      if (liesOn(one, other)) {
        found.push(`${nameOf(one.of)} "${one.text}" lies on ${nameOf(other.of)} "${other.text}"`);
      }
    }
  }
  return [...new Set(found)].slice(0, 12);
}
