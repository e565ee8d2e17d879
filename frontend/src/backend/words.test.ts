import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { events, heads, results } from "./history";
import { askKinds, effects, endings, modes, signIns, states } from "./impersonations";

test("the words that the window switches on are Go's", () => {
  const golden = readFileSync("../internal/bridge/testdata/words.golden", "utf8");
  const ofGo = golden
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(": "))
    .map(([of, words = ""]) => [of, words.split(" ")]);
  expect(Object.fromEntries(ofGo)).toEqual({
    "impersonation.state": states.toSorted(),
    "impersonation.ended": endings.toSorted(),
    "finding.effect": effects.toSorted(),
    "entry.result": results.toSorted(),
    "record.event": events.toSorted(),
    "head.state": heads.toSorted(),
    "watching.mode": modes.toSorted(),
    "watching.signIn": signIns.toSorted(),
    "asked.kind": askKinds.toSorted(),
  });
});
