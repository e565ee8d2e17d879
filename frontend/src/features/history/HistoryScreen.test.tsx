import { act, screen, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { everything } from "@/backend/history";
import { createMemoryBackend, type MemoryBackend, type MemoryOptions } from "@/backend/memory/memory";
import { openApp, showApp } from "@/testing/open";

async function openHistory(options: MemoryOptions = {}) {
  const opened = openApp(options);
  await opened.user.click(await screen.findByRole("button", { name: "History" }));
  return opened;
}

const list = () => screen.findByRole("grid", { name: "Recorded impersonations" });
const entries = async () => within(await list()).findAllByRole("row", { selected: false });

/** Chooses an item of the menu behind that button. */
async function choose(user: UserEvent, menu: "Filter" | "Export", name: string | RegExp) {
  await user.click(await screen.findByRole("button", { name: menu }));
  await user.click(await screen.findByRole("menuitem", { name }));
}

const exportsOf = (backend: MemoryBackend) => backend.calls.filter(([method]) => method === "exportHistory");

describe("the history", () => {
  test("lists what was done, with names looked up at Clerk", async () => {
    await openHistory({ history: 12 });
    expect(await within(await list()).findByText("Ingrid Solheim")).toBeTruthy();
    expect(screen.getByText("12 impersonations")).toBeTruthy();
    expect(screen.getByText("Verified 50 records")).toBeTruthy();
  });

  test("where Clerk does not answer the id stands alone", async () => {
    const backend = createMemoryBackend({ history: 3 });
    backend.fail("getUserNames", { code: "clerk_unreachable" });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History" }));
    expect(await within(await list()).findAllByText(/^user_2n.{2}…/)).toHaveLength(3);
  });

  test("asks for all names that are looked at in one request", async () => {
    const { backend } = await openHistory({ history: 12 });
    await within(await list()).findByText("Ingrid Solheim");
    const asked = backend.calls.filter(([method]) => method === "getUserNames");
    expect(asked).toHaveLength(1);
    expect(backend.calls.filter(([method]) => method === "getUser")).toEqual([]);
  });

  test("is searched by the words of the reason", async () => {
    const { user } = await openHistory({ history: 16 });
    await user.type(await screen.findByRole("searchbox", { name: "Search history" }), "vat wrong");
    expect(await screen.findByText("2 found")).toBeTruthy();
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
    expect(await screen.findByText("1 found")).toBeTruthy();
  });

  test("arrows choose, and the panel shows records and hashes", async () => {
    const { user } = await openHistory();
    await entries();
    (await list()).focus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    const panel = screen.getByRole("complementary", { name: "Record" });
    expect(await within(panel).findByText("Requested")).toBeTruthy();
    expect(within(panel).getByText("Opened in a browser")).toBeTruthy();
    expect(within(panel).getByText("Hash")).toBeTruthy();
    expect(within(panel).getByText("Unverified")).toBeTruthy();
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

describe("filters", () => {
  test("narrow the list and can be taken away", async () => {
    const { user } = await openHistory({ history: 40 });
    await list();
    await choose(user, "Filter", "Expired");
    const chip = await screen.findByRole("button", { name: "Remove the filter Result" });
    expect(await screen.findByText(/^\d+ found$/)).toBeTruthy();
    await user.click(chip);
    expect(await screen.findByText("40 impersonations")).toBeTruthy();
  });

  test("that nothing passes can all be cleared", async () => {
    const { user } = await openHistory({ history: 16 });
    await list();
    await choose(user, "Filter", "Failed");
    await user.type(screen.getByRole("searchbox", { name: "Search history" }), "no such thing");
    expect(await screen.findByRole("heading", { name: /^Nothing matches/ })).toBeTruthy();
    await user.click(screen.getAllByRole("button", { name: "Clear search" }).at(-1) ?? document.body);
    expect(await screen.findByText("16 impersonations")).toBeTruthy();
  });
});

describe("the export", () => {
  const vat = { ...everything, query: "vat wrong" };

  test("as JSON is always the whole chain, and tells where it went", async () => {
    const { backend, user } = await openHistory({ history: 16 });
    await user.type(await screen.findByRole("searchbox", { name: "Search history" }), "vat wrong");
    await screen.findByText("2 found");
    await choose(user, "Export", /^JSON with proof/);
    expect(exportsOf(backend)).toEqual([["exportHistory", { format: "json", narrowed: false, filter: vat }]]);
    expect(await screen.findByText("/home/maya/understudy-history.json")).toBeTruthy();
  });

  test("as CSV is what is shown, unless that is not wanted", async () => {
    const { backend, user } = await openHistory({ history: 16 });
    await user.type(await screen.findByRole("searchbox", { name: "Search history" }), "vat wrong");
    await screen.findByText("2 found");
    await choose(user, "Export", /^CSV/);
    const only = backend.calls.findLast(([method]) => method === "exportHistory")?.[1];
    expect(only).toEqual({ format: "csv", narrowed: true, filter: vat });

    await user.click(await screen.findByRole("button", { name: "Export" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Only what matches" }));
    await user.click(screen.getByRole("menuitem", { name: /^CSV/ }));
    expect(exportsOf(backend)[1]).toEqual(["exportHistory", { format: "csv", narrowed: false, filter: vat }]);
  });

  test("can be stopped, which is no failure", async () => {
    const { backend, user } = await openHistory();
    backend.hold("exportHistory");
    await choose(user, "Export", /^JSON/);
    const progress = await screen.findByRole("progressbar", { name: "Export" });
    act(() => backend.exportsTo(40));
    await expect.poll(() => progress.getAttribute("aria-valuenow")).toBe("40");
    expect(screen.getByText("40 %")).toBeTruthy();
    await user.click(await screen.findByRole("button", { name: "Stop" }));
    expect(await screen.findByRole("button", { name: "Export" })).toBeTruthy();
    await expect.poll(() => screen.queryByRole("alert")).toBeNull();
  });

  test("that fails says why", async () => {
    const { backend, user } = await openHistory();
    backend.fail("exportHistory", { code: "export_failed", message: "The disk is full." });
    await choose(user, "Export", /^JSON/);
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
  });

  test("comes with the command that verifies", async () => {
    const { backend, user } = await openHistory();
    await choose(user, "Export", /^Copy the verify command/);
    expect(backend.calls).toContainEqual(["copyText", "understudy audit verify"]);
  });
});

describe("a long history", () => {
  test("is drawn only in the window, and fetched only around it", async () => {
    const { backend } = await openHistory({ history: 33_000 });
    expect(await screen.findByText("100 impersonations and older ones")).toBeTruthy();
    expect((await entries()).length).toBeLessThan(60);
    expect(backend.calls.filter(([method]) => method === "listHistory")).toHaveLength(1);
  });

  test("End goes on to older ones, without gaps", async () => {
    const { backend, user } = await openHistory({ history: 450 });
    await screen.findByText("100 impersonations and older ones");
    (await list()).focus();
    for (const shown of [
      "200 impersonations and older ones",
      "300 impersonations and older ones",
      "400 impersonations and older ones",
    ]) {
      await user.keyboard("{End}");
      await screen.findByText(shown);
    }
    await user.keyboard("{End}");
    expect(await screen.findByText("450 impersonations")).toBeTruthy();
    const asked = backend.calls.filter(([method]) => method === "listHistory");
    expect(asked.map(([, request]) => request)).toEqual(
      ["", "350", "250", "150", "50"].map((cursor) => ({ filter: everything, cursor, limit: 100 })),
    );
  });
});

/** Searches a record in which one entry of the oldest matches. */
async function rare() {
  const backend = createMemoryBackend({ history: 5000 });
  backend.lookedThrough = 500;
  Object.assign(backend.history[4900] ?? {}, { reason: "Needle" });
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "History" }));
  await screen.findByText("100 impersonations and older ones");
  return { backend, user };
}
const box = () => screen.findByRole("searchbox", { name: "Search history" });

describe("a search that finds little", () => {
  test("goes on by itself to the beginning", async () => {
    const { user } = await rare();
    await user.type(await box(), "needle");
    expect(await screen.findByText("Needle")).toBeTruthy();
    expect(await screen.findByText("1 found")).toBeTruthy();
  });

  test("says how far it came, can be stopped there, and goes on", async () => {
    const { backend, user } = await rare();
    const listHistory = backend.listHistory.bind(backend);
    let letGo: (() => void) | undefined;
    backend.listHistory = async (request, signal) => {
      if (request.filter.query !== "" && request.cursor !== "") {
        await new Promise<void>((resolve) => {
          letGo = resolve;
        });
      }
      return listHistory(request, signal);
    };
    await user.type(await box(), "needle");
    expect(await screen.findByText(/^Searched back to /)).toBeTruthy();
    expect(screen.queryByRole("heading", { name: /^Nothing matches/ })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Stop" }));
    act(() => letGo?.());
    const goOn = await screen.findByRole("button", { name: "Keep looking" });
    expect(screen.getByText(/^Searched back to /)).toBeTruthy();
    expect(screen.queryByRole("heading", { name: /^Nothing matches/ })).toBeNull();
    backend.listHistory = listHistory;
    await user.click(goOn);
    expect(await screen.findByText("Needle")).toBeTruthy();
  });

  test("is given up when something else is typed", async () => {
    const { backend, user } = await rare();
    await user.type(await box(), "needle");
    await user.clear(await box());
    await user.type(await box(), "no such thing");
    expect(await screen.findByRole("heading", { name: "Nothing matches “no such thing”" })).toBeTruthy();
    expect(await within(document.body).findByText("0 found")).toBeTruthy();
    expect(backend.calls.length).toBeGreaterThan(0);
  });
});

test("the history is there while the instance's key is waited for", async () => {
  const backend = createMemoryBackend({ history: 6 });
  backend.hold("selectInstance");
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "History" }));
  expect((await entries()).length).toBe(6);
});

test("a stolen link is told in its record", async () => {
  const backend = createMemoryBackend({ history: 3 });
  Object.assign(backend.history[0] ?? {}, { result: "stolen" });
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "History" }));
  await user.click(await within(await list()).findByText("Link taken"));
  expect(await screen.findByText("Another program tried to use the link. It no longer works.")).toBeTruthy();
});

