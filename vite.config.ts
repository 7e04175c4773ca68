import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";

export default defineConfig(({ command }) => ({
  plugins: [reactRouter()],
  // Phones that people have: what is newer in the stylesheet is written in an older way where there is one.
  build: { cssTarget: ["chrome69", "safari12.1", "firefox68"] },
  environments: {
    ssr: {
      build: { rollupOptions: { input: "./app/server.ts" } },
      // One file instead of three hundred: the server answers sooner after its start (docs/performance.md, C1).
      ...(command === "build" ? { resolve: { noExternal: true as const } } : {}),
    },
  },
}));
