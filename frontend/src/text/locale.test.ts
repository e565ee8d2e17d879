import { expect, test } from "vitest";
import { settleLocale } from "./locale";

test.each<[name: string, candidates: string[], settled: string]>([
  ["LANG=C", ["C"], "en-GB"],
  ["LANG=C before another", ["C", "de-AT"], "de-AT"],
  ["POSIX's own spelling", ["en_US.UTF-8"], "en-GB"],
  ["nothing", [], "en-GB"],
  ["a usual one", ["fr-FR", "en"], "fr-FR"],
])("%s", (_, candidates, settled) => {
  expect(settleLocale(candidates)).toBe(settled);
});
