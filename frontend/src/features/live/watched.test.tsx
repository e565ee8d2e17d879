/** Tests of the board with browsers that Understudy holds. */
import { act, screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { Watching } from "@/backend/impersonations";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import { showApp } from "@/testing/open";
import { formatClock } from "@/text/format";

/** Opens the board with Priya's browser in view only and Tomás's with changes allowed. */
async function openWatched(prepare: (backend: MemoryBackend) => void = () => undefined) {
  const backend = createMemoryBackend({ users: 60, history: 12, busy: "watched" });
  prepare(backend);
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "Live" }));
  const board = await screen.findByRole("grid", { name: "Impersonations" });
  const row = (name: string) => {
    const header = within(board)
      .getAllByRole("rowheader")
      .find((one) => one.textContent.includes(name));
    if (!header?.parentElement) throw new Error(`${name} is not on the board`);
    return header.parentElement;
  };
  return { backend, user, board, row };
}

const watchingOf = (backend: MemoryBackend, id: string): Watching => {
  const item = backend.live.find((one) => one.id === id);
  if (!item) throw new Error(`${id} is not live`);
  return item.watching;
};
const names = (board: HTMLElement) =>
  within(board)
    .getAllByRole("rowheader")
    .map((header) => header.querySelector("bdi")?.textContent);
const said = () =>
  screen
    .getAllByRole("status")
    .map(({ textContent }) => textContent.replaceAll(/[\u2066-\u2069]/g, ""))
    .join("\n");

test("the mode stands in words, with what was held back and what was sent", async () => {
  const { row } = await openWatched();
  expect(row("Priya").textContent).toContain("View only3 held back");
  expect(row("Tomás").textContent).toMatch(/Allow changes[56]:\d\d left·2 sent/);
  expect(row("Noor").textContent).toContain("Not watched");
  expect(screen.getByText(/^View only guards against slips/)).toBeTruthy();
});

describe("a row", () => {
  test("opens with Space and the right arrow, closes with the left one and Escape, and stays in place", async () => {
    const { user, board, row } = await openWatched();
    const before = names(board);
    const details = "Held back in this session";
    for (const [opens, closes] of [
      [" ", "{ArrowLeft}"],
      ["{ArrowRight}", "{Escape}"],
    ] as const) {
      act(() => row("Priya").focus());
      await user.keyboard(opens);
      expect(within(board).getByRole("region", { name: details })).toBeTruthy();
      expect(document.activeElement).toBe(row("Priya"));
      expect(names(board)).toEqual(before);
      await user.keyboard(closes);
      expect(within(board).queryByRole("region", { name: details })).toBeNull();
    }
  });

  test("closes with Escape from inside, and the arrows pass over what is below it", async () => {
    const { user, board, row } = await openWatched();
    await user.click(within(board).getByRole("button", { name: "Details of Priya Raman" }));
    const inside = within(board).getByRole("button", { name: /^Allow this connection in this session/ });
    act(() => row("Priya").focus());
    await user.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(row("Tomás"));
    act(() => inside.focus());
    await user.keyboard("{Escape}");
    expect(document.activeElement).toBe(row("Priya"));
    expect(within(board).queryByText("Held back in this session")).toBeNull();
  });

  test("says why nobody watches", async () => {
    const { user, board } = await openWatched();
    await user.click(within(board).getByRole("button", { name: "Details of Noor Haddad" }));
    expect(within(board).getByText(/can't hold back changes, so Understudy can't watch it/)).toBeTruthy();
  });

  test("says how many more paths there are than it shows", async () => {
    const { user, board } = await openWatched((backend) => {
      watchingOf(backend, "rid_priya").heldBackMore = 120;
    });
    await user.click(within(board).getByRole("button", { name: "Details of Priya Raman" }));
    expect(within(board).getByText("and 120 more paths")).toBeTruthy();
  });
});

