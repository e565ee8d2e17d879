import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sentence } from "@/text/sentence";
import { codes, decodeProblem, Failure, problemFrom } from "./problem";

const sent = {
  code: "clerk_broken",
  message: sentence("clerk_broken", { server: "clerk.acme.example" }),
  next: sentence("clerk_broken.next", { status: "" }),
  retry: true,
  traceID: "trace_1",
  retryAfterMS: 4000,
  request: "GET /users",
  status: 429,
  call: "",
};

const busy = {
  ...sent,
  message: "clerk.acme.example is having problems.",
  next: "Try again in a moment.",
};

describe("decodeProblem", () => {
  test("reads the JSON that Go sends as the message of an Error", () => {
    expect(decodeProblem(new Error(JSON.stringify(sent)))).toEqual(busy);
  });

  test("reads it as a bare string too", () => {
    expect(decodeProblem(JSON.stringify(sent))).toEqual(busy);
  });

  test("keeps the problem of a Failure", () => {
    expect(decodeProblem(new Failure(problemFrom(sent)))).toEqual(busy);
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

  test("a code of a later version is internal, and so is its sentence", () => {
    const later = { ...sent, code: "clerk_moved", message: sentence("clerk_moved"), next: null };
    const problem = decodeProblem(JSON.stringify(later));
    expect(problem).toMatchObject({ code: "internal", message: "Something went wrong.", retryAfterMS: 4000 });
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
