import { act, screen } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { openApp } from "@/testing/open";

const grid = () => screen.getByRole("grid", { name: "Users" });
const searchBox = () => screen.getByRole("searchbox", { name: "Search users" });
const impersonate = () => screen.getByRole("button", { name: "Impersonate…" });
const columns = () => screen.getByRole("button", { name: "Columns" });

const withKeys = (keys: string) => (user: UserEvent) => user.keyboard(keys);

describe("Esc closes, and leads back to where the focus was", () => {
  test.each<
    [
      what: string,
      from: () => HTMLElement,
      open: (user: UserEvent) => Promise<void>,
      role: string,
      name: RegExp,
    ]
  >([
    ["the commands, to the rows", grid, withKeys("{Control>}k{/Control}"), "dialog", /Commands/],
    ["the commands, to the search", searchBox, withKeys("{Control>}k{/Control}"), "dialog", /Commands/],
    ["the help, to the rows", grid, withKeys("{F1}"), "dialog", /^Keyboard/],
    ["the help, to the search", searchBox, withKeys("{F1}"), "dialog", /^Keyboard/],
    ["the dialog, to the rows", grid, withKeys("{Control>}{Enter}{/Control}"), "dialog", /^Impersonate/],
    ["the dialog, to the button in the details", impersonate, withKeys("{Enter}"), "dialog", /^Impersonate/],
    ["the columns, to their button", columns, withKeys("{Enter}"), "dialog", /Columns/],
    ["the menu of a row, to the rows", grid, withKeys("{Shift>}{F10}{/Shift}"), "menu", /.*/],
  ])("%s", async (_, from, open, role, name) => {
    const { user } = openApp();
    await user.click(await screen.findByRole("rowheader", { name: "Wei Zhang" }));
    const start = from();
    act(() => start.focus());
    await open(user);
    const opened = await screen.findByRole(role, { name });
    await expect.poll(() => opened.contains(document.activeElement)).toBe(true);
    await user.keyboard("{Escape}");
    await expect.poll(() => screen.queryByRole(role, { name })).toBeNull();
    await expect.poll(() => document.activeElement).toBe(start);
  });
});
