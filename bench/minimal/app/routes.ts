import { index, route, type RouteConfig } from "@react-router/dev/routes";

export default [
  index("routes/hello.tsx"),
  route("table", "routes/table.tsx"),
] satisfies RouteConfig;
