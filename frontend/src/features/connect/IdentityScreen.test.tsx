import { createEvent, fireEvent, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { createMemoryBackend } from "@/backend/memory/memory";
import { openApp, showApp } from "@/testing/open";

const stranger = { identified: false };

/** Presses Enter in the box, so many milliseconds after the page was opened. */
function pressEnter(box: HTMLElement, at: number, repeat = false): void {
  const event = createEvent.keyDown(box, { key: "Enter", repeat });
  Object.defineProperty(event, "timeStamp", { value: at });
  fireEvent(box, event);
}

describe("Which user are you?", () => {
  test("Enter picks, and what is only picked stays unverified", async () => {
    const { backend, user } = openApp(stranger);
    const search = await screen.findByRole("combobox", { name: /Search for yourself/ });
    await expect.poll(() => document.activeElement).toBe(search);
    await user.type(search, "maya");
    const option = await screen.findByRole("option", { name: /Maya Lindqvist/ });
    await user.keyboard("{Enter}");
    expect(option.getAttribute("aria-selected")).toBe("true");
    expect(screen.getByText("Unverified")).toBeTruthy();
    expect(backend.calls.map(([method]) => method)).not.toContain("setOperator");

    await user.click(screen.getByRole("button", { name: "Continue as Maya Lindqvist (unverified)" }));
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
    expect(await screen.findByRole("button", { name: "You are Maya Lindqvist, unverified" })).toBeTruthy();
  });

  test("a second Enter goes on to prove it", async () => {
    const { user } = openApp({ ...stranger, clientID: "cl_1" });
    const box = await screen.findByRole("combobox", { name: /Search for yourself/ });
    await user.type(box, "maya");
    await screen.findByText("1 found");
    pressEnter(box, 1000);
    pressEnter(box, 1200);
    await user.click(await screen.findByRole("button", { name: "Open the browser" }));
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
    expect(await screen.findByRole("button", { name: /^You are Maya Lindqvist, verified/ })).toBeTruthy();
  });

  test("one press picks, however long it is held or if the key bounces", async () => {
    openApp({ ...stranger, clientID: "cl_1" });
    const box = await screen.findByRole("combobox", { name: /Search for yourself/ });
    const [first] = await screen.findAllByRole("option", { name: /@/ });
    pressEnter(box, 1000);
    pressEnter(box, 1199);
    pressEnter(box, 1500, true);
    expect(first?.getAttribute("aria-selected")).toBe("true");
    expect(screen.queryByRole("dialog")).toBeNull();
    pressEnter(box, 2000);
    expect(await screen.findByRole("dialog")).toBeTruthy();
  });

  test("an operator who signs in without a pick acts at once", async () => {
    const { user } = openApp({ ...stranger, clientID: "cl_1" });
    await user.click(await screen.findByRole("button", { name: "Sign in with Clerk" }));
    await user.click(await screen.findByRole("button", { name: "Open the browser" }));
    expect(await screen.findByRole("button", { name: /^You are Maya Lindqvist, verified/ })).toBeTruthy();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("arrows go through the list without leaving the box", async () => {
    const { user } = openApp(stranger);
    const search = await screen.findByRole("combobox", { name: /Search for yourself/ });
    const options = await screen.findAllByRole("option", { name: /@/ });
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
    await expect.poll(() => document.activeElement).toBe(search);
    expect(search.getAttribute("aria-activedescendant")).toBe(options[1]?.id);
  });

  test("Continue unverified needs a pick, and says so", async () => {
    const { backend, user } = openApp(stranger);
    await screen.findAllByRole("option", { name: /@/ });
    await user.click(screen.getByRole("button", { name: "Continue unverified" }));
    expect(screen.getByRole("alert").textContent).toBe("Select yourself in the list first.");
    expect(backend.calls.map(([method]) => method)).not.toContain("setOperator");
  });

  test("nobody by that name is said", async () => {
    const { user } = openApp(stranger);
    await user.type(await screen.findByRole("combobox", { name: /Search for yourself/ }), "nobody at all");
    expect(await screen.findByText("No user matches “nobody at all”.")).toBeTruthy();
  });

  test("users that do not load can be asked for again", async () => {
    const backend = createMemoryBackend(stranger);
    backend.fail("listUsers", {
      code: "clerk_timeout",
      message: "Clerk did not answer in time.",
      retry: true,
    });
    const { user } = showApp(backend);
    expect((await screen.findByRole("alert")).textContent).toContain("Clerk did not answer in time.");
    backend.mend("listUsers");
    await user.click(screen.getByRole("button", { name: /^Try again in 0:/u }));
    expect(await screen.findAllByRole("option", { name: /@/ })).not.toHaveLength(0);
  });

  test("a choice that Clerk refuses stays on the screen", async () => {
    const backend = createMemoryBackend(stranger);
    backend.fail("setOperator", {
      code: "operator_gone",
      message: "Clerk does not know the user you act as.",
    });
    const { user } = showApp(backend);
    await user.click((await screen.findAllByRole("option", { name: /@/ }))[0] ?? document.body);
    await user.click(screen.getByRole("button", { name: /^Continue as/ }));
    expect(
      (await screen.findByText("Clerk does not know the user you act as.")).closest("[role=alert]"),
    ).not.toBeNull();
  });

  test("another key leads back to the first screen", async () => {
    const { user } = openApp(stranger);
    await user.click(await screen.findByRole("button", { name: "Use another key" }));
    expect(await screen.findByRole("button", { name: "Paste secret key" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Back" }));
    expect(await screen.findByRole("heading", { name: "Which user are you?" })).toBeTruthy();
  });
});
