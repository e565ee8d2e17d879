import { act, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import { showApp } from "@/testing/open";

/** The places of invented entries, newest first, by what came of them. */
const entry = { changedNothing: 0, one: 3, two: 4, notWatched: 5 };

const list = () => screen.findByRole("grid", { name: "Recorded impersonations" });
const panel = () => screen.findByRole("complementary", { name: "Record" });
const rows = async () => within(await list()).findAllByRole("row", { selected: false });

async function openHistory(prepare: (backend: MemoryBackend) => void = () => undefined) {
  const backend = createMemoryBackend({ history: 12, busy: true });
  prepare(backend);
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "History" }));
  return { backend, user };
}

async function openEntry(at: number, prepare?: (backend: MemoryBackend) => void) {
  const { backend, user } = await openHistory(prepare);
  await user.click((await rows())[at] ?? document.body);
  return { backend, user, shown: within(await panel()) };
}

const linesOf = (title: string) =>
  within(screen.getByRole("list", { name: title }))
    .getAllByRole("listitem")
    .map((line) => line.textContent);

const copies = (backend: MemoryBackend) => backend.calls.filter(([method]) => method === "copySummary");

describe("the result of an entry", () => {
  test.each([
    ["what was done", entry.changedNothing, "Changed nothing"],
    ["one change", entry.one, "1 change"],
    ["several changes", entry.two, "2 changes"],
    ["that nobody watched", entry.notWatched, "Not watched"],
  ])("tells %s", async (_, at, words) => {
    await openHistory();
    expect(within((await rows())[at] ?? document.body).getByText(words)).toBeTruthy();
  });

  test("of a session whose changes are sent now says so", async () => {
    await openHistory(({ history, live }) => {
      const priya = live.find(({ id }) => id === "rid_priya");
      if (priya) Object.assign(priya.watching, { watched: true, mode: "allow_changes" });
      Object.assign(history[0] ?? {}, { id: "rid_priya", result: "live", outcome: "" });
    });
    expect(await within(await list()).findByText(", Allow changes")).toBeTruthy();
  });
});

describe("the course of a session", () => {
  test("tells when changes were allowed, how long and why", async () => {
    const { shown } = await openEntry(entry.one);
    expect(await shown.findByText("Signed in, view only")).toBeTruthy();
    expect(shown.getByText("Changes allowed for 10 min")).toBeTruthy();
    expect(shown.getByText("“She asked me to resend the invitation”")).toBeTruthy();
    expect(shown.getByText("View only again")).toBeTruthy();
  });

  test("tells which path and connection were allowed", async () => {
    const { shown } = await openEntry(entry.two);
    expect(await shown.findByText("acme.example/api/search")).toBeTruthy();
    expect(shown.getByText("“They search by POST”")).toBeTruthy();
    expect(shown.getByText("live.acme.example", { selector: "bdi.block" })).toBeTruthy();
  });

  test("is not said to have expired where only the time for changes was up", async () => {
    const { shown } = await openEntry(entry.one, (backend) => {
      const { listRecords } = backend;
      backend.listRecords = async (id) => {
        const { records, anchor } = await listRecords(id);
        const byTime = { code: "time" };
        return {
          anchor,
          records: records.map((one) => (one.event === "changes_over" ? { ...one, ...byTime } : one)),
        };
      };
    });
    expect(await shown.findByText("View only again")).toBeTruthy();
    expect(shown.queryByText("Expired")).toBeNull();
  });
});

describe("the report", () => {
  test("lists pages, a few at first, and what was sent and held back", async () => {
    const { shown, user } = await openEntry(entry.one);
    await shown.findByRole("list", { name: "Looked at 6 pages" });
    expect(linesOf("Looked at 6 pages")).toEqual([
      "/1",
      "/settings/approvals4",
      "/organizations/:id/members2",
    ]);
    await user.click(shown.getByRole("button", { name: "3 more" }));
    expect(linesOf("Looked at 6 pages")).toHaveLength(6);
    expect(linesOf("Sent 1 change")[0]).toMatch(/^POST\/api\/invites\/:id\/resendStatus 200\d+:\d\d:\d\d$/);
    expect(linesOf("3 held back")).toEqual(["PATCH/api/approvals/:id2 times", "POST/api/telemetryonce"]);
  });

  test("lists refused connections and files", async () => {
    const { shown } = await openEntry(entry.two);
    await shown.findByRole("list", { name: "3 connections refused" });
    expect(linesOf("3 connections refused")).toEqual(["live.acme.example3 times"]);
    expect(linesOf("Downloaded 2 files")).toEqual(["application/pdf185 kB"]);
  });

  test("that was changed is an alert in its place, and the rest of the panel stays", async () => {
    const { shown } = await openEntry(entry.one, (backend) =>
      backend.fail("getReport", { code: "report_damaged" }),
    );
    expect((await shown.findByRole("alert")).textContent).toContain("doesn't match the history");
    expect(await shown.findByText("Changes allowed for 10 min")).toBeTruthy();
    expect(shown.getByRole("button", { name: "Copy anchor" })).toBeTruthy();
    expect(shown.queryByRole("button", { name: "Copy summary for the ticket" })).toBeNull();
  });

  test("is said not to be there where nobody watched", async () => {
    const { backend, shown } = await openEntry(entry.notWatched);
    expect(await shown.findByText("There is no report: Understudy did not watch this browser.")).toBeTruthy();
    expect(shown.queryByRole("button", { name: "Copy summary for the ticket" })).toBeNull();
    expect(backend.calls.map(([method]) => method)).not.toContain("getReport");
  });
});

describe("the summary for the ticket", () => {
  afterEach(() => vi.useRealTimers());

  test("is copied by its keys, which is told for 2 s", async () => {
    const { backend, user, shown } = await openEntry(entry.one);
    await shown.findByRole("button", { name: "Copy summary for the ticket" });
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await user.keyboard("{Control>}{Shift>}s{/Shift}{/Control}");
    expect(await shown.findByRole("button", { name: "Copied" })).toBeTruthy();
    expect(copies(backend)).toEqual([["copySummary", "rid_3"]]);
    act(() => void vi.advanceTimersByTime(2_000));
    expect(shown.getByRole("button", { name: "Copy summary for the ticket" })).toBeTruthy();
  });

  test("that cannot be copied says why", async () => {
    const { user, shown } = await openEntry(entry.one, (backend) =>
      backend.fail("copySummary", { code: "clipboard_failed" }),
    );
    await user.click(await shown.findByRole("button", { name: "Copy summary for the ticket" }));
    expect(await shown.findByRole("alert")).toBeTruthy();
  });

  test("is among the commands while there is one", async () => {
    const { backend, user, shown } = await openEntry(entry.one);
    await shown.findByRole("button", { name: "Copy summary for the ticket" });
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox", { name: "Commands" }), ">summary");
    await user.click(await screen.findByRole("option", { name: /^Copy summary for the ticket/ }));
    await expect.poll(() => copies(backend)).toHaveLength(1);
  });
});
