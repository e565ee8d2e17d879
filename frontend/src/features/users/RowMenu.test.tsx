import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { renderUsers, row, type Shown } from "./renderUsers";

const grid = (): HTMLElement => screen.getByRole("grid");

/** Opens the menu of Wei Zhang, who stands fourth, with the keyboard. */
async function open(): Promise<Shown> {
  const shown = await renderUsers();
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
    await user.keyboard("{End}");
    expect(document.activeElement?.textContent).toContain("Copy ID");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("ID copied")).toBeTruthy();
    expect(backend.calls).toContainEqual(["copyText", backend.users[3]?.id]);
    await expect.poll(() => document.activeElement).toBe(grid());
  });

  test("closes with Esc, which closes nothing else, and gives the focus back to the grid", async () => {
    const { user } = await open();
    await user.keyboard("{Escape}");
    await expect.poll(() => screen.queryByRole("menu")).toBeNull();
    await expect.poll(() => document.activeElement).toBe(grid());
    expect(screen.getByRole("complementary", { name: "Details" })).toBeTruthy();
  });
});
