import { screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { createMemoryBackend, type MemoryOptions } from "@/backend/memory/memory";
import { openApp, showApp } from "@/testing/open";

async function openSettings(options: MemoryOptions = {}) {
  const opened = openApp(options);
  await opened.user.click(await screen.findByRole("button", { name: "Settings" }));
  await screen.findByRole("group", { name: "Theme" });
  return opened;
}

describe("settings", () => {
  test("are saved as they are changed", async () => {
    const { backend, user } = await openSettings();
    await user.click(screen.getByRole("radio", { name: "Dark" }));
    expect(await backend.getSettings()).toMatchObject({ theme: "dark" });
    await expect.poll(() => document.documentElement.dataset["theme"]).toBe("dark");
    await user.click(screen.getByRole("radio", { name: "Compact" }));
    expect(document.documentElement.dataset["density"]).toBe("compact");
    expect(await backend.getSettings()).toMatchObject({ theme: "dark", density: "compact" });
  });

  test("one choice is one call, of what was chosen and nothing else", async () => {
    const { backend, user } = await openSettings();
    const before = backend.calls.length;
    await user.click(screen.getByRole("radio", { name: "Dark" }));
    const calls = () => backend.calls.slice(before).filter(([method]) => method.endsWith("Settings"));
    await expect.poll(calls).toEqual([["changeSettings", { theme: "dark" }]]);
  });

  test("a value that cannot be saved goes back, and says why under its row", async () => {
    const backend = createMemoryBackend();
    backend.fail("changeSettings", {
      code: "settings_unwritable",
      message: "The settings could not be saved.",
      retry: true,
    });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Settings" }));
    await user.click(await screen.findByRole("radio", { name: "Dark" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The settings could not be saved.");
    expect(screen.getByRole("radio", { name: "System" })).toHaveProperty("checked", true);

    backend.mend("changeSettings");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await expect.poll(() => screen.queryByRole("alert")).toBeNull();
    expect(screen.getByRole("radio", { name: "Dark" })).toHaveProperty("checked", true);
  });

  test("rules: session, link and reason", async () => {
    const { backend, user } = await openSettings();
    await user.click(screen.getByRole("button", { name: "Rules" }));
    await user.click(screen.getByRole("radio", { name: "10 min" }));
    await user.click(screen.getByRole("combobox", { name: "Link works for" }));
    await user.click(await screen.findByRole("option", { name: "5 minutes" }));
    await user.click(screen.getByRole("combobox", { name: "Ask for a reason" }));
    await user.click(await screen.findByRole("option", { name: "Always" }));
    await expect
      .poll(() => backend.getSettings())
      .toMatchObject({ session_minutes: 10, link_seconds: 300, reason_always: true });
  });

  test("instances can be forgotten from here", async () => {
    const { user } = await openSettings();
    await user.click(screen.getByRole("button", { name: "Instances" }));
    expect(await screen.findByText("sk_live_…x7Q2")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "More for Acme" }));
    await user.click(await screen.findByRole("menuitem", { name: "Forget…" }));
    const dialog = await screen.findByRole("alertdialog", { name: "Forget Acme?" });
    expect(dialog.textContent).toMatch(/KeePassXC.s recycle bin.*clipboard manager/);
    expect(dialog.textContent).toContain("delete the key in Clerk");
  });

  test("about says that the organization set the API address", async () => {
    const { user } = await openSettings({ apiURL: "https://clerk.internal.example", apiManaged: true });
    await user.click(screen.getByRole("button", { name: "About" }));
    const about = screen.getByRole("region", { name: "Settings" });
    expect(about.textContent).toContain("https://clerk.internal.example · Managed by your organization");
    expect(about.textContent).not.toContain("CLERK_API_URL");
  });

  test("the lock says what it is and what it is not", async () => {
    const { user } = await openSettings();
    await user.click(screen.getByRole("button", { name: "Lock" }));
    const page = screen.getByRole("region", { name: "Settings" });
    expect(page.textContent).toContain("Unlocking takes no password of its own");
    expect(page.textContent).toContain("overwrites the copies that it can reach");
  });

  test("about says where keys are kept and which API is asked", async () => {
    const { user } = await openSettings({ apiURL: "https://clerk.internal.example" });
    await user.click(screen.getByRole("button", { name: "About" }));
    const about = screen.getByRole("region", { name: "Settings" });
    expect(within(about).getByText("GNOME Keyring")).toBeTruthy();
    expect(within(about).getByText("https://clerk.internal.example")).toBeTruthy();
  });
});
