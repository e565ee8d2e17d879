import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createMemoryBackend } from "@/backend/memory/memory";
import { sentProblem } from "@/backend/memory/sent";
import { openApp, showApp } from "@/testing/open";
import { sentence } from "@/text/sentence";

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));

async function wait() {
  const backend = createMemoryBackend();
  const release = backend.hold("selectInstance");
  showApp(backend);
  await pass(0);
  return { backend, release };
}

describe("while the keychain is waited for", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("nothing is said for three seconds, then the focus is on Cancel", async () => {
    await wait();
    await pass(2);
    expect(screen.queryByRole("heading", { name: "Waiting for your keychain" })).toBeNull();
    await pass(2);
    expect(screen.getByRole("heading", { name: "Waiting for your keychain" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Cancel" })).toBe(document.activeElement);
    expect(screen.getByText("sk_live_…x7Q2")).toBeTruthy();
  });

  test("it counts up to two minutes", async () => {
    await wait();
    await pass(74);
    expect(screen.getByText(/^1:1[34], stops at 2:00/)).toBeTruthy();
  });

  test("settings stay usable", async () => {
    await wait();
    await pass(4);
    fireEvent.click(screen.getByRole("button", { name: "Settings" }));
    await pass(1);
    expect(screen.getByRole("group", { name: "Theme" })).toBeTruthy();
  });

  test("the users appear when it is unlocked", async () => {
    const { release } = await wait();
    await pass(10);
    release();
    await pass(1);
    expect(screen.getByRole("grid", { name: "Users" })).toBeTruthy();
  });

  test("Cancel leads to the first screen, where the instance can be opened again", async () => {
    const { release } = await wait();
    await pass(4);
    fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
    await pass(1);
    release();
    await pass(1);
    fireEvent.click(screen.getByRole("button", { name: "Acme Production" }));
    await pass(1);
    expect(screen.getByRole("grid", { name: "Users" })).toBeTruthy();
  });
});

describe("when the key could not be fetched", () => {
  test.each([
    "keychain_absent",
    "keychain_locked",
    "keychain_declined",
    "keychain_timed_out",
    "keychain_broken",
  ] as const)("%s is said, and trying again works", async (code) => {
    const backend = createMemoryBackend();
    backend.fail("selectInstance", { code, message: "Not now.", retry: true });
    const { user } = showApp(backend);
    expect((await screen.findByRole("alert")).textContent).toContain("Not now.");
    expect(screen.getByRole("heading", { name: "Acme is still locked" })).toBeTruthy();
    backend.mend("selectInstance");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
  });

  test("without a network it opens by itself after a while, which is said", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const backend = createMemoryBackend();
    backend.fail("selectInstance", {
      code: "clerk_unreachable",
      message: "Clerk cannot be reached.",
      retry: true,
    });
    showApp(backend);
    expect(await screen.findByRole("button", { name: /^Try again in 0:\d\d$/ })).toBeTruthy();
    await pass(11);
    expect(await screen.findByRole("button", { name: /^Try again in 0:\d\d$/ })).toBeTruthy();
    backend.mend("selectInstance");
    await pass(11);
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
    vi.useRealTimers();
  });

  test.each([
    ["that Clerk refuses", { code: "key_refused", message: "Clerk did not accept this key." }],
    ["that is gone", { code: "keychain_no_key", message: "The key is gone." }],
    ["of another API address", { code: "instance_elsewhere", message: "Its key was not sent." }],
  ] as const)("a key %s can be pasted again", async (_, failure) => {
    const backend = createMemoryBackend();
    backend.fail("selectInstance", failure);
    const { user } = showApp(backend);
    const paste = await screen.findByRole("button", { name: "Paste the key again" });
    expect(screen.queryByRole("button", { name: "Replace key…" })).toBeNull();
    await user.click(paste);
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
  });
});

test("a start that fails for good is said in place of the first screen", async () => {
  const backend = createMemoryBackend();
  const start = await backend.start();
  showApp({
    ...backend,
    start: () =>
      Promise.resolve({
        ...start,
        problem: sentProblem("settings_unreadable", sentence("settings_unreadable.newer")),
      }),
  });
  expect((await screen.findByRole("alert")).textContent).toContain(
    "The settings were written by a newer version of Understudy.",
  );
  expect(screen.queryByRole("button", { name: "Paste secret key" })).toBeNull();
});

test("an operator known by id alone is asked for by name", async () => {
  const backend = createMemoryBackend();
  showApp({
    ...backend,
    selectInstance: async (id, signal) => {
      const connection = await backend.selectInstance(id, signal);
      return { ...connection, operator: { ...connection.operator, name: "", email: "" } };
    },
  });
  expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
  expect((await screen.findAllByText("Maya Lindqvist")).length).toBeGreaterThan(0);
  expect(backend.calls.map(([method]) => method)).toContain("operator");
});

test("an operator whom Clerk no longer knows is chosen anew", async () => {
  const backend = createMemoryBackend();
  backend.fail("operator", { code: "operator_gone", message: "Clerk does not know the user you act as." });
  showApp({
    ...backend,
    selectInstance: async (id, signal) => {
      const connection = await backend.selectInstance(id, signal);
      return { ...connection, operator: { ...connection.operator, name: "", email: "" } };
    },
  });
  expect(await screen.findByRole("heading", { name: "Which user are you?" })).toBeTruthy();
});

test("another instance is opened, and nothing of the first stays", async () => {
  const { backend, user } = openApp();
  await screen.findByRole("grid", { name: "Users" });
  await user.click(screen.getByRole("button", { name: /^Instance: Acme/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Connect another…" }));
  await user.click(await screen.findByRole("button", { name: "Explore the sample workspace" }));
  await screen.findByRole("button", { name: /^Instance: Northwind/ });
  backend.users.length = 0;

  const release = backend.hold("selectInstance");
  await user.click(screen.getByRole("button", { name: /^Instance: Northwind/ }));
  await user.click(await screen.findByRole("menuitem", { name: /Acme/ }));
  await user.click(await screen.findByRole("button", { name: "Switch to production" }));
  expect(await screen.findByRole("button", { name: /^Instance: Acme/ })).toBeTruthy();
  expect(screen.queryByText("Priya Raman")).toBeNull();
  release();
  await screen.findByRole("grid", { name: "Users" });
  expect(screen.queryByText("Priya Raman")).toBeNull();
});

test("forgetting asks first, then leads to the first screen", async () => {
  const { backend, user } = openApp();
  await screen.findByRole("grid", { name: "Users" });
  await user.click(screen.getByRole("button", { name: /^Instance: Acme/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Forget Acme…" }));
  expect(await screen.findByRole("alertdialog", { name: "Forget Acme?" })).toBeTruthy();
  expect(backend.calls.map(([method]) => method)).not.toContain("disconnect");
  await user.click(screen.getByRole("button", { name: "Forget" }));
  expect(await screen.findByRole("button", { name: "Paste secret key" })).toBeTruthy();
  expect(backend.calls).toContainEqual(["disconnect", "ins_memory"]);
  expect(screen.queryByRole("button", { name: "Acme Production" })).toBeNull();
});
