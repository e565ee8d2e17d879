import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/**
 * The same policy that Go sends as a header, less `frame-ancestors`, which a
 * meta tag cannot carry. It holds even if the page is served by something else.
 * Only the built page has it: Vite's development server works with inline code.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' wails:",
  "style-src 'self' wails:",
  "img-src 'self' data: wails:",
  "connect-src 'self' wails:",
  "font-src 'self' wails:",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function policyInPage(): Plugin {
  return {
    name: "understudy:content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy },
        injectTo: "head-prepend",
      },
    ],
  };
}

/**
 * Begins to fetch the font of the interface with the page, not with the first
 * text that is laid out in it: that would be laid out, and shown, twice.
 */
function fontAhead(): Plugin {
  return {
    name: "understudy:font-ahead",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((file) => file.includes("inter-latin-wght-normal"))
          .map((file) => ({
            tag: "link",
            attrs: { rel: "preload", as: "font", type: "font/woff2", href: `/${file}`, crossorigin: "" },
            injectTo: "head",
          })),
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), policyInPage(), fontAhead()],
  // The sentences of Go lie outside of this folder.
  server: { fs: { allow: [".", "../internal/sentence"] } },
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    // Everything is a file of its own: the policy has no room for data: scripts or fonts.
    assetsInlineLimit: 0,
    // One script: read in parts, the first rows are on screen no sooner (`go run ./build bench -only start`).
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    // One less than there are cores would be half of a small machine.
    maxWorkers: "100%",
    // jsdom is slow on a busy machine; what hangs is still found.
    testTimeout: 60_000,
    // As in src/testing/setup.ts: as long as a busy machine may take.
    expect: { poll: { timeout: 10_000 } },
  },
});
