import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** Pictures of every screen, for people to look at: `go run ./build screenshots`. */
export default defineConfig({ ...tests, testMatch: /\.shots\.ts$/, reporter: "list" });
