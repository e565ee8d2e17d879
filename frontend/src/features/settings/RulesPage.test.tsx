import { screen, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { createMemoryBackend, type MemoryBackend, type MemoryOptions } from "@/backend/memory/memory";
import { Failure, problemFrom } from "@/backend/problem";
import type { Rules } from "@/backend/settings";
import { accessibilityFaults, showApp } from "@/testing/open";

async function openRules(some: Partial<Rules> = {}, options: MemoryOptions = {}) {
  const backend = createMemoryBackend(options);
  await backend.saveRules({ ...(await backend.getRules()), ...some });
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "Settings" }));
  await user.click(await screen.findByRole("button", { name: "Rules" }));
  await screen.findByRole("textbox", { name: "Ticket address" });
  return { backend, user };
}

const expectRules = (backend: MemoryBackend, some: Partial<Rules>) =>
  expect.poll(() => backend.getRules()).toMatchObject(some);

describe("the rules of an instance", () => {
  test("are saved as they are changed", async () => {
    const { backend, user } = await openRules();
    expect(await accessibilityFaults()).toEqual([]);
    await user.type(screen.getByRole("textbox", { name: "Reason must match" }), "#\\d+{Enter}");
    await expectRules(backend, { reasonPattern: "#\\d+" });
    await user.type(screen.getByRole("textbox", { name: "Roles in organizations" }), "org:admin, org:owner");
    await user.tab();
    await expectRules(backend, { protectedRoles: ["org:admin", "org:owner"] });
    await user.click(screen.getByRole("combobox", { name: "Roles in organizations: what to do" }));
    await user.click(await screen.findByRole("option", { name: "Ask why" }));
    await expectRules(backend, { protectedRolesEffect: "ask" });
    await user.type(screen.getByRole("textbox", { name: "Metadata" }), "role=admin ; team=On call{Enter}");
    await expectRules(backend, { protectedMetadata: ["role=admin", "team=On call"] });
    await user.click(screen.getByRole("combobox", { name: "Longest session" }));
    await user.click(await screen.findByRole("option", { name: "30 min" }));
    await expectRules(backend, { longestSessionMinutes: 30 });
    await user.type(screen.getByRole("textbox", { name: "Impersonations a month" }), "500{Enter}");
    await expectRules(backend, { monthlyQuota: 500 });
    const signIn = screen.getByRole("group", { name: "Sign in with Clerk" });
    await user.click(within(signIn).getByRole("radio", { name: "On" }));
    await expectRules(backend, { signInRequired: true, reasonPattern: "#\\d+", longestSessionMinutes: 30 });
  });

  test("a text is saved when it is done, and Esc takes it back", async () => {
    const { backend, user } = await openRules({ reasonHint: "Before." });
    const hint = screen.getByRole("textbox", { name: "Message" });
    await user.type(hint, " More{Escape}");
    expect(hint).toHaveProperty("value", "Before.");
    await user.type(hint, " More");
    await expectRules(backend, { reasonHint: "Before." });
    await user.tab();
    await expectRules(backend, { reasonHint: "Before. More" });
  });

  test("what cannot be saved goes back, and says why under its row", async () => {
    const { backend, user } = await openRules({ reasonAddress: "https://acme.example/{ref}" });
    backend.fail("saveRules", { code: "setting_invalid", message: "That value isn't allowed." });
    const address = screen.getByRole("textbox", { name: "Ticket address" });
    await user.clear(address);
    await user.type(address, "javascript:x{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("That value isn't allowed.");
    expect(address).toHaveProperty("value", "https://acme.example/{ref}");
  });

  test("one that is refused late takes none with it that was changed meanwhile", async () => {
    const { backend, user } = await openRules();
    const refused = problemFrom({ code: "setting_invalid", message: "That value isn't allowed." });
    const late: { refuse?: () => void } = {};
    vi.spyOn(backend, "saveRules").mockReturnValueOnce(
      new Promise((_, reject) => (late.refuse = () => reject(new Failure(refused)))),
    );
    await user.type(screen.getByRole("textbox", { name: "Ticket address" }), "javascript:x{Enter}");
    await user.type(screen.getByRole("textbox", { name: "Impersonations a month" }), "500{Enter}");
    late.refuse?.();
    expect((await screen.findByRole("alert")).textContent).toContain("That value isn't allowed.");
    await expectRules(backend, { reasonAddress: "", monthlyQuota: 500 });
    expect(screen.getByRole("textbox", { name: "Impersonations a month" })).toHaveProperty("value", "500");
  });

  test("a permission is saved with its organization, not before", async () => {
    const { backend, user } = await openRules();
    await user.type(screen.getByRole("textbox", { name: "Permission" }), "org:dashboard:access");
    expect(screen.getByText("Fill in both to save.")).toBeTruthy();
    await user.type(screen.getByRole("textbox", { name: "Organization ID" }), "org_1");
    await user.tab();
    await expectRules(backend, { permissionName: "org:dashboard:access", permissionOrganization: "org_1" });
  });

  test("what is managed is text and no control", async () => {
    await openRules({
      longestSessionMinutes: 30,
      protectedRoles: ["org:admin"],
      protectedRolesEffect: "ask",
      protectedMetadata: ["role=admin", "vip=true"],
      managed: [
        "longestSessionMinutes",
        "protectedRoles",
        "protectedRolesEffect",
        "protectedMetadata",
        "protectedMetadataEffect",
      ],
    });
    expect(screen.getByText("role=admin, vip=true · Refuse")).toBeTruthy();
    expect(screen.queryByRole("combobox", { name: "Longest session" })).toBeNull();
    expect(screen.queryByRole("textbox", { name: "Roles in organizations" })).toBeNull();
    expect(screen.getByText("org:admin · Ask why")).toBeTruthy();
    expect(screen.getAllByText("Managed by your organization")).toHaveLength(3);
    expect(await accessibilityFaults()).toEqual([]);
  });

  test("a managed preference is text too", async () => {
    const backend = createMemoryBackend();
    await backend.saveSettings({ ...(await backend.getSettings()), theme: "dark", managed: ["theme"] });
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
