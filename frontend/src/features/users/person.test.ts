import { describe, expect, test } from "vitest";
import { nameOf, refusalOf } from "./person";

const person = { name: "", email: "noor@mail.example", username: "noor", id: "user_1" };

describe("what somebody is called", () => {
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
    expect(nameOf({ ...person, name, email: name, username: name })).toBe(person.id);
  });
});

describe("why somebody cannot be impersonated", () => {
  const nothing = {
    self: false,
    banned: false,
    locked: false,
    deprovisioned: false,
  };
  const asks = { protectedBlockedEffect: "ask" };

  test.each([
    [{}, undefined, undefined],
    [{ self: true }, "self", "self"],
    [{ banned: true }, "banned", undefined],
    [{ locked: true }, "locked", undefined],
    [{ deprovisioned: true }, "deprovisioned", undefined],
    [{ banned: true, self: true }, "self", "self"],
  ] as const)("%j: %s, and %s where the rules ask instead", (row, refused, asked) => {
    expect(refusalOf({ ...nothing, ...row }, undefined)).toBe(refused);
    expect(refusalOf({ ...nothing, ...row }, asks)).toBe(asked);
  });
});
