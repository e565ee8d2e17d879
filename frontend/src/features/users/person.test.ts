import { describe, expect, test } from "vitest";
import { refusalOf } from "./person";

describe("why somebody cannot be impersonated", () => {
  const nothing = {
    self: false,
    banned: false,
    locked: false,
    deprovisioned: false,
  };
  const asks = { protected: { blocked_effect: "ask" } };

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
