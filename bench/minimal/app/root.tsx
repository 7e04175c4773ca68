import { Links, Meta, Outlet, Scripts, ScrollRestoration } from "react-router";

/** The smallest application of the framework, as its template has it: the rival at start, in memory and in script. */
export default function Root() {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <Meta />
        <Links />
      </head>
      <body>
        <Outlet />
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}
