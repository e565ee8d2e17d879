import { expect, test } from "vitest";
import { isSentence, say, sentence, sentences } from "./sentence";

const placeholder = /\{\{(\w+)(?:\|(\w+))?\}\}/g;

/** A value for each name in a text: a time where it has a form. */
function about(text: string) {
  return Object.fromEntries(
    [...text.matchAll(placeholder)].map(([, name = "", form]) => [
      name,
      form ? new Date(2026, 10, 21) : name,
    ]),
  );
}

test.each(Object.entries(sentences))("%s is written out with all it is about", (key, text) => {
  const said = say(sentence(key, about(text)));
  expect(said).not.toMatch(/[{}|]|T\d\d:/);
  const names = [...text.matchAll(placeholder)].flatMap(([, name = "", form]) => (form ? [] : [name]));
  expect(names.filter((name) => !said.includes(name))).toEqual([]);
});

test("a sentence may be about a number, a name that is written from right to left, and another one", () => {
  const by = sentence("finding.quota_here");
  expect(say(sentence("finding.quota_left", { left: 1, limit: 5000, by }))).toBe(
    "1 of 5,000 impersonations left (on this computer)",
  );
  expect(say(sentence("quoted", { name: "אורי" }))).toBe("“\u2068אורי\u2069”");
});

test("a list has commas between texts, and a count chooses the form", () => {
  const { with: values } = sentence("", { count: 2 });
  const missing = { texts: ["email", "profile"], sentences: [] };
  expect(say({ key: "sign_in_application.scopes", with: { ...values, missing } })).toBe(
    "It lacks the scopes email, profile .",
  );
});

test("only what the catalogue has, in the form that Go sends, is a sentence", () => {
  expect(isSentence(sentence("quoted", { name: "x" }))).toBe(true);
  expect(isSentence(sentence("nobody.says.this"))).toBe(false);
  expect(isSentence({ key: "quoted", with: { name: "x" } })).toBe(false);
  expect(isSentence({ key: "quoted", with: { name: { texts: [], sentences: [{}] } } })).toBe(false);
  expect(isSentence("quoted")).toBe(false);
});
