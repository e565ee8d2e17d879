import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codes, decodeProblem, Failure, problemFrom } from "./problem";

const busy = {
  code: "clerk_busy",
  message: "Clerk is busy.",
  next: "It asks to wait a moment.",
  retry: true,
  traceID: "trace_1",
  retryAfterMS: 4000,
  request: "GET /users",
  status: 429,
  call: "",
};

describe("decodeProblem", () => {
  test("reads the JSON that Go sends as the message of an Error", () => {
    expect(decodeProblem(new Error(JSON.stringify(busy)))).toEqual(busy);
  });

  test("reads it as a bare string too", () => {
    expect(decodeProblem(JSON.stringify(busy))).toEqual(busy);
  });

  test("keeps the problem of a Failure", () => {
    expect(decodeProblem(new Failure(problemFrom(busy)))).toEqual(busy);
  });

  test.each<[name: string, rejection: unknown]>([
    ["an error of the window", new TypeError("x is undefined")],
    ["[object Object]", new Error("[object Object]")],
    ["an empty message", new Error("")],
    ["undefined", undefined],
    ["an array", new Error("[]")],
    ["null in JSON", new Error("null")],
  ])("%s is internal, with a sentence", (_, rejection) => {
    const problem = decodeProblem(rejection);
    expect(problem.code).toBe("internal");
    expect(problem.message).not.toBe("");
  });

  test("a code of a later version is internal, but its sentence is kept", () => {
    const problem = decodeProblem(JSON.stringify({ ...busy, code: "clerk_moved", message: "Clerk moved." }));
    expect(problem).toMatchObject({ code: "internal", message: "Clerk moved.", retryAfterMS: 4000 });
  });

  test("never throws and always gives every field", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json()), (rejection) => {
        const problem = decodeProblem(rejection);
        expect(codes).toContain(problem.code);
        expect(problem.retryAfterMS).toBeGreaterThanOrEqual(0);
        expect(problem.message).not.toBe("");
      }),
    );
  });
});

test("the codes are those of Go's catalogue", () => {
  const golden = readFileSync("../internal/fault/testdata/codes.golden", "utf8");
  expect(codes.toSorted()).toEqual(golden.split("\n").filter(Boolean).toSorted());
});
