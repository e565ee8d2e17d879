import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import cases from "../../../../../internal/directory/testdata/searches.json";
import { add, allPrefixes, isUnfinished, join, lift, type Term, write } from "./grammar";
import { suggest } from "./suggest";

describe("taking a search apart", () => {
  test.each(cases)("$text reads as in Go", ({ text, rest, terms }) => {
    expect(lift(text)).toEqual({ rest, terms });
  });

  test.each(cases)("$text is written as in Go", ({ text, rest, whole }) => {
    expect(join(text, [])).toBe(whole);
    expect(join(rest, lift(text).terms)).toBe(whole);
    expect(join(whole, [])).toBe(whole);
  });

  test.each(['name:"open', "locked:yes", 'na"me":x', '"open', "banned:maybe"])(
    "%s, which Go refuses or reads its own way, is handed on as it is",
    (text) => {
      expect(join(text, [])).toBe(text);
    },
  );

  test.each(["locked:yes", "banned:maybe", "created:yesterday", "name:", 'name:"open', "id:priya"])(
    "%s stays in the box, where it is said what is wrong",
    (text) => {
      expect(lift(text)).toEqual({ rest: text, terms: [] });
    },
  );

  test("a second one of a kind stays in the box too", () => {
    expect(lift("created:2026 created:2025").rest).toBe("created:2025");
  });

  test("a text that was written once is written the same again, and means the same", () => {
    const piece = fc.constantFrom(" ", ":", "\\", "\u00a0", "name", "banned:no", "org:", "http", "é", '""');
    const quoted = fc.constantFrom('"a b"', '"name:x"', '"say \\"hi\\""', '" "', '"https://a"');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, quoted), { maxLength: 8 }), (pieces) => {
        const once = join(pieces.join(""), []);
        expect(join(once, [])).toBe(once);
        expect(lift(once).terms).toEqual(lift(pieces.join("")).terms);
      }),
    );
  });

  test("any condition is read back as it was written", () => {
    const term = fc.record({
      prefix: fc.constantFrom("name" as const, "org" as const, "ext" as const),
      // In Go every space is the same one.
      value: fc
        .string({ minLength: 1, unit: "grapheme" })
        .map((text) => text.replace(/[\t\n\r\u00a0\u3000]/gu, " ")),
    });
    fc.assert(
      fc.property(term, fc.constantFrom("", "lind", "priya raman"), (wanted, text) => {
        expect(lift(join(text, [wanted]))).toEqual({ rest: text, terms: [wanted] });
      }),
    );
  });
});

describe("putting it together", () => {
  const banned: Term = { prefix: "banned", value: "no" };

  test("a condition that stands once gives way to a newer one", () => {
    const yes: Term = { prefix: "banned", value: "yes" };
    expect(add([banned], [yes])).toEqual([yes]);
    expect(join("banned:yes", [banned])).toBe("banned:yes");
    const orgs: Term[] = [
      { prefix: "org", value: "a" },
      { prefix: "org", value: "b" },
    ];
    expect(add(orgs.slice(0, 1), orgs)).toEqual(orgs);
  });

  test("a condition that is being typed means nothing yet", () => {
    expect(["lind created:", "banned:y"].map(isUnfinished)).toEqual([true, true]);
    expect(["lind", "banned:yes", "locked:", ""].map(isUnfinished)).toEqual([false, false, false, false]);
  });
});

describe("the suggestions", () => {
  const searches = { pinned: ["org:acme"], recent: ["lind"] };
  const today = new Date(2026, 10, 22);
  const offered = (text: string) => suggest(text, searches, today).map((suggestion) => suggestion.text);

  test.each([
    ["", ["org:acme", "lind"]],
    ["lin", []],
    ["lind cre", ["created:"]],
    ["banned:", ["banned:yes", "banned:no"]],
    ["banned:n", ["banned:no"]],
    ["created:2", ["created:2026-11", "created:2026"]],
    ["org:", []],
  ])("after %j: %j", (text, wanted) => {
    expect(offered(text)).toEqual(wanted);
  });

  test("every value that is offered is a finished one", () => {
    for (const prefix of allPrefixes) {
      for (const suggestion of suggest(`${prefix}:`, searches, today)) {
        expect(suggestion.kind === "value" && lift(write(suggestion.term)).rest).toBe("");
      }
    }
  });
});
