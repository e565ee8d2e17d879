import { defineConfig } from "@playwright/test";

/**
 * Browser tests of the whole program: the real Go code behind the real front
 * end, in the system's Chromium. `go run ./build test -only browser` builds what
 * they start and runs them.
 */
export default defineConfig({
  testDir: "e2e",
  outputDir: "../build/.cache/playwright",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // One slow moment of a loaded machine should not refuse a whole run. The runner
  // names each test that passed at the second try, and takes two of them at most.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    timezoneId: "Europe/Berlin",
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      // Chromium refuses to run as root, as containers do, inside its own sandbox.
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    },
  },
});
