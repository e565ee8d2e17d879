import { screen, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { createMemoryBackend, type MemoryBackend, type MemoryOptions } from "@/backend/memory/memory";
import { Failure, problemOf } from "@/backend/problem";
import type { RulesPatch } from "@/backend/settings";
import { showApp } from "@/testing/open";

async function openRules(some: RulesPatch = {}, options: MemoryOptions = {}) {
  const backend = createMemoryBackend(options);
  await backend.changeRules(some);
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "Settings" }));
  await user.click(await screen.findByRole("button", { name: "Rules" }));
  await screen.findByRole("textbox", { name: "Ticket address" });
  return { backend, user };
}

const expectRules = (backend: MemoryBackend, some: RulesPatch) =>
  expect.poll(() => backend.getRules()).toMatchObject(some);

describe("the rules of an instance", () => {
  test("are saved as they are changed", async () => {
    const { backend, user } = await openRules();
    await user.type(screen.getByRole("textbox", { name: "Reason must match" }), "#\\d+{Enter}");
    await expectRules(backend, { reason: { pattern: "#\\d+" } });
    await user.type(screen.getByRole("textbox", { name: "Roles in organizations" }), "org:admin, org:owner");
    await user.tab();
    await expectRules(backend, { protected: { roles: ["org:admin", "org:owner"] } });
    await user.click(screen.getByRole("combobox", { name: "Roles in organizations: what to do" }));
    await user.click(await screen.findByRole("option", { name: "Ask why" }));
    await expectRules(backend, { protected: { roles_effect: "ask" } });
    await user.type(screen.getByRole("textbox", { name: "Metadata" }), "role=admin ; team=On call{Enter}");
    await expectRules(backend, { protected: { metadata: { role: ["admin"], team: ["On call"] } } });
    await user.click(screen.getByRole("combobox", { name: "Longest session" }));
    await user.click(await screen.findByRole("option", { name: "30 min" }));
    await expectRules(backend, { longest_session_minutes: 30 });
    await user.type(screen.getByRole("textbox", { name: "Impersonations a month" }), "500{Enter}");
    await expectRules(backend, { monthly_quota: 500 });
    const signIn = screen.getByRole("group", { name: "Sign in with Clerk" });
    await user.click(within(signIn).getByRole("radio", { name: "On" }));
    await expect
      .poll(() => backend.getRules())
      .toMatchObject({
        sign_in: { required: true },
        reason: { pattern: "#\\d+" },
        longest_session_minutes: 30,
      });
  });

  test("for changes begin as the environment has them, and are saved", async () => {
    const { backend, user } = await openRules();
    const startsAs = screen.getByRole("group", { name: "Starts as" });
    expect(within(startsAs).getByRole("radio", { name: "View only" })).toHaveProperty("checked", true);
    await user.click(within(startsAs).getByRole("radio", { name: "Allow changes" }));
    await expectRules(backend, { changes: { default: "allow_changes" } });
    await user.click(screen.getByRole("combobox", { name: "Changes end after" }));
    expect(screen.queryByRole("option", { name: "The session" })).toBeNull();
    await user.click(await screen.findByRole("option", { name: "30 min" }));
    await expectRules(backend, { changes: { minutes: 30 } });
    await user.type(
      screen.getByRole("textbox", { name: "Paths sent in view only" }),
      "/api/*/search, https://api.acme.com/find{Enter}",
    );
    await expectRules(backend, { changes: { paths: ["/api/*/search", "https://api.acme.com/find"] } });
    await user.type(
      screen.getByRole("textbox", { name: "Live connections in view only" }),
      "acme.convex.cloud{Enter}",
    );
    await expectRules(backend, { changes: { hosts: ["acme.convex.cloud"] } });
    const queries = screen.getByRole("group", { name: "Hold back GraphQL queries" });
    await user.click(within(queries).getByRole("radio", { name: "On" }));
    await expectRules(backend, { changes: { hold_graphql: true } });
    await user.click(screen.getByRole("combobox", { name: "Changes in the app" }));
    await user.click(await screen.findByRole("option", { name: "Never" }));
    await expectRules(backend, { changes: { allow: "never", default: "view_only" } });
    await expect.poll(() => screen.queryByRole("group", { name: "Starts as" })).toBeNull();
    expect(screen.queryByRole("combobox", { name: "Changes end after" })).toBeNull();
  });

  test("for changes that are managed are text, and a path that is refused says why in its row", async () => {
    const { backend, user } = await openRules({}, { managed: ["changes.allow", "changes.minutes"] });
    expect(screen.getByText("With a reason")).toBeTruthy();
    expect(screen.getByText("10 min", { selector: ":not(label)" })).toBeTruthy();
    expect(screen.queryByRole("combobox", { name: "Changes in the app" })).toBeNull();
    backend.fail("changeRules", { code: "setting_invalid", message: "That value isn't allowed." });
    const paths = screen.getByRole("textbox", { name: "Paths sent in view only" });
    await user.type(paths, "api/search{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("That value isn't allowed.");
    expect(paths).toHaveProperty("value", "");
  });

  test("a text is saved when it is done, and Esc takes it back", async () => {
    const { backend, user } = await openRules({ reason: { hint: "Before." } });
    const hint = screen.getByRole("textbox", { name: "Message" });
    await user.type(hint, " More{Escape}");
    expect(hint).toHaveProperty("value", "Before.");
    await user.type(hint, " More");
    await expectRules(backend, { reason: { hint: "Before." } });
    await user.tab();
    await expectRules(backend, { reason: { hint: "Before. More" } });
  });

  test("a rule that cannot be saved goes back, and its row says why", async () => {
    const { backend, user } = await openRules({ reason: { address: "https://acme.example/{ref}" } });
    backend.fail("changeRules", { code: "setting_invalid", message: "That value isn't allowed." });
    const address = screen.getByRole("textbox", { name: "Ticket address" });
    await user.clear(address);
    await user.type(address, "javascript:x{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("That value isn't allowed.");
    expect(address).toHaveProperty("value", "https://acme.example/{ref}");
  });

  test("a rule that is refused late takes none with it that was changed meanwhile", async () => {
    const { backend, user } = await openRules();
    const refused = problemOf({ code: "setting_invalid", message: "That value isn't allowed." });
    const late: { refuse?: () => void } = {};
    vi.spyOn(backend, "changeRules").mockReturnValueOnce(
      new Promise((_, reject) => (late.refuse = () => reject(new Failure(refused)))),
    );
    await user.type(screen.getByRole("textbox", { name: "Ticket address" }), "javascript:x{Enter}");
    await user.type(screen.getByRole("textbox", { name: "Impersonations a month" }), "500{Enter}");
    late.refuse?.();
    expect((await screen.findByRole("alert")).textContent).toContain("That value isn't allowed.");
    await expectRules(backend, { reason: { address: "" }, monthly_quota: 500 });
    expect(screen.getByRole("textbox", { name: "Impersonations a month" })).toHaveProperty("value", "500");
  });

  test("a permission is saved with its organization, not before", async () => {
    const { backend, user } = await openRules();
    await user.type(screen.getByRole("textbox", { name: "Permission" }), "org:dashboard:access");
    expect(screen.getByText("Fill in both to save.")).toBeTruthy();
    await user.type(screen.getByRole("textbox", { name: "Organization ID" }), "org_1");
    await user.tab();
    await expectRules(backend, {
      permission: { name: "org:dashboard:access", organization: "org_1" },
    });
  });

  test("a managed rule is text and no control", async () => {
    const metadata = { role: ["admin"], vip: ["true"] };
    await openRules(
      { longest_session_minutes: 30, protected: { roles: ["org:admin"], roles_effect: "ask", metadata } },
      {
        managed: [
          "longest_session_minutes",
          "protected.roles",
          "protected.roles_effect",
          "protected.metadata",
          "protected.metadata_effect",
        ],
      },
    );
    expect(screen.getByText("role=admin, vip=true · Refuse")).toBeTruthy();
    expect(screen.queryByRole("combobox", { name: "Longest session" })).toBeNull();
    expect(screen.queryByRole("textbox", { name: "Roles in organizations" })).toBeNull();
    expect(screen.getByText("org:admin · Ask why")).toBeTruthy();
    expect(screen.getAllByText("Managed by your organization")).toHaveLength(3);
  });

  test("a managed preference is text too", async () => {
    const backend = createMemoryBackend({ managed: ["theme"] });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Settings" }));
    expect(await screen.findByText("Managed by your organization")).toBeTruthy();
    expect(screen.queryByRole("group", { name: "Theme" })).toBeNull();
  });

  test("without them, what holds everywhere can still be set", async () => {
    const backend = createMemoryBackend();
    backend.fail("getRules", { code: "not_connected", message: "No instance is connected." });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Settings" }));
    await user.click(await screen.findByRole("button", { name: "Rules" }));
    expect((await screen.findByRole("alert")).textContent).toContain("No instance is connected.");
    expect(screen.getByRole("combobox", { name: "Ask for a reason" })).toBeTruthy();
  });
});