test("impersonating again begins with the same reason", async () => {
  const { user } = await openHistory();
  await user.click((await entries())[1] ?? document.body);
  const again = await screen.findByRole("button", { name: "Impersonate…" });
  await expect.poll(() => again.hasAttribute("disabled")).toBe(false);
  await user.click(again);
  const reason = await screen.findByRole("textbox", { name: "Reason" });
  expect(reason).toHaveProperty("value", "Appointment list is empty after the import");
});

describe("the panel", () => {
  test("shows who did what, and where the chain is anchored", async () => {
    const { backend, user } = await openHistory({ history: 1 });
    await user.click((await entries())[0] ?? document.body);
    const panel = await screen.findByRole("complementary", { name: "Record" });
    expect(await within(panel).findByText(/^Ended by [A-Z]/)).toBeTruthy();
    expect(
      await within(panel).findByText(/^1 : (?!2b6f)[0-9a-f]{4}…[0-9a-f]{4}$/, { selector: "[title]" }),
    ).toBeTruthy();
    expect(within(panel).getByText("Matches")).toBeTruthy();
    await user.click(within(panel).getByRole("button", { name: "Copy anchor" }));
    expect(backend.calls.findLast(([method]) => method === "copyText")?.[1]).toMatch(/^1:[0-9a-f]{64}$/);
  });

  test("says why it lacks the records, and asks again", async () => {
    const backend = createMemoryBackend({ history: 3 });
    backend.fail("listRecords", { message: "The history could not be read.", retry: true });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History" }));
    await user.click((await entries())[0] ?? document.body);
    const panel = await screen.findByRole("complementary", { name: "Record" });
    expect((await within(panel).findByRole("alert")).textContent).toContain("could not be read");
    backend.mend("listRecords");
    await user.click(within(panel).getByRole("button", { name: "Try again" }));
    expect(await within(panel).findByText("Requested")).toBeTruthy();
  });
});

