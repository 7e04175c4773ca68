/** What `docs/permissions.md` says, read as anybody would: its three tables. */

/** One row of the addresses. */
export interface Request {
  readonly path: string;
  /** Null for GET. */
  readonly intent: string | null;
  readonly acts: readonly string[];
  /** Which act it is follows from the subject. */
  readonly bySubject: boolean;
}

export interface PermissionPage {
  /** Roles of an act with their reach: all, place, twin. */
  readonly acts: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly requests: readonly Request[];
  /** Acts of the lists that can be had as files, by name. */
  readonly lists: ReadonlyMap<string, string>;
}

/** Read the page; throws when it has no such tables. */
export function readPermissionPage(text: string): PermissionPage {
  const [actRows, requestRows, listRows] = ["## Acts", "## Addresses", "## Lists"].map((title) => {
    const from = text.indexOf(`${title}\n`);
    if (from === -1) throw new Error(`the page has no ${title}`);
    const to = text.indexOf("\n## ", from + 1);
    return text
      .slice(from, to === -1 ? undefined : to)
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) =>
        line
          .slice(1, -1)
          .split("|")
          .map((cell) => cell.trim()),
      );
  });
  const [head = [], , ...rows] = actRows ?? [];
  const roles = head.slice(1, -1);
  const acts = new Map(
    rows.map(([act = "", ...cells]) => [
      codesOf(act)[0] ?? act,
      new Map(roles.flatMap((role, at) => (cells[at] ? [[role, cells[at]] as const] : []))),
    ]),
  );
  const requests = (requestRows ?? []).slice(2).map(([path = "", request = "", act = ""]) => ({
    path: codesOf(path)[0] ?? "",
    intent: request === "GET" ? null : (codesOf(request)[0] ?? ""),
    acts: codesOf(act),
    bySubject: act.startsWith("one of"),
  }));
  const lists = new Map(
    (listRows ?? [])
      .slice(2)
      .map(([list = "", act = ""]) => [codesOf(list)[0] ?? "", codesOf(act)[0] ?? ""] as const),
  );
  if (acts.size < 20 || requests.length < 20 || lists.size < 3)
    throw new Error("the tables were not found whole");
  return { acts, requests, lists };
}

function codesOf(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? "");
}
