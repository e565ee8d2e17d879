import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import cases from "../../../../../internal/directory/testdata/pasted.json";
import { join, lift, named } from "./grammar";

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9]{${length}}$`));

describe("a text that was copied from somewhere", () => {
  test.each(cases)("$text is understood as in Go", ({ text, whole, kind, values }) => {
    expect(join(text, [])).toBe(whole);
    expect(join(whole, [])).toBe(whole);
    if (lift(text).terms.length > 0) return;
    expect(named(text) ?? { prefix: "", values: [] }).toEqual({ prefix: kind, values });
  });

  const costumes = ["%", "<%>", " %\t", "%,", "%.", "%;", "(%)", "[%]", '"%"', "'%'", "“%”", "«%»", "%\n"];
  const dash = fc.constantFrom("", " ", "-", ".", "–");
  const worn = fc.oneof(
    fc.tuple(
      fc.stringMatching(/^[A-Za-z0-9]{1,9}[.+_-][a-z]{1,9}@[a-z0-9]{1,9}\.(example|co\.uk)$/),
      fc.constantFrom(
        ...costumes,
        "mailto:%",
        "Mailto:%?cc=",
        "Priya Raman <%>",
        "Raman, Priya <%>",
        '"R, P" <%>',
      ),
    ),
    fc.tuple(
      fc.stringMatching(/^user_[A-Za-z0-9]{27}$/),
      fc.constantFrom(
        ...costumes,
        "https://a.example/users/%",
        "https://a.example/%/?tab=2",
        "a.example?u=%",
      ),
    ),
    fc.tuple(
      fc
        .tuple(fc.constantFrom("+", "00"), digits(2), dash, digits(4), digits(4))
        .map(
          ([sign, country, between, first, last]) => `${sign}${country}${between}${first}${between}${last}`,
        ),
      fc.constantFrom(...costumes, "tel:%", "Priya Raman <%>", "<tel:%>"),
    ),
    fc.tuple(
      digits(6).map((number) => `crm-${number}`),
      fc.constantFrom(...costumes),
    ),
  );

  test("a value means the same in every costume", () => {
    fc.assert(
      fc.property(worn, fc.constantFrom(...costumes), ([value, first], second) => {
        fc.pre(!(first.includes('"') && second.includes('"')));
        const text = second.replace("%", () => first.replace("%", () => value));
        expect(join(text, [])).toBe(join(value, []));
        expect(named(text)).toEqual(named(value));
      }),
      { numRuns: 1000 },
    );
  });
});
