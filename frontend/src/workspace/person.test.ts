import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineOf, nameOf } from "./person";

const person = {
  name: "",
  email: "noor@mail.example",
  username: "noor",
  contact: "+442079460911",
  id: "user_1",
};

describe("the name of a user", () => {
  test.each(["Noor", "نور", "נועה", "李", "42", "_", "🦊", "\u200bNoor\u200b", "A\u0301"])(
    "%s is a name",
    (name) => {
      expect(nameOf({ ...person, name })).toBe(name);
    },
  );

  test.each([
    ["spaces", " \u00a0\u3000\t\n"],
    ["zero-width characters", "\u200b\u200c\u200d\u2060\ufeff"],
    ["marks of direction", "\u202e\u200f\u2066\u2069"],
    ["fillers that count as letters", "\u3164\u115f\uffa0"],
    ["an empty braille cell", "\u2800"],
    ["control characters", "\u0000\u0007"],
  ])("only %s are none", (_, name) => {
    expect(nameOf({ ...person, name })).toBe(person.email);
    expect(nameOf({ ...person, name, email: name })).toBe(person.username);
    expect(nameOf({ ...person, name, email: name, username: name })).toBe(person.contact);
    expect(nameOf({ ...person, name, email: name, username: name, contact: name })).toBe(person.id);
  });
});

describe("the line below the name", () => {
  test("never says the name again, whatever is known", () => {
    const known = fc.constantFrom("", "\u200b", "noor", "n@mail.example", "+4420");
    fc.assert(
      fc.property(fc.record({ name: known, email: known, username: known, contact: known }), (user) => {
        const all = { ...user, id: "user_1" };
        expect(lineOf(all)).not.toBe(nameOf(all));
      }),
    );
  });

  const nobody = { name: "", email: "", username: "", contact: "", id: "user_1" };
  test.each([
    ["an address", { name: "Noor", email: "n@mail.example", contact: "n@mail.example" }, "n@mail.example"],
    ["a number, a wallet or the address of an account", { name: "Noor", contact: "+4420" }, "+4420"],
    ["the username", { name: "Noor", username: "noor" }, "noor"],
    ["not the name again, if there is anything else", { username: "noor", contact: "+4420" }, "+4420"],
    ["that there is no name, if a number stands for it", { contact: "+4420" }, "No name"],
    [
      "that there is no name, if an address stands for it",
      { email: "n@mail.example", contact: "n@mail.example" },
      "No name",
    ],
    ["that there is no address", { name: "Noor" }, "No email"],
    ["that there is no address, of nobody at all", {}, "No email"],
  ])("is %s", (_, known, line) => {
    expect(lineOf({ ...nobody, ...known })).toBe(line);
  });
});
