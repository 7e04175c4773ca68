import { data } from "react-router";

import { officeDoor } from "#app/requests/visitor.ts";
import type { Route } from "./+types/not-found";

/** An office address that is none: whoever may not enter learns not even that. */
export async function loader({ context }: Route.LoaderArgs) {
  await officeDoor(context, "office.enter");
  throw data({ code: "office.no-page" }, { status: 404 });
}

export async function action({ context }: Route.ActionArgs) {
  await officeDoor(context, "office.enter");
  throw data({ code: "office.no-page" }, { status: 404 });
}

export default function NotFound() {
  return null;
}
