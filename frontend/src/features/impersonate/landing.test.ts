import { describe, expect, test } from "vitest";
import { domainsOf, pathOf } from "./landing";

describe("the domains of an app", () => {
  test.each([
    ["https://clerk.acme.example", ["acme.example"]],
    ["https://clerk.acme.example, https://acme.example/__clerk", ["acme.example"]],
    ["https://clerk.acme.example, https://clerk.globex.example", ["acme.example", "globex.example"]],
    ["https://app.acme.example/__clerk", ["app.acme.example"]],
    ["https://busy-bee-12.clerk.accounts.dev", []],
    ["http://127.0.0.1:4000", []],
    ["", []],
  ])("of %s are %j", (frontendAPI, domains) => {
    expect(domainsOf(frontendAPI)).toEqual(domains);
  });
});

describe("a place to open at", () => {
  test.each([
    ["", { path: "" }],
    [" /invoices/4471 ", { path: "/invoices/4471" }],
    ["https://acme.example/invoices/4471?tab=2#top", { path: "/invoices/4471?tab=2#top" }],
    ["HTTPS://App.Acme.Example/settings", { path: "/settings" }],
    ["https://acme.example", { path: "/" }],
    ["https://notacme.example/settings", { wrong: "host" }],
    ["https://acme.example.evil.example/settings", { wrong: "host" }],
    ["https://acme.example@evil.example/settings", { wrong: "host" }],
    ["//evil.example/settings", { wrong: "start" }],
    ["settings", { wrong: "start" }],
    ["javascript:alert(1)", { wrong: "start" }],
    ["https://", { wrong: "start" }],
  ])("%s is %j", (typed, taken) => {
    expect(pathOf(typed, ["acme.example"])).toEqual(taken);
  });

  test("is the path of any address where the app's own is not known", () => {
    expect(pathOf("http://localhost:3000/settings", [])).toEqual({ path: "/settings" });
  });
});
