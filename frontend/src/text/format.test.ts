import { describe, expect, test } from "vitest";
import { daysBetween, formatCountdown, secondsUntil, shortenID } from "./format";

test.each([
  [0, "0:00"],
  [8, "0:08"],
  [60, "1:00"],
  [761, "12:41"],
  [3600, "1:00:00"],
  [3723, "1:02:03"],
])("%i seconds are %s", (seconds, text) => {
  expect(formatCountdown(seconds)).toBe(text);
});

describe("secondsUntil", () => {
  const now = Date.parse("2026-11-22T13:00:00Z");
  test.each([
    ["2026-11-22T13:00:41.900Z", 41],
    ["2026-11-22T13:00:00Z", 0],
    ["2026-11-22T12:00:00Z", 0],
  ])("%s", (time, seconds) => {
    expect(secondsUntil(time, now)).toBe(seconds);
  });
});

describe("daysBetween counts midnights, not hours", () => {
  const now = new Date(2026, 10, 22, 0, 5).getTime();
  test.each([
    ["ten minutes ago, yesterday", new Date(2026, 10, 21, 23, 55), 1],
    ["this minute", new Date(2026, 10, 22, 0, 5), 0],
    ["over the change of clocks", new Date(2026, 9, 22, 12, 0), 31],
  ])("%s", (_, time, days) => {
    expect(daysBetween(time.toISOString(), now)).toBe(days);
  });
});

test("a long id is shortened in the middle, a short one is not", () => {
  expect(shortenID("user_2nQx8ZkT0vYd4LrWc1")).toBe("user_2nQx…rWc1");
  expect(shortenID("user_2nQx")).toBe("user_2nQx");
});
