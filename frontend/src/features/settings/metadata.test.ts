import { expect, test } from "vitest";
import { linesOf, metadataOf } from "./metadata";

test.each([
  [["role=admin", "role=owner", "vip=true"], { role: ["admin", "owner"], vip: ["true"] }],
  [[" role = admin "], { role: ["admin"] }],
  [["team=On call", "sum=x=y z"], { team: ["On call"], sum: ["x=y z"] }],
  [["vip"], { vip: [""] }],
  [["role==admin"], { role: ["=admin"] }],
  [["__proto__=x"], Object.fromEntries([["__proto__", ["x"]]])],
])("%j is read", (lines, metadata) => {
  expect(metadataOf(lines)).toEqual(metadata);
});

test.each([`role="admin"`, `role='admin'`, "role = “admin”", "role=admin", `role="admin`])(
  "quotes around a value are no part of it: %s",
  (line) => {
    expect(metadataOf([line])).toEqual({ role: ["admin"] });
  },
);

test("metadata is shown as it is typed", () => {
  const lines = ["role=admin", "role=x=y z", "vip=true"];
  expect(linesOf({ vip: ["true"], role: ["admin", "x=y z"] })).toEqual(lines);
  expect(linesOf(metadataOf(lines))).toEqual(lines);
});
