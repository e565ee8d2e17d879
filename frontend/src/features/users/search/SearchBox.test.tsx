import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { UsersRequest } from "@/backend/users";
import { activeRow, renderUsers, row } from "../renderUsers";

function queries(requests: UsersRequest[]): string[] {
  return requests.map(({ view }) => view.query);
}

/** The search box beside its rows, with the clock that typing rests by in the hands of the test. */
async function renderToType() {
  const { asked } = await renderUsers();
  await row("Noor Haddad");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  return { box: screen.getByRole("searchbox", { name: "Search users" }), asked };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("searching", () => {
  test("typing asks once, after a rest", async () => {
    const { box, asked } = await renderToType();
    for (const value of ["w", "we", "wei"]) {
      fireEvent.change(box, { target: { value } });
      act(() => void vi.advanceTimersByTime(199));
      expect(queries(asked())).toEqual([""]);
    }
    act(() => void vi.advanceTimersByTime(1));
    vi.useRealTimers();
    expect(await row("Wei Zhang")).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Noor Haddad" })).toBeNull());
    expect(queries(asked())).toEqual(["", "wei"]);
  });

  test("Enter does not ask again for what has just been asked for", async () => {
    const { asked } = await renderUsers();
    await row("Noor Haddad");
    vi.useFakeTimers();
    const box = screen.getByRole("searchbox", { name: "Search users" });
    fireEvent.change(box, { target: { value: "wei" } });
    act(() => void vi.advanceTimersByTime(200));
    fireEvent.keyDown(box, { key: "Enter" });
    vi.useRealTimers();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("grid")));
    expect(queries(asked())).toEqual(["", "wei"]);
  });

  test("Enter does not wait for the rest, and what was typed before it is asked for no more", async () => {
    const { box, asked } = await renderToType();
    fireEvent.change(box, { target: { value: "wei" } });
    fireEvent.keyDown(box, { key: "Enter" });
    expect(queries(asked())).toEqual(["", "wei"]);
    act(() => void vi.advanceTimersByTime(1000));
    vi.useRealTimers();
    expect(await row("Wei Zhang")).toBeTruthy();
    expect(queries(asked())).toEqual(["", "wei"]);
  });

  test("a condition that is not finished is not asked for, nor what stood there before it", async () => {
    const { box, asked } = await renderToType();
    for (const value of ["email", "email:"]) fireEvent.change(box, { target: { value } });
    act(() => void vi.advanceTimersByTime(1000));
    expect(queries(asked())).toEqual([""]);
  });

  test("the rows before stay until the answer is there", async () => {
    const { user, backend, asked } = await renderUsers();
    await row("Noor Haddad");
    await screen.findByText("2,500 users");
    const release = backend.hold("listUsers");
    await user.click(screen.getByRole("searchbox"));
    await user.paste("wei");
    await user.keyboard("{Enter}");
    await expect.poll(() => queries(asked())).toEqual(["", "wei"]);
    expect(screen.getByRole("rowheader", { name: "Noor Haddad" })).toBeTruthy();
    // With the number that belongs to them.
    expect(screen.getByText("2,500 users")).toBeTruthy();
    release();
    await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Noor Haddad" })).toBeNull());
    await waitFor(() => expect(screen.queryByText("2,500 users")).toBeNull());
  });

  test("Enter goes on with the first that is found", async () => {
    const { user } = await renderUsers();
    await row("Noor Haddad");
    await user.type(screen.getByRole("searchbox"), "priya{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("grid")));
    expect(activeRow()?.textContent).toContain("Priya Raman");
    expect(screen.getByRole("complementary", { name: "Details" }).textContent).toContain("Priya Raman");
  });

  test("an operator who goes on typing after Enter stays in the box when the answer comes", async () => {
    const { user, backend, asked } = await renderUsers();
    await row("Noor Haddad");
    const release = backend.hold("listUsers");
    const box = screen.getByRole("searchbox");
    await user.click(box);
    await user.paste("pri");
    await user.keyboard("{Enter}");
    await user.paste("ya");
    await expect.poll(() => queries(asked())).toEqual(["", "pri", "priya"]);
    release();
    await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Noor Haddad" })).toBeNull());
    expect(document.activeElement).toBe(box);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("grid")));
  });

  test("an operator who goes back into the box after Enter stays there when the answer comes", async () => {
    const { user, backend } = await renderUsers();
    await screen.findByText("2,500 users");
    const release = backend.hold("listUsers");
    const box = screen.getByRole("searchbox");
    await user.click(box);
    await user.paste("priya");
    await user.keyboard("{Enter}");
    await user.click(box);
    release();
    // The count beside the table has followed: by now the box would have been left.
    await waitFor(() => expect(screen.queryByText("2,500 users")).toBeNull());
    expect(document.activeElement).toBe(box);
  });

  test.each(["wei.zhang@lumenhq.example", "user_2nQx8ZkT0vYd4LrWc1aB3"])(
    "a pasted %s is not waited for",
    async (text) => {
      const { user, asked } = await renderUsers();
      await row("Noor Haddad");
      await user.click(screen.getByRole("searchbox"));
      await user.paste(text);
      await expect.poll(() => queries(asked())).toEqual(["", text]);
    },
  );

  test.each(["/", "{Control>}f{/Control}"])("%s leads to the box, Esc clears it", async (keys) => {
    const { user, asked } = await renderUsers();
    await user.click(await row("Noor Haddad"));
    await user.keyboard(keys);
    const box = screen.getByRole<HTMLInputElement>("searchbox");
    await expect.poll(() => document.activeElement).toBe(box);
    await user.paste("castro");
    expect(await screen.findByText("250 of 2,500")).toBeTruthy();
    await user.keyboard("{Escape}");
    expect(box.value).toBe("");
    expect(await row("Noor Haddad")).toBeTruthy();
    await expect.poll(() => queries(asked())).toEqual(["", "castro", ""]);
  });

  test("a search that cannot be done is said under the box, and the rows stay", async () => {
    const { user, backend } = await renderUsers();
    await row("Noor Haddad");
    backend.fail("listUsers", { code: "search_invalid", message: "Clerk cannot list locked users." });
    const box = screen.getByRole("searchbox");
    await user.type(box, "locked:yes{Enter}");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("Clerk cannot list locked users.");
    expect(box.getAttribute("aria-describedby")).toBe(alert.id);
    expect(screen.getByRole("rowheader", { name: "Noor Haddad" })).toBeTruthy();
  });

  test("nobody found: it offers to clear, and the focus stays in the box", async () => {
    const { user } = await renderUsers();
    await row("Noor Haddad");
    const box = screen.getByRole("searchbox");
    await user.type(box, "priya ramen{Enter}");
    expect(await screen.findByRole("heading", { name: "No user matches “priya ramen”" })).toBeTruthy();
    await expect.poll(() => document.activeElement).toBe(box);
    const [, clear] = screen.getAllByRole("button", { name: "Clear search" });
    await user.click(clear ?? box);
    expect(await row("Noor Haddad")).toBeTruthy();
  });
});

