import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** The part of `go run ./build bench` in a browser: it measures one thing at a time, and records nothing beside. */
export default defineConfig({
  ...tests,
  testMatch: /\.bench\.ts$/,
  reporter: "list",
  workers: 1,
  retries: 0,
  timeout: 600_000,
  use: { ...tests.use, trace: "off", actionTimeout: 30_000 },
});
