import { describe, expect, test } from "vitest";
import { ago, day, moment } from "./dates";

const now = Date.parse("2026-11-30T12:00:00Z");

describe("a time that nobody expects", () => {
  test.each(["2100-01-01T12:00:00Z", "2026-12-24T12:00:00Z", "1970-01-02T12:00:00Z", "9999-12-30T12:00:00Z"])(
    "%s is told by its day, and is neither now nor never",
    (time) => {
      const expected = /^\w{3} \d+(, \d{4})?$/;
      expect(ago(time, now)).toMatch(expected);
      expect(day(time, now)).toMatch(expected);
      expect(moment(time, now)).toMatch(/^\w{3} \d+, \d{4}, \d\d:\d\d$/);
    },
  );

  test("a clock at Clerk that is a little ahead makes no difference", () => {
    expect(ago("2026-11-30T12:02:00Z", now)).toBe("Just now");
    expect(ago("2026-11-30T12:30:00Z", now)).not.toBe("Just now");
  });
});
