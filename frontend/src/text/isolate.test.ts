import { assert, constantFrom, property, string } from "fast-check";
import { expect, test } from "vitest";
import { t } from "./i18n";
import { isolate } from "./isolate";

test.each([
  ["Priya Raman", "Priya Raman"],
  ["4,118", "4,118"],
  ["נועה", "\u2068נועה\u2069"],
  ["\u202egnp.exe", "\u2068gnp.exe\u2069"],
  ["a\u2069 is \u2067b", "\u2068a is b\u2069"],
  ["\u{10a00}", "\u2068\u{10a00}\u2069"],
])("%j is put into a sentence as %j", (name, text) => {
  expect(isolate(name)).toBe(text);
  expect(t("impersonate.title", { name })).toBe(`Impersonate ${text}`);
});

test("several names are isolated one by one", () => {
  expect(t("lock.losingAbout", { names: ["נועה", "Acme", "\u202eB"] })).toContain(
    "the key of \u2068נועה\u2069, Acme, \u2068B\u2069.",
  );
});

test("a sentence of Go's, with its names isolated, stays as it is", () => {
  const sentence = "You are not in “\u2068נועה\u2069”.";
  expect(isolate(sentence)).toBe(sentence);
});

test("the marks of any name come in pairs, and nothing outside of them is turned", () => {
  const letters = constantFrom(
    "a",
    "א",
    "ع",
    "1",
    " ",
    "\u202e",
    "\u2066",
    "\u2068",
    "\u2069",
    "\u200f",
    "\u061c",
  );
  assert(
    property(string({ unit: letters }), (name) => {
      const outside = isolate(name).replaceAll(/\u2068[^\u061c\u200e-\u206f]*\u2069/g, "");
      expect(outside).not.toMatch(/[אע\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      expect(isolate(isolate(name))).toBe(isolate(name));
    }),
  );
});