async function openWith(prepare: (backend: MemoryBackend) => void) {
  const backend = createMemoryBackend({ history: 6 });
  prepare(backend);
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "History" }));
  await screen.findByText("Verified 28 records");
  return { backend, user };
}

describe("the end of the audit log", () => {
  test("is waited for by nothing, and the wait can be stopped", async () => {
    const { user } = await openWith((backend) => void backend.hold("compareHead"));
    expect((await entries()).length).toBe(6);
    expect(await screen.findByText("Waiting for your keychain…")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(await screen.findByText("Not checked against keychain")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("that the keychain does not tell is compared on request", async () => {
    const { backend, user } = await openWith((it) =>
      it.fail("compareHead", { code: "keychain_locked", message: "Your keychain is locked." }),
    );
    const status = await screen.findByText("Not checked against keychain");
    expect(status.getAttribute("title")).toBe("Your keychain is locked.");
    backend.mend("compareHead");
    await user.click(screen.getByRole("button", { name: "Check" }));
    expect(await screen.findByText(/^Checked at/)).toBeTruthy();
  });

  test("that is missing is an alert in every section, and is accepted only after asking", async () => {
    const backend = createMemoryBackend({ history: 6 });
    Object.assign(backend.head, { state: "differs", message: "The end was removed." });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History has been changed" }));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("The end of the history has been changed");
    expect(alert.textContent).toContain("The end was removed.");

    await user.click(screen.getByRole("button", { name: "Accept as it is…" }));
    await screen.findByRole("alertdialog", { name: "Accept the history as it is?" });
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(backend.calls.map(([method]) => method)).not.toContain("acceptHistory");

    await user.click(await screen.findByRole("button", { name: "Accept as it is…" }));
    await user.click(await screen.findByRole("button", { name: "Accept as it is" }));
    expect(await screen.findByText(/^Verified /)).toBeTruthy();
    await user.click(await within(await list()).findByText("The history itself"));
    const panel = screen.getByRole("complementary", { name: "Record" });
    expect(await within(panel).findByText(/^Your keychain knew of record \d+/)).toBeTruthy();
    await expect.poll(() => screen.queryByRole("button", { name: "History has been changed" })).toBeNull();
  });

  test("that could not be accepted says why", async () => {
    const backend = createMemoryBackend({ history: 6 });
    Object.assign(backend.head, { state: "differs" });
    backend.fail("acceptHistory", { code: "keychain_declined", message: "The keychain was not opened." });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History" }));
    await user.click(await screen.findByRole("button", { name: "Accept as it is…" }));
    const dialog = await screen.findByRole("alertdialog");
    await user.click(within(dialog).getByRole("button", { name: "Accept as it is" }));
    expect((await within(dialog).findByRole("alert")).textContent).toContain("The keychain was not opened.");
  });

  test("is for accepting although a report does not match", async () => {
    const backend = createMemoryBackend({ history: 6 });
    Object.assign(backend.head, { state: "differs" });
    Object.assign(backend.verification, { state: "reports_differ" });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History" }));
    expect(await screen.findByRole("button", { name: "Accept as it is…" })).toBeTruthy();
  });

  test("is not for accepting while a record does not fit", async () => {
    const backend = createMemoryBackend({ history: 6 });
    Object.assign(backend.head, { state: "differs" });
    Object.assign(backend.verification, { state: "broken", line: 8 });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Broken at record 8");
    expect(screen.queryByRole("button", { name: "Accept as it is…" })).toBeNull();
  });
});

describe("the chain", () => {
  test.each([
    ["broken", "Broken at record 8"],
    ["torn", "The last record is incomplete"],
    ["reports_differ", "A session report doesn't match the history"],
    ["something of a later version", "Broken at record 8"],
  ])("%s has its own sentence, and a sign in every section", async (state, sentence) => {
    const backend = createMemoryBackend({ history: 6 });
    Object.assign(backend.verification, { state, line: 8 });
    const { user } = showApp(backend);
    expect(await screen.findByRole("button", { name: "History has been changed" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "History" }));
    expect((await screen.findByRole("alert")).textContent).toContain(sentence);
  });

  test("a break is gone to at once", async () => {
    const backend = createMemoryBackend({ history: 6 });
    Object.assign(backend.verification, { state: "broken", line: 8 });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History" }));
    const selected = await within(await list()).findByRole("row", { selected: true });
    expect(within(selected).getByText("Broken here")).toBeTruthy();
  });

  test("is not said to be checked where the keychain remembers nothing", async () => {
    const { backend, user } = await openWith((it) => Object.assign(it.head, { state: "none", head: "" }));
    expect(await screen.findByText("Your keychain has no record to check against")).toBeTruthy();
    expect(screen.queryByText(/^Checked at/)).toBeNull();
    Object.assign(backend, { head: { ...backend.head, state: "matches" } });
    await user.click(screen.getByRole("button", { name: "Check" }));
    expect(await screen.findByText(/^Checked at/)).toBeTruthy();
  });

  test("is compared again when the history is opened after the first record", async () => {
    const backend = createMemoryBackend({ history: 6 });
    Object.assign(backend, { head: { ...backend.head, state: "none" } });
    const { user } = showApp(backend);
    const compared = () => backend.calls.filter(([method]) => method === "compareHead").length;
    await expect.poll(compared).toBe(1);
    Object.assign(backend, { head: { ...backend.head, state: "matches" } });
    await user.click(await screen.findByRole("button", { name: "History" }));
    expect(await screen.findByText(/^Checked at/)).toBeTruthy();
    expect(compared()).toBe(2);
  });

  test.each(["good", "torn", "broken"])("%s tells of a clock that went back", async (state) => {
    const clock = "The clock went back before record 5: from 2026-03-04 12:00:00 to 1970-01-01 00:00:05 UTC.";
    const backend = createMemoryBackend({ history: 6 });
    Object.assign(backend.verification, { state, clock, line: 8 });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History" }));
    expect(await screen.findByText(clock)).toBeTruthy();
  });

  test("is verified again on request", async () => {
    const { backend, user } = await openHistory();
    await screen.findByText("Verified 50 records");
    backend.verification = { ...backend.verification, state: "torn" };
    await user.click(screen.getByRole("button", { name: "Verify again" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The last record is incomplete");
  });
});
