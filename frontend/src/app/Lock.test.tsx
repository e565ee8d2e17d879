import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import { openApp, showApp } from "@/testing/open";

const table = () => screen.findByRole("grid", { name: "Users" });
const unlock = () => screen.findByRole("button", { name: "Unlock" });

/** Whether anything that names one of the instance's users is in the page. */
function showsUsers(backend: MemoryBackend): boolean {
  const page = document.body.innerHTML;
  return backend.users.some(({ name, email }) => [name, email].some((text) => text && page.includes(text)));
}

describe("the lock", () => {
  test("by key takes the users off the screen, and unlocking leads back to where they were", async () => {
    const { backend, user } = openApp({ busy: true });
    await table();
    const search = screen.getByRole("searchbox", { name: "Search users" });
    await user.type(search, "priya{Enter}");
    await screen.findByRole("rowheader", { name: /Priya Raman/ });
    await user.keyboard("{Control>}2{/Control}");
    await screen.findByRole("heading", { name: "Live" });

    await user.keyboard("{Control>}l{/Control}");
    expect(await unlock()).toBe(document.activeElement);
    expect(showsUsers(backend)).toBe(false);
    expect(screen.queryByRole("navigation", { name: "Sections" })).toBeNull();

    await user.keyboard("{Enter}");
    expect(await screen.findByRole("heading", { name: "Live" })).toBeTruthy();
    await user.keyboard("{Control>}1{/Control}");
    expect(await screen.findByDisplayValue("priya")).toBeTruthy();
    expect(await screen.findByRole("rowheader", { name: /Priya Raman/ })).toBeTruthy();
  });

  test("that comes by itself closes what is open, dialogs as well", async () => {
    const { backend, user } = openApp();
    await table();
    await user.click(await screen.findByRole("rowheader", { name: /Priya Raman/ }));
    await user.click(await screen.findByRole("button", { name: "Impersonate…" }));
    await screen.findByRole("dialog", { name: /Impersonate/ });
    act(() => backend.lockItself());
    await unlock();
    await expect.poll(() => showsUsers(backend)).toBe(false);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("counts on what runs, without names, and says when it can be ended", async () => {
    const { backend } = openApp({ busy: true });
    await table();
    act(() => backend.lockItself());
    const running = await screen.findByRole("region", { name: "Still running" });
    const active = backend.live.filter(({ state }) => state !== "ended");
    expect(within(running).getAllByRole("listitem")).toHaveLength(active.length);
    expect(running.textContent).toMatch(/user_….{6}\d+:\d\d/);
    expect(running.textContent).toContain("Unlock to end them");
    expect(within(running).queryByRole("button")).toBeNull();
    expect(showsUsers(backend)).toBe(false);
  });

  test("closing the window still asks, and says that ending needs the key", async () => {
    const { backend, user } = openApp({ busy: true });
    await table();
    act(() => backend.lockItself());
    await screen.findByRole("region", { name: "Still running" });
    act(() => backend.close());
    const question = await screen.findByRole("dialog", { name: /still running$/ });
    expect(question.textContent).toContain("unlock Understudy first");
    expect(within(question).queryByRole("button", { name: /^End all/ })).toBeNull();
    await user.click(within(question).getByRole("button", { name: "Keep them running" }));
    await expect.poll(() => backend.calls).toContainEqual(["quit", false]);
  });

  test("drops an answer that arrives after it", async () => {
    const { backend, user } = openApp();
    await table();
    const release = backend.hold("listUsers");
    await user.keyboard("{F5}");
    act(() => backend.lockItself());
    await unlock();
    await act(async () => release());
    expect(showsUsers(backend)).toBe(false);
    expect(screen.queryByRole("grid")).toBeNull();
  });

  test("is still there when the page is loaded again", async () => {
    const backend = createMemoryBackend({ users: 60 });
    backend.lockItself();
    showApp(backend);
    await unlock();
    expect(backend.calls.map(([method]) => method)).not.toContain("selectInstance");
  });

  test("says why it could not be unlocked, and tries again", async () => {
    const { backend, user } = openApp();
    await table();
    act(() => backend.lockItself());
    backend.fail("selectInstance", { code: "keychain_declined", message: "Not opened.", retry: true });
    await user.click(await unlock());
    expect((await screen.findByRole("alert")).textContent).toContain("Not opened.");
    expect(showsUsers(backend)).toBe(false);
    backend.mend("selectInstance");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await table();
  });

  test("asks before it loses a key that is in memory alone, which is then pasted again", async () => {
    const { backend, user } = openApp({ inMemory: true });
    await table();
    await user.keyboard("{Control>}l{/Control}");
    const question = await screen.findByRole("alertdialog", { name: "Lock and clear the key?" });
    expect(backend.calls.map(([method]) => method)).not.toContain("lock");
    await user.click(within(question).getByRole("button", { name: "Lock" }));
    await user.click(await screen.findByRole("button", { name: "Paste secret key" }));
    await table();
    expect(backend.calls.map(([method]) => method)).toContain("connectFromClipboard");
  });

  test("Go hears that the window is used, now and then", async () => {
    const { backend } = openApp();
    await table();
    const told = () => backend.calls.filter(([method]) => method === "reportUse").length;
    fireEvent.keyDown(document.body, { key: "Shift" });
    expect(told()).toBe(1);
    fireEvent.pointerMove(document.body);
    fireEvent.wheel(document.body);
    expect(told()).toBe(1);
  });

  test("can be set, and done, in the settings", async () => {
    const { backend, user } = openApp();
    await table();
    await user.click(screen.getByRole("button", { name: "Settings" }));
    await user.click(await screen.findByRole("button", { name: "Lock" }));
    await user.click(await screen.findByRole("combobox", { name: "Lock after" }));
    await user.click(await screen.findByRole("option", { name: "Never" }));
    await expect.poll(() => backend.getSettings()).toMatchObject({ lock_minutes: 0 });
    await user.click(screen.getByRole("button", { name: /^Lock now/ }));
    await unlock();
  });
});