describe("counting", () => {
  test("rows do not wait for the count of a search, which tells how many of how many", async () => {
    const { user, backend } = await renderUsers();
    expect(await screen.findByText("2,500 users")).toBeTruthy();
    const release = backend.hold("countUsers");
    await user.type(screen.getByRole("searchbox"), "castro{Enter}");
    expect(await screen.findByText("100+ of 2,500")).toBeTruthy();
    release();
    expect(await screen.findByText("250 of 2,500")).toBeTruthy();
  });

  test("users that were deleted are counted now and then, and the pages asked for again", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { backend, asked } = await renderUsers({ users: 250 });
    await row("Noor Haddad");
    const grid = screen.getByRole("grid");
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("251"));
    const [noor] = backend.users;
    if (noor === undefined) throw new Error("the memory backend has no users");
    backend.users.splice(3, 1);
    // A user who came since is no row of this view, and makes up for nobody.
    const createdAt = new Date(Date.now() + 1000).toISOString();
    backend.users.unshift({ ...noor, id: "user_nina", name: "Nina New", createdAt });
    const before = asked().length;
    act(() => grid.focus());
    fireEvent.focus(window);
    await act(() => vi.advanceTimersByTimeAsync(46_000));
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("250"));
    await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Wei Zhang" })).toBeNull());
    expect(asked()).toHaveLength(before + 1);
  });

  test("with the oldest first the newer users are shown at the end", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { backend } = await renderUsers({ users: 250 });
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
    await user.click(await row("Noor Haddad"));
    await user.click(screen.getByRole("button", { name: "Created" }));
    await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Noor Haddad" })).toBeNull());
    const [noor] = backend.users;
    if (noor === undefined) throw new Error("the memory backend has no users");
    const createdAt = new Date(Date.now() + 1000).toISOString();
    backend.users.unshift({ ...noor, id: "user_nina", name: "Nina New", createdAt });
    const grid = screen.getByRole("grid");
    Object.defineProperty(grid, "scrollHeight", { get: () => 253 * 32 });
    fireEvent.focus(window);
    await act(() => vi.advanceTimersByTimeAsync(46_000));
    await user.click(await screen.findByRole("button", { name: "Show" }));
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("252"));
    await waitFor(() => expect(grid.scrollTop).toBeGreaterThan(200 * 32));
    fireEvent.scroll(grid);
    expect(await row("Nina New")).toBeTruthy();
  });

  test("users that came since are counted while one works in the window, and shown when asked for", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { backend } = await renderUsers();
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
    await user.click(await row("Noor Haddad"));
    const [noor] = backend.users;
    if (noor === undefined) throw new Error("the memory backend has no users");
    const createdAt = new Date(Date.now() + 1000).toISOString();
    backend.users.unshift({ ...noor, id: "user_nina", name: "Nina New", createdAt });
    fireEvent.focus(window);
    await act(() => vi.advanceTimersByTimeAsync(46_000));
    expect(await screen.findByText("1 newer user")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Show" }));
    expect(await row("Nina New")).toBeTruthy();
    expect(await screen.findByText("2,501 users")).toBeTruthy();
  });
});
