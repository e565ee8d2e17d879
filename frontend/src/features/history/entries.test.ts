import { describe, expect, test } from "vitest";
import type { HistoryEntry } from "@/backend/backend";
import { inventUsers } from "@/backend/memory/people";
import { inventHistory } from "@/backend/memory/records";
import { breakIn, joined, linesOf, matches, resultOf } from "./entries";
import { type Filters, passes } from "./filters";

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

test("linesOf keeps the order, splits at midnight and counts each day", () => {
  const entries = [at(2026, 10, 22, 9), at(2026, 10, 22, 0), at(2026, 10, 21, 23), at(2026, 10, 18, 8)];
  const lines = linesOf(entries, now);
  expect(
    lines.map((line) => (line.entry ? entries.indexOf(line.entry) : [line.day.ago, line.day.count])),
  ).toEqual([[0, 2], 0, 1, [1, 1], 2, [4, 1], 3]);
});

test("joined shows the newest as they are now, once", () => {
  const [older, newer] = [entry({ id: "1" }), entry({ id: "2", state: "live" })];
  const asBefore = entry({ id: "2", state: "pending" });
  expect(joined([newer], [asBefore, older])).toEqual([newer, older]);
  expect(joined([newer], undefined)).toEqual([newer]);
});

describe("passes", () => {
  const one = entry({
    time: new Date(2026, 10, 20, 8).toISOString(),
    operatorID: "user_maya",
    instanceID: "ins_1",
    state: "ended",
    ended: "time",
  });
  test.each<[Filters, boolean]>([
    [{}, true],
    [{ span: "day" }, false],
    [{ span: "week" }, true],
    [{ operatorID: "user_maya" }, true],
    [{ operatorID: "user_jonas" }, false],
    [{ result: "timeUp" }, true],
    [{ result: "ended" }, false],
    [{ instanceID: "ins_1", span: "month" }, true],
    [{ instanceID: "ins_2" }, false],
  ])("%j: %s", (filters, expected) => {
    expect(passes(one, filters, now)).toBe(expected);
  });
});

test.each([
  [{ state: "live", ended: "" }, "live"],
  [{ state: "ended", ended: "operator" }, "ended"],
  [{ state: "ended", ended: "time" }, "timeUp"],
  [{ state: "ended", ended: "unused" }, "unused"],
  [{ state: "ended", ended: "idle" }, "idle"],
  [{ state: "ended", ended: "stolen" }, "stolen"],
  [{ state: "ended", ended: "elsewhere" }, "elsewhere"],
  [{ state: "ended", ended: "window" }, "window"],
  [{ state: "failed", ended: "" }, "failed"],
  [{ state: "accepted", ended: "" }, "accepted"],
  [{ state: "of a later version", ended: "" }, "unknown"],
])("resultOf %j is %s", (part, result) => {
  expect(resultOf(entry(part))).toBe(result);
});

test("breakIn finds the entry with the record, and only in a broken chain", () => {
  const entries = inventHistory(4, inventUsers(5, now), "user_maya", now);
  const verification = { records: 12, since: "", line: 7, message: "", clock: "", checkedAt: "" };
  const holding = entries.find(({ seqs }) => seqs.includes(7));
  expect(breakIn(entries, { ...verification, state: "broken" })).toBe(holding);
  expect(breakIn(entries, { ...verification, state: "torn" })).toBeUndefined();
  expect(breakIn(entries, undefined)).toBeUndefined();
});
