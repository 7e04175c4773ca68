// The application's framework configuration. React Router framework mode is Remix's maintained
// continuation; its tool looks for react-router.config.ts, which re-exports this file.
// @ts-check

/** @type {import("@react-router/dev/config").Config} */
const config = {
  appDirectory: "app",
  ssr: true,
};

export default config;
