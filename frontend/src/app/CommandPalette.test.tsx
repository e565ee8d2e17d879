import { screen, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { createMemoryBackend, type MemoryOptions } from "@/backend/memory/memory";
import { openApp, showApp } from "@/testing/open";

/** The rows from the top, by what they say. */
const rows = () => screen.getAllByRole("option").map(({ textContent }) => textContent);
const activeRow = () => {
  const box = screen.getByRole("combobox", { name: "Commands" });
  return document.getElementById(box.getAttribute("aria-activedescendant") ?? "")?.textContent ?? "";
};

async function openPalette(options: MemoryOptions = {}) {
  const opened = openApp(options);
  await screen.findByRole("grid", { name: "Users" });
  await screen.findAllByRole("rowheader");
  await opened.user.keyboard("{Control>}k{/Control}");
  await screen.findByRole("combobox", { name: "Commands" });
  return opened;
}

describe("the command palette", () => {
  test("begins with the search, so that Enter ends nothing by accident", async () => {
    const { user, backend } = await openPalette({ busy: true });
    await screen.findByRole("option", { name: /End all mine/ });
    for (const typed of ["", "e", "end", "end i"]) {
      await user.clear(screen.getByRole("combobox", { name: "Commands" }));
      if (typed !== "") await user.keyboard(typed);
      expect(rows()[0]).toContain(typed === "" ? "Search all users…" : "Search all users for");
      expect(activeRow()).toBe(rows()[0]);
    }
    await user.keyboard("{Enter}");
    await expect.poll(() => screen.queryByRole("combobox", { name: "Commands" })).toBeNull();
    expect(backend.calls.map(([method]) => method)).not.toContain("endImpersonation");
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });

  test("finds users by name, in rows that are kept free, and opens the one that is chosen", async () => {
    const { user, backend } = await openPalette();
    const goOn = backend.hold("listUsers");
    await user.keyboard("ingr");
    const group = screen.getByRole("group", { name: "Users" });
    expect(group.querySelectorAll("[aria-hidden].flex")).toHaveLength(3);
    goOn();
    const found = await within(group).findByRole("option", { name: /Ingrid Solheim/ });
    expect(activeRow()).toContain("Search all users for");
    await user.click(found);
    const details = await screen.findByRole("complementary", { name: "Details" });
    expect(await within(details).findByRole("heading", { name: /Ingrid Solheim/ })).toBeTruthy();
    expect(await screen.findAllByRole("rowheader")).toHaveLength(1);
  });

  test("searches commands only after >, and the first of them ends nothing", async () => {
    const { user, backend } = await openPalette({ busy: true });
    const before = backend.calls.filter(([method]) => method === "listUsers").length;
    await user.keyboard(">end");
    expect(screen.queryByRole("group", { name: "Users" })).toBeNull();
    await screen.findAllByRole("option", { name: /^End / });
    expect(activeRow()).not.toMatch(/^End/);
    await user.clear(screen.getByRole("combobox", { name: "Commands" }));
    await user.keyboard(">dark theme");
    expect(activeRow()).toContain("Dark theme");
    await user.keyboard("{Enter}");
    await expect.poll(() => document.documentElement.dataset["theme"]).toBe("dark");
    expect(backend.calls.filter(([method]) => method === "listUsers")).toHaveLength(before);
  });

  test.each([
    ["production", ["Open the selected user in Clerk Dashboard"]],
    ["sample", []],
  ] as const)("opens the selected user in Clerk's dashboard: %s", async (environment, offered) => {
    const { user, backend } = openApp({ environment });
    await user.click(await screen.findByRole("rowheader", { name: "Ingrid Solheim" }));
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByRole("option", { name: /Copy the selected user's ID/ });
    const found = screen.queryAllByRole("option", { name: /Clerk Dashboard/ });
    expect(found.map(({ textContent }) => textContent?.trim())).toEqual(offered);
    for (const option of found) await user.click(option);
    const opened = backend.calls.filter(([method]) => method === "openInDashboard");
    expect(opened).toEqual(offered.map(() => ["openInDashboard", backend.users[2]?.id]));
  });

  test("ends one by its name, and says so", async () => {
    const { user, backend } = await openPalette({ busy: true });
    const ends = await screen.findAllByRole("option", { name: /^End \W?[A-Z]/ });
    await user.click(ends[0] ?? document.body);
    await expect
      .poll(() => backend.calls.filter(([method]) => method === "endImpersonation"))
      .toHaveLength(1);
    expect(await screen.findByText(/^Ended: /)).toBeTruthy();
  });

  test("leads to the other instances", async () => {
    const { user } = await openPalette({ environment: "development", more: ["Globex"] });
    await user.click(await screen.findByRole("option", { name: /Switch to .*Globex/ }));
    expect(await screen.findByRole("button", { name: "Switch to production" })).toBeTruthy();
  });

  test("finds by typing and does it", async () => {
    const { user } = openApp();
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}k{/Control}");
    const box = await screen.findByRole("combobox", { name: "Commands" });
    await expect.poll(() => document.activeElement).toBe(box);
    await user.keyboard(">hist{Enter}");
    expect(await screen.findByRole("grid", { name: "Recorded impersonations" })).toBeTruthy();
    await expect.poll(() => screen.queryByRole("combobox", { name: "Commands" })).toBeNull();
  });

  test("offers only what can be done now", async () => {
    const { user } = openApp();
    await user.click(await screen.findByRole("button", { name: "Settings" }));
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByRole("combobox", { name: "Commands" });
    await expect.poll(() => screen.queryByRole("option", { name: /Impersonate/ })).toBeNull();
    expect(screen.getByRole("option", { name: /Search all users/ })).toBeTruthy();
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
    ).toBeGreaterThan(7);

    await user.click(screen.getByRole("option", { name: /^email:solheim/ }));
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
