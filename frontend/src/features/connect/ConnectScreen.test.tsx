import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { createMemoryBackend } from "@/backend/memory/memory";
import { openApp, showApp } from "@/testing/open";

const first = { connected: false };

describe("the first screen", () => {
  test("offers a paste and the sample, with the focus on the paste", async () => {
    openApp(first);
    expect(await screen.findByRole("button", { name: "Paste secret key" })).toBe(document.activeElement);
    expect(screen.getByRole("button", { name: "Explore the sample workspace" })).toBeTruthy();
    await expect.poll(() => screen.queryByRole("textbox")).toBeNull();
  });

  test("the button pastes through Go", async () => {
    const { user } = openApp(first);
    await user.click(await screen.findByRole("button", { name: "Paste secret key" }));
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
  });

  test("Ctrl+V anywhere is the same", async () => {
    const { backend, user } = openApp(first);
    await screen.findByRole("button", { name: "Paste secret key" });
    await user.keyboard("{Control>}v{/Control}");
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
    expect(backend.calls.filter(([method]) => method === "connectFromClipboard")).toHaveLength(1);
  });

  test("so is a paste from the menu, whose text is not looked at", async () => {
    const { backend } = openApp(first);
    await screen.findByRole("button", { name: "Paste secret key" });
    fireEvent.paste(document.body, { clipboardData: { getData: () => expect.unreachable() } });
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
    expect(backend.calls.map(([method]) => method)).toContain("connectFromClipboard");
  });

  test("a wrong key is said where the paragraph was, and the focus stays", async () => {
    const backend = createMemoryBackend(first);
    backend.fail("connectFromClipboard", {
      code: "key_publishable",
      message: "That is the publishable key.",
      next: "The secret key starts with sk_.",
    });
    const { user } = showApp(backend);
    const paste = await screen.findByRole("button", { name: "Paste secret key" });
    await user.click(paste);
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("That is the publishable key.");
    expect(screen.getByRole("button", { name: "Paste secret key" })).toBe(document.activeElement);
    await expect.poll(() => screen.queryByText(/Copy a secret key in Clerk/)).toBeNull();
  });

  test("while Clerk is asked it says so, and Cancel stops it", async () => {
    const backend = createMemoryBackend(first);
    backend.hold("connectFromClipboard");
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Paste secret key" }));
    const checking = await screen.findByText("Checking with Clerk…");
    expect(checking.closest("[role=status]")).not.toBeNull();
    const cancel = screen.getByRole("button", { name: "Cancel" });
    await expect.poll(() => document.activeElement).toBe(cancel);
    await user.click(cancel);
    expect(await screen.findByRole("button", { name: "Paste secret key" })).toBe(document.activeElement);
    await expect.poll(() => screen.queryByRole("alert")).toBeNull();
  });

  test.each([
    ["keychain_absent", true],
    ["keychain_no_keyring", true],
    ["keychain_locked", true],
    ["keychain_timed_out", true],
    ["keychain_broken", true],
    ["key_not_stored", true],
    ["keychain_declined", false],
    ["clerk_unreachable", false],
  ] as const)("after %s the key may be held in memory: %s", async (code, may) => {
    const backend = createMemoryBackend(first);
    backend.fail("connectFromClipboard", { code });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Paste secret key" }));
    await screen.findByRole("alert");
    const hold = screen.queryByRole("button", { name: "Keep the key until I quit" });
    expect(hold !== null).toBe(may);
    if (!hold) return;
    await user.click(hold);
    expect(await screen.findByText("Key kept until you quit")).toBeTruthy();
  });

  test("without a keyring one can be made for the key, and the question for its password be dismissed", async () => {
    const backend = createMemoryBackend(first);
    backend.fail("connectFromClipboard", {
      code: "keychain_no_keyring",
      message: "There is no keyring yet.",
    });
    backend.fail("keepKeyInNewKeyring", { code: "keychain_declined", message: "Nobody gave a password." });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Paste secret key" }));
    expect((await screen.findByRole("alert")).textContent).toContain("There is no keyring yet.");
    await user.click(screen.getByRole("button", { name: "Create a keychain" }));
    expect(await screen.findByText("Nobody gave a password.")).toBeTruthy();
    backend.mend("keepKeyInNewKeyring");
    await user.click(screen.getByRole("button", { name: "Create a keychain" }));
    await expect.poll(() => screen.queryByRole("button", { name: "Create a keychain" })).toBeNull();
    expect(screen.queryByText("Key kept until you quit")).toBeNull();
  });

  test("a closed file dialog changes nothing", async () => {
    const backend = createMemoryBackend(first);
    const { user } = showApp({
      ...backend,
      connectFromFile: async (signal) => ({ ...(await backend.connectFromFile(signal)), canceled: true }),
    });
    await user.click(await screen.findByRole("button", { name: "Choose an .env file…" }));
    expect(await screen.findByRole("button", { name: "Paste secret key" })).toBeTruthy();
    await expect.poll(() => screen.queryByRole("alert")).toBeNull();
  });

  test("the sample is called one all the time", async () => {
    const { user } = openApp({ ...first });
    await user.click(await screen.findByRole("button", { name: "Explore the sample workspace" }));
    expect(await screen.findByText("Sample workspace")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Settings" }));
    expect(screen.getByText("Sample workspace")).toBeTruthy();
  });

  test("the details of a failure can be copied for support", async () => {
    const backend = createMemoryBackend(first);
    backend.fail("connectFromClipboard", {
      code: "clerk_broken",
      message: "It broke.",
      traceID: "trace_7",
      call: "C7",
    });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Paste secret key" }));
    await user.click(await screen.findByRole("button", { name: "Copy details" }));
    await screen.findByRole("button", { name: "Copied" });
    const [, text] = backend.calls.findLast(([method]) => method === "copyText") ?? [];
    expect(text).toMatch(
      /^It broke\.\ncode: clerk_broken\ntrace id: trace_7\ntime: .+\nUnderstudy 0\.1\.0\n\{"msg":"call","call":"C7"\}$/,
    );
  });
});
