import { describe, expect, test } from "vitest";
import type { HistoryEntry } from "@/backend/backend";
import { inventUsers } from "@/backend/memory/people";
import { inventHistory } from "@/backend/memory/records";
import { breakIn, byDay, matches, resultOf } from "./entries";

const now = new Date(2026, 10, 22, 12, 0).getTime();
const [sample] = inventHistory(1, inventUsers(5, now), "user_maya", now);
const entry = (part: Partial<HistoryEntry>): HistoryEntry => {
  if (!sample) throw new Error("no history was invented");
  return { ...sample, ...part };
};

describe("matches", () => {
  const searched = entry({ reason: "Invoice shows the wrong VAT", userID: "user_2nQx", reference: "48213" });
  test.each([
    ["", true],
    ["  ", true],
    ["vat", true],
    ["wrong invoice", true],
    ["48213", true],
    ["user_2nqx", true],
    ["invoice user_2nQx", true],
    ["invoice payslip", false],
  ])("%j: %s", (query, found) => {
    expect(matches(searched, query)).toBe(found);
  });
});

const at = (...time: [number, number, number, number]) => entry({ time: new Date(...time, 0).toISOString() });

test("byDay keeps the order and splits at midnight", () => {
  const days = byDay(
    [at(2026, 10, 22, 9), at(2026, 10, 22, 0), at(2026, 10, 21, 23), at(2026, 10, 18, 8)],
    now,
  );
  expect(days.map(({ ago, entries }) => [ago, entries.length])).toEqual([
    [0, 2],
    [1, 1],
    [4, 1],
  ]);
});

test.each([
  [{ state: "live", ended: "" }, "live"],
  [{ state: "ended", ended: "operator" }, "ended"],
  [{ state: "ended", ended: "time" }, "timeUp"],
  [{ state: "ended", ended: "unused" }, "unused"],
  [{ state: "ended", ended: "elsewhere" }, "elsewhere"],
  [{ state: "failed", ended: "" }, "failed"],
  [{ state: "of a later version", ended: "" }, "unknown"],
])("resultOf %j is %s", (part, result) => {
  expect(resultOf(entry(part))).toBe(result);
});

test("breakIn finds the entry with the record, and only in a broken chain", () => {
  const entries = inventHistory(4, inventUsers(5, now), "user_maya", now);
  const verification = { records: 12, since: "", line: 7, message: "", checkedAt: "" };
  const holding = entries.find(({ records }) => records.some(({ seq }) => seq === 7));
  expect(breakIn({ entries, verification: { ...verification, state: "broken" } })).toBe(holding);
  expect(breakIn({ entries, verification: { ...verification, state: "torn" } })).toBeUndefined();
});
