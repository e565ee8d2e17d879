import { describe, expect, test } from "vitest";
import { everything, type HistoryEntry, resultOf } from "@/backend/history";
import { inventHistory } from "@/backend/memory/entries";
import { inventUsers } from "@/backend/memory/people";
import { linesOf } from "./entries";
import { filterOf } from "./filters";

const now = new Date(2026, 10, 22, 12, 0).getTime();
const [sample] = inventHistory(1, inventUsers(5, now), "user_maya", now);
const entry = (part: Partial<HistoryEntry>): HistoryEntry => {
  if (!sample) throw new Error("no history was invented");
  return { ...sample, ...part };
};

const at = (...time: [number, number, number, number]) => entry({ time: new Date(...time, 0).toISOString() });

const whole = { hasNewer: false, hasOlder: false };

test("linesOf keeps the order, splits at midnight and counts each day", () => {
  const entries = [at(2026, 10, 22, 9), at(2026, 10, 22, 0), at(2026, 10, 21, 23), at(2026, 10, 18, 8)];
  const lines = linesOf(entries, now, whole);
  expect(
    lines.map((line) => (line.entry ? entries.indexOf(line.entry) : [line.day.ago, line.day.count])),
  ).toEqual([[0, 2], 0, 1, [1, 1], 2, [4, 1], 3]);
});

test.each([
  [whole, [2, 1, 1]],
  [{ hasNewer: false, hasOlder: true }, [2, 1, undefined]],
  [{ hasNewer: true, hasOlder: false }, [undefined, 1, 1]],
])("with %j the days count %j", (ends, counts) => {
  const entries = [at(2026, 10, 22, 9), at(2026, 10, 22, 0), at(2026, 10, 21, 23), at(2026, 10, 18, 8)];
  const heads = linesOf(entries, now, ends).filter((line) => line.entry === undefined);
  expect(heads.map((line) => line.day.count)).toEqual(counts);
});

test("a day that is all there is counts nothing while the history goes on at either end", () => {
  const entries = [at(2026, 10, 22, 9), at(2026, 10, 22, 8)];
  expect(linesOf(entries, now, whole)[0]?.day.count).toBe(2);
  expect(linesOf(entries, now, { hasNewer: true, hasOlder: false })[0]?.day.count).toBeUndefined();
  expect(linesOf(entries, now, { hasNewer: false, hasOlder: true })[0]?.day.count).toBeUndefined();
});

const day = (date: number) => new Date(2026, 10, date).toISOString();

describe("the filter sent to Go", () => {
  test("is everything where nothing narrows", () => {
    expect(filterOf({}, "  ", now)).toBeUndefined();
    expect(filterOf({ operatorID: undefined }, "", now)).toBeUndefined();
  });

  test("begins at midnight in the operator's own zone, with today", () => {
    expect(filterOf({ span: "day" }, "", now)?.since).toBe(day(22));
    expect(filterOf({ span: "week" }, "", now)?.since).toBe(day(16));
    expect(filterOf({ span: "month" }, "", now)?.since).toBe(day(-7));
  });

  test("is all that was chosen", () => {
    const filters = { operatorID: "user_maya", result: "timeUp", instanceID: "ins_1", upTo: 7 } as const;
    expect(filterOf(filters, " vat ", now)).toEqual({ ...everything, ...filters, query: "vat" });
  });
});

test.each([
  ["live", "live"],
  ["timeUp", "timeUp"],
  ["accepted", "accepted"],
  ["of a later version", "unknown"],
])("resultOf %s is %s", (result, word) => {
  expect(resultOf(entry({ result }))).toBe(word);
});
