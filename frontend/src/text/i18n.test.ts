import { expect, test } from "vitest";
import { en } from "./en";
import { type TextKey, t } from "./i18n";

test("words are filled in, as often as they stand in the text", () => {
  expect(t("users.countOf", { shown: "4,118", all: "248,391" })).toBe("4,118 of 248,391");
});

test("a word that is filled in is taken as it is", () => {
  expect(t("users.countOf", { shown: "{{all}}", all: "$&" })).toBe("{{all}} of $&");
});

test.each([
  { count: 0, text: "0 newer users" },
  { count: 1, text: "1 newer user" },
  { count: 2, text: "2 newer users" },
])("$count counts as $text", ({ count, text }) => {
  expect(t("users.newer", { count })).toBe(text);
});

test("a compiler knows which keys there are, and which words their texts take", () => {
  // @ts-expect-error -- no such key
  expect(t("users.nobody")).toBe("users.nobody");
  // @ts-expect-error -- not by its form
  const form: TextKey = "users.newer_one";
  expect(form).toBe("users.newer_one");
  // @ts-expect-error -- it takes two words
  expect(() => t("users.countOf")).not.toThrow();
  // @ts-expect-error -- not this one
  expect(() => t("users.countOf", { shown: "1", al: "2" })).not.toThrow();
  // @ts-expect-error -- it takes none
  expect(t("users.refresh", { name: "x" })).toBe(en.users.refresh);
});

/** Every key with `_one` needs its `_other`, and the other way round. */
function formsOf(texts: object, before = ""): string[] {
  return Object.entries(texts).flatMap(([name, text]: [string, unknown]) =>
    typeof text === "object" && text !== null ? formsOf(text, `${before}${name}.`) : [`${before}${name}`],
  );
}

test("a text with a plural has both forms", () => {
  const keys = new Set(formsOf(en));
  const forms = [...keys].filter((key) => /_(one|other)$/.test(key));
  expect(forms.length).toBeGreaterThan(20);
  for (const key of forms) {
    const stem = key.replace(/_(one|other)$/, "");
    expect([keys.has(`${stem}_one`), keys.has(`${stem}_other`), keys.has(stem)]).toEqual([true, true, false]);
  }
});
