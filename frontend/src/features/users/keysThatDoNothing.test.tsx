/** Keys that cannot do what they stand for say why. */
import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { openApp } from "@/testing/open";
import { renderUsers, row } from "./renderUsers";

const said = () =>
  screen
    .getAllByRole("status")
    .map(({ textContent }) => textContent)
    .filter(Boolean);

const enter = "{Control>}{Enter}{/Control}";
const copyEmail = "{Control>}c{/Control}";
const copyID = "{Control>}{Shift>}c{/Shift}{/Control}";

describe("a key that does nothing says why", () => {
  test.each([
    ["Marta Kowalczyk Locked", enter, "Locked users can't sign in. Unlock this user in Clerk first."],
    ["Alexander Petrov Banned", enter, "Banned users can't sign in. Unban this user in Clerk first."],
    ["Camille Laurent Deprovisioned", enter, "Deprovisioned users can't sign in."],
    ["Maya Lindqvist You", enter, "This is you. You cannot impersonate yourself."],
  ])("on %s", async (name, keys, why) => {
    const { user, impersonated } = await renderUsers();
    await user.click(await row(name));
    await user.keyboard(keys);
    expect(said()).toContain(why);
    expect(impersonated).toEqual([]);
  });

  test.each([enter, copyID])("%s in an empty search box", async (keys) => {
    const { user } = await renderUsers();
    await row("Wei Zhang");
    await user.click(screen.getByRole("searchbox", { name: "Search users" }));
    await user.keyboard(keys);
    expect(said()).toContain("Type a name or an address first.");
  });

  test.each([enter, copyEmail, copyID])("%s before anybody is selected", async (keys) => {
    const { user } = await renderUsers();
    await row("Wei Zhang");
    screen.getByRole("button", { name: "Refresh" }).focus();
    await user.keyboard(keys);
    expect(said()).toContain("Select a user first.");
  });

  test.each([enter, copyEmail, copyID])("%s where there are no users", async (keys) => {
    const { user } = openApp({ users: 60 });
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}2{/Control}");
    await screen.findByRole("heading", { name: "Live" });
    await user.keyboard(keys);
    expect(said()).toContain("Select a user under Users first.");
  });

  test("Ctrl+Shift+E where nothing runs, Ctrl+R where nothing is read, Alt+9 without so many instances", async () => {
    const { user } = openApp({ users: 60 });
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}{Shift>}e{/Shift}{/Control}");
    expect(said()).toContain("You have no impersonation to end.");
    await user.keyboard("{Control>}4{/Control}");
    await screen.findByRole("heading", { name: "Settings" });
    await user.keyboard("{Control>}r{/Control}");
    expect(said()).toContain("There is nothing to refresh here.");
    await user.keyboard("{Alt>}9{/Alt}");
    expect(said()).toContain("There is no instance 9.");
  });
});
