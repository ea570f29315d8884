// What a browser of the last three years reads; nothing inline, for the pages may not run that.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  // Zipping in a worker needs a script from a blob, which the pages may not run.
  resolve: { alias: [{ find: /^fflate$/, replacement: fileURLToPath(new URL("src/parts/zip_here.ts", import.meta.url)) }] },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
