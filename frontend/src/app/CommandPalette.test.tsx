import { screen, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { createMemoryBackend } from "@/backend/memory/memory";
import { accessibilityFaults, openApp, showApp } from "@/testing/open";

describe("the command palette", () => {
  test("finds by typing and does it", async () => {
    const { user } = openApp();
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}k{/Control}");
    const box = await screen.findByRole("combobox", { name: "Commands" });
    await expect.poll(() => document.activeElement).toBe(box);
    expect(await accessibilityFaults()).toEqual([]);
    await user.keyboard("hist{Enter}");
    expect(await screen.findByRole("grid", { name: "Impersonations on record" })).toBeTruthy();
    await expect.poll(() => screen.queryByRole("combobox", { name: "Commands" })).toBeNull();
  });

  test("offers only what can be done now", async () => {
    const { user } = openApp();
    await user.click(await screen.findByRole("button", { name: "Settings" }));
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByRole("combobox", { name: "Commands" });
    await expect.poll(() => screen.queryByRole("option", { name: /Impersonate/ })).toBeNull();
    expect(screen.getByRole("option", { name: /Search users/ })).toBeTruthy();
  });

  test("keeps other keys from the screen below", async () => {
    const { user } = openApp();
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByRole("combobox", { name: "Commands" });
    await user.keyboard("{Control>}2{/Control}");
    await expect.poll(() => screen.queryByRole("heading", { name: "Live" })).toBeNull();
  });

  test("has the pinned and the recent searches, in a group of their own, and does them", async () => {
    const backend = createMemoryBackend({ users: 60 });
    await backend.rememberSearch("email:solheim");
    await backend.rememberSearch("banned:yes");
    await backend.pinSearch("org:fjordbank", true);
    const { user } = showApp(backend);
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}2{/Control}{Control>}k{/Control}");
    const group = await screen.findByRole("group", { name: "Searches" });
    expect(
      within(group)
        .getAllByRole("option")
        .map((option) => option.textContent),
    ).toEqual(["org:fjordbank Pinned", "banned:yes Recent", "email:solheim Recent"]);
    expect(
      within(screen.getByRole("group", { name: "What you can do" })).getAllByRole("option").length,
    ).toBeGreaterThan(9);
    expect(await accessibilityFaults()).toEqual([]);

    await user.keyboard("solheim{Enter}");
    const filters = await screen.findByRole("list", { name: "Filters" });
    expect(filters.textContent).toContain("solheim");
    // It is the most recent one now.
    await expect
      .poll(async () => (await backend.listSearches()).recent)
      .toEqual(["email:solheim", "banned:yes"]);
    await expect.poll(() => screen.queryByRole("combobox", { name: "Commands" })).toBeNull();
  });

  test("without searches has no group of them", async () => {
    const { user } = openApp();
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByRole("group", { name: "What you can do" });
    expect(screen.queryByRole("group", { name: "Searches" })).toBeNull();
  });

  test("keeps in sight what the keys are at", async () => {
    const { user } = openApp();
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}k{/Control}");
    const box = await screen.findByRole("combobox", { name: "Commands" });
    const options = await screen.findAllByRole("option");
    const scrolled = vi.spyOn(Element.prototype, "scrollIntoView");
    await user.keyboard("{ArrowUp}");
    expect(box.getAttribute("aria-activedescendant")).toBe(options.at(-1)?.id);
    expect(scrolled.mock.contexts).toEqual([options.at(-1)]);
  });
});