describe("a place", () => {
  test("is allowed for a reason, moves to those that are allowed, and comes back with Undo", async () => {
    const { backend, user, board } = await openWatched();
    await user.click(within(board).getByRole("button", { name: "Details of Priya Raman" }));
    await user.click(within(board).getByRole("button", { name: /^Allow this path .*search/ }));
    const dialog = await screen.findByRole("dialog", { name: /^Allow this path as/ });
    const { sessionEndsAt } = backend.live.find(({ id }) => id === "rid_priya") ?? { sessionEndsAt: "" };
    expect(dialog.textContent).toContain(`Until the session ends at ${formatClock(sessionEndsAt)}`);
    await user.click(screen.getByRole("button", { name: "Allow path" }));
    expect(screen.getByRole("alert").textContent).toBe("Enter a reason. It is saved in the history.");
    await user.keyboard("They search by POST{Control>}{Enter}{/Control}");
    const allowed = await within(board).findByRole("region", { name: "Allowed in this session" });
    expect(allowed.textContent).toContain("They search by POST");
    const held = () => within(board).getByRole("region", { name: "Held back in this session" }).textContent;
    expect(held()).not.toContain("/api/appointments/search");
    const place = { host: "app.meridian.example", path: "/api/appointments/search" };
    expect(backend.calls).toContainEqual(["allowPlace", "rid_priya", place, "They search by POST"]);
    await user.click(within(allowed).getByRole("button", { name: /^Undo/ }));
    await expect.poll(held).toContain("/api/appointments/search");
  });

  test("that a socket was refused to has one notice, gone once it is allowed", async () => {
    const { user, board } = await openWatched();
    await user.click(within(board).getByRole("button", { name: "Details of Priya Raman" }));
    await user.click(within(board).getByRole("button", { name: /^Allow this connection/ }));
    await user.keyboard("The app needs it");
    await user.click(screen.getByRole("button", { name: "Allow connection" }));
    await expect.poll(() => within(board).queryByText(/^This app talks over a socket to/)).toBeNull();
  });
});

describe("changes", () => {
  test("are allowed for as long as the rules say, and end at once", async () => {
    const { backend, user, board, row } = await openWatched();
    await user.click(within(board).getByRole("button", { name: "Allow changes as Priya Raman…" }));
    const dialog = await screen.findByRole("dialog", { name: /^Allow changes as/ });
    expect(dialog.textContent).toContain("Your rules allow 10 min at most.");
    await user.keyboard("Re-run the import");
    await user.click(within(dialog).getByRole("radio", { name: "5 min" }));
    await user.click(within(dialog).getByRole("button", { name: /^Allow changes/ }));
    expect(backend.calls).toContainEqual(["allowChanges", "rid_priya", "Re-run the import", 5]);
    await user.click(await within(board).findByRole("button", { name: "View only again: Priya Raman" }));
    await expect.poll(() => row("Priya").textContent).toContain("View only");
    expect(backend.calls).toContainEqual(["viewOnlyAgain", "rid_priya"]);
    expect(said()).toContain("View only again: Priya Raman");
  });

  test("that cannot be recorded change nothing, and the dialog says so", async () => {
    const { backend, user, board, row } = await openWatched();
    const shown = row("Priya");
    backend.fail("allowChanges", { code: "audit_unwritable", message: "Nothing was changed." });
    await user.click(within(board).getByRole("button", { name: "Allow changes as Priya Raman…" }));
    const dialog = await screen.findByRole("dialog", { name: /^Allow changes as/ });
    await user.keyboard("Re-run the import{Control>}{Enter}{/Control}");
    expect((await within(dialog).findByRole("alert")).textContent).toContain("Nothing was changed.");
    expect(within(dialog).getByRole("textbox")).toHaveProperty("value", "Re-run the import");
    expect(shown.textContent).toContain("View only");
  });

  test("that the rules forbid are a sentence, and no button", async () => {
    const { user, board } = await openWatched(
      (backend) => void backend.changeRules({ changes: { allow: "never" } }),
    );
    await user.click(within(board).getByRole("button", { name: "Details of Priya Raman" }));
    expect(await within(board).findByText("Your rules don't allow changes.")).toBeTruthy();
    expect(within(board).queryByRole("button", { name: /Allow/ })).toBeNull();
  });
});

describe("the mark in an app's page", () => {
  test("opens the dialog from any section", async () => {
    const { backend, user } = await openWatched();
    await user.click(screen.getByRole("button", { name: "History" }));
    const place = { host: "app.meridian.example", path: "/api/patients/:id" };
    act(() => backend.ask({ id: "rid_priya", kind: "path", place }));
    const dialog = await screen.findByRole("dialog", { name: /^Allow this path as/ });
    expect(dialog.textContent).toContain("app.meridian.example/api/patients/:id");
  });

  test("leads to the row, open and with the focus", async () => {
    const { backend, user } = await openWatched();
    await user.click(screen.getByRole("button", { name: "History" }));
    act(() => backend.ask({ id: "rid_priya", kind: "show" }));
    expect(await screen.findByText("Held back in this session")).toBeTruthy();
    expect(document.activeElement?.textContent).toContain("Priya Raman");
  });
});

test("the bar counts the minutes of changes, and names them so", async () => {
  // The bar has room for two.
  const { user } = await openWatched((backend) => void backend.live.shift());
  await user.click(screen.getByRole("button", { name: /^Users/ }));
  const bar = screen.getByRole("region", { name: "Live impersonations" });
  expect(
    within(bar).getByRole("timer", { name: /^Changes as Tomás Ferreira: [56] minutes \d+ seconds? left$/ }),
  ).toBeTruthy();
  const row = await screen.findByRole("row", { name: /Tomás Ferreira/ });
  expect(row.textContent).toMatch(/Changes as .*: [56] minutes \d+ seconds? left/);
});
