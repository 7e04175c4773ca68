import { data } from "react-router";

/** Any address that is no page. */
export function loader() {
  throw data({ code: "page.not-found" }, { status: 404 });
}

export default function NotFound() {
  return null;
}
