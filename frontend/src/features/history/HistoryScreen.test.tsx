import { screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { createMemoryBackend, type MemoryOptions } from "@/backend/memory/memory";
import { accessibilityFaults, openApp, showApp } from "@/testing/open";

async function openHistory(options: MemoryOptions = {}) {
  const opened = openApp(options);
  await opened.user.click(await screen.findByRole("button", { name: "History" }));
  return opened;
}

const list = () => screen.findByRole("grid", { name: "Impersonations on record" });
const entries = async () => within(await list()).findAllByRole("row", { selected: false });

describe("the history", () => {
  test("lists what was done, with names looked up at Clerk", async () => {
    await openHistory({ history: 12 });
    expect(await within(await list()).findByText("Ingrid Solheim")).toBeTruthy();
    expect(screen.getByText("12 impersonations")).toBeTruthy();
    expect(screen.getByText("Verified 36 records")).toBeTruthy();
    expect(await accessibilityFaults()).toEqual([]);
  });

  test("where Clerk does not answer the id stands alone", async () => {
    const backend = createMemoryBackend({ history: 3 });
    backend.fail("getUser", { code: "clerk_unreachable" });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History" }));
    expect(await within(await list()).findAllByText(/^user_2n.{2}…/)).toHaveLength(3);
  });

  test("is searched by the words of the reason", async () => {
    const { user } = await openHistory({ history: 16 });
    await user.type(await screen.findByRole("searchbox", { name: "Search history" }), "vat wrong");
    expect(await screen.findByText("2 of 16 impersonations")).toBeTruthy();
    await user.clear(screen.getByRole("searchbox", { name: "Search history" }));
    await user.type(screen.getByRole("searchbox", { name: "Search history" }), "no such thing");
    expect(await screen.findByRole("heading", { name: "Nothing matches “no such thing”" })).toBeTruthy();
  });

  test("is searched by user id", async () => {
    const { backend, user } = await openHistory({ history: 5 });
    await user.type(
      await screen.findByRole("searchbox", { name: "Search history" }),
      backend.users[2]?.id ?? "",
    );
    expect(await screen.findByText("1 of 5 impersonations")).toBeTruthy();
  });

  test("arrows choose, and the panel shows records and hashes", async () => {
    const { user } = await openHistory();
    await entries();
    (await list()).focus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    const panel = screen.getByRole("complementary", { name: "Record" });
    expect(within(panel).getByText("Asked for")).toBeTruthy();
    expect(within(panel).getByText("Opened in a browser")).toBeTruthy();
    expect(within(panel).getByText("Its hash")).toBeTruthy();
    expect(within(panel).getByText("Unverified")).toBeTruthy();
    await expect.poll(accessibilityFaults).toEqual([]);
  });

  test("a hash is copied through Go, whole", async () => {
    const { backend, user } = await openHistory();
    await user.click((await entries())[0] ?? document.body);
    await user.click((await screen.findAllByRole("button", { name: "Copy hash" }))[0] ?? document.body);
    expect(backend.calls.findLast(([method]) => method === "copyText")?.[1]).toMatch(/^[0-9a-f]{64}$/);
  });

  test("leads to the user", async () => {
    const { user } = await openHistory();
    await user.click((await entries())[0] ?? document.body);
    await user.click(await screen.findByRole("button", { name: "Show user" }));
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
  });

  test("is empty at first, and says what will stand here", async () => {
    await openHistory({ history: 0 });
    expect(await screen.findByRole("heading", { name: "Nothing has happened yet" })).toBeTruthy();
    expect(await accessibilityFaults()).toEqual([]);
  });

  test("that cannot be read can be asked for again", async () => {
    const backend = createMemoryBackend();
    backend.fail("listHistory", {
      code: "audit_unreadable",
      message: "The history could not be read.",
      retry: true,
    });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The history could not be read.");
    backend.mend("listHistory");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await list()).toBeTruthy();
  });
});

describe("the chain", () => {
  test.each([
    ["broken", "Broken at record 8"],
    ["torn", "The last record is incomplete"],
    ["head_mismatch", "The end of the record is missing"],
    ["something of a later version", "Broken at record 8"],
  ])("%s has its own sentence, and a sign in every section", async (state, sentence) => {
    const backend = createMemoryBackend({ history: 6 });
    Object.assign(backend.verification, { state, line: 8 });
    const { user } = showApp(backend);
    expect(await screen.findByRole("button", { name: "History does not hold" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "History" }));
    expect((await screen.findByRole("alert")).textContent).toContain(sentence);
    await expect.poll(accessibilityFaults).toEqual([]);
  });

  test("a break is gone to at once", async () => {
    const backend = createMemoryBackend({ history: 6 });
    Object.assign(backend.verification, { state: "broken", line: 8 });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History" }));
    const selected = within(await list()).getByRole("row", { selected: true });
    expect(within(selected).getByText("Broken here")).toBeTruthy();
  });

  test("is verified again on request", async () => {
    const { backend, user } = await openHistory();
    await list();
    backend.verification = { ...backend.verification, state: "torn" };
    await user.click(screen.getByRole("button", { name: "Verify again" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The last record is incomplete");
  });
});
