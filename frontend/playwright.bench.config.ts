import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** What `go run ./build bench` measures in a browser: one thing at a time, with nothing recorded beside. */
export default defineConfig({
  ...tests,
  testMatch: /\.bench\.ts$/,
  reporter: "list",
  workers: 1,
  retries: 0,
  timeout: 600_000,
  use: { ...tests.use, trace: "off", actionTimeout: 30_000 },
});
