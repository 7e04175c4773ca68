import type { ReactNode } from "react";

/**
 * The box of a table. One that is wider than the window scrolls inside it, so the box can be reached by keyboard and says
 * what it holds; no landmark, as a page may have many.
 */
export function TableBox({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="table-box" role="group" aria-label={name} tabIndex={0}>
      {children}
    </div>
  );
}
