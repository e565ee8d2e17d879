import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { MemoryBackend, MemoryOptions } from "@/backend/memory/memory";
import { renderUsers, row, type Shown } from "./renderUsers";

const grid = (): HTMLElement => screen.getByRole("grid");

/** Opens the menu of Wei Zhang, who stands fourth, with the keyboard. */
async function open(options?: MemoryOptions, prepare?: (backend: MemoryBackend) => void): Promise<Shown> {
  const shown = await renderUsers(options, prepare);
  await shown.user.click(await row("Wei Zhang"));
  grid().focus();
  await shown.user.keyboard("{Shift>}{F10}{/Shift}");
  const menu = await screen.findByRole("menu");
  await expect.poll(() => menu.contains(document.activeElement)).toBe(true);
  return shown;
}

describe("the menu of a row", () => {
  test("opens with Shift+F10 for the active row; arrows and Enter choose", async () => {
    const { user, impersonated } = await open();
    expect(screen.getAllByRole("menuitem").map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining("Show details"),
      expect.stringContaining("Impersonate…"),
      expect.stringContaining("Copy email"),
      expect.stringContaining("Copy ID"),
      "Open in Clerk Dashboard",
    ]);
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(document.activeElement?.textContent).toContain("Impersonate…");
    await user.keyboard("{Enter}");
    expect(impersonated.map(({ name }) => name)).toEqual(["Wei Zhang"]);
    await expect.poll(() => screen.queryByRole("menu")).toBeNull();
  });

  test("leads to the panel, also when that is open", async () => {
    const { user } = await open();
    await user.keyboard("{ArrowDown}");
    expect(document.activeElement?.textContent).toContain("Show details");
    await user.keyboard("{Enter}");
    await expect
      .poll(() => document.activeElement)
      .toBe(screen.getByRole("button", { name: "Impersonate…" }));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Impersonate…" }));
  });

  test("gives the focus back to the grid after copying", async () => {
    const { user, backend } = await open();
    await user.click(screen.getByRole("menuitem", { name: /^Copy ID/ }));
    expect(await screen.findByText("ID copied")).toBeTruthy();
    expect(backend.calls).toContainEqual(["copyText", backend.users[3]?.id]);
    await expect.poll(() => document.activeElement).toBe(grid());
  });

  test("has no dashboard of Clerk's for users of another server", async () => {
    await open({ apiURL: "https://clerk.example.com" });
    expect(screen.queryByRole("menuitem", { name: "Open in Clerk Dashboard" })).toBeNull();
  });

  test("opens the user in Clerk's dashboard, and says why it could not", async () => {
    const { user, backend } = await open({}, (b) =>
      b.fail("openInDashboard", {
        code: "browser_failed",
        message: "The browser did not open.",
        retry: true,
      }),
    );
    await user.click(screen.getByRole("menuitem", { name: "Open in Clerk Dashboard" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The browser did not open.");
    backend.mend("openInDashboard");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await expect.poll(() => screen.queryByRole("alert")).toBeNull();
    const id = backend.users[3]?.id;
    const opened = backend.calls.filter(([method]) => method === "openInDashboard");
    expect(opened).toEqual([
      ["openInDashboard", id],
      ["openInDashboard", id],
    ]);
  });

  test("has no way to the dashboard for the users of the sample workspace, nor has the panel", async () => {
    await open({ environment: "sample" });
    expect(screen.getAllByRole("menuitem")).toHaveLength(4);
    expect(screen.queryByRole("button", { name: "Open in Clerk Dashboard", hidden: true })).toBeNull();
  });

  test("closes with Esc, which closes nothing else, and gives the focus back to the grid", async () => {
    const { user } = await open();
    await user.keyboard("{Escape}");
    await expect.poll(() => screen.queryByRole("menu")).toBeNull();
    await expect.poll(() => document.activeElement).toBe(grid());
    expect(screen.getByRole("complementary", { name: "Details" })).toBeTruthy();
  });
});
