import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { activeRow, renderUsers, row } from "./renderUsers";

const header = (name: string): HTMLElement => screen.getByRole("columnheader", { name, hidden: true });

/** Returns the name of the user in the panel. */
async function shownUser(): Promise<string | null> {
  const panel = within(screen.getByRole("complementary", { name: "Details" }));
  return (await panel.findByRole("heading", { level: 2 })).textContent;
}

afterEach(() => {
  vi.useRealTimers();
});

describe("assistive technology reads", () => {
  test("a grid that knows how many rows there are, with the order on its header", async () => {
    await renderUsers();
    const first = await row("Noor Haddad");
    const grid = screen.getByRole("grid", { name: "Users" });
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("2501"));
    expect(first.getAttribute("aria-rowindex")).toBe("2");
    expect(
      within(first)
        .getAllByRole("gridcell")
        .map((cell) => cell.getAttribute("aria-colindex")),
    ).toEqual(["2", "3", "4"]);
    expect(screen.getByRole("columnheader", { name: "Created" }).getAttribute("aria-sort")).toBe(
      "descending",
    );
    expect(screen.getByRole("columnheader", { name: "Last sign-in" }).getAttribute("aria-sort")).toBe("none");
    expect(screen.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("none");
  });

  test("an unknown number of rows until somebody counted", async () => {
    await renderUsers({}, (backend) => backend.hold("countUsers"));
    await row("Noor Haddad");
    expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("-1");
    expect(await screen.findByText("100+ users")).toBeTruthy();
  });
});

describe("the keyboard", () => {
  test("one Tab stop; arrows, pages and ends move the active row, which is always there", async () => {
    const { user } = await renderUsers();
    await row("Noor Haddad");
    const grid = screen.getByRole("grid");
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("2501"));
    act(() => grid.focus());
    expect(activeRow()?.getAttribute("aria-rowindex")).toBe("2");
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(activeRow()?.getAttribute("aria-rowindex")).toBe("4");
    await user.keyboard("{PageDown}");
    expect(activeRow()?.getAttribute("aria-rowindex")).toBe("20");
    await user.keyboard("{End}");
    expect(activeRow()?.getAttribute("aria-rowindex")).toBe("2501");
    await user.keyboard("{Home}{ArrowDown}");
    expect(activeRow()?.getAttribute("aria-rowindex")).toBe("3");
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(0);
  });

  test("the active row stays in the page when it is scrolled out of sight", async () => {
    const { user } = await renderUsers();
    await user.click(await row("Wei Zhang"));
    const grid = screen.getByRole("grid");
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("2501"));
    fireEvent.scroll(grid, { target: { scrollTop: 1500 * 32 } });
    await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Noor Haddad" })).toBeNull());
    expect(activeRow()?.getAttribute("aria-rowindex")).toBe("5");
    expect(activeRow()?.textContent).toContain("Wei Zhang");
  });

  test("up from the first row is the header, where Enter sorts", async () => {
    const { user, asked } = await renderUsers();
    await row("Noor Haddad");
    act(() => screen.getByRole("grid").focus());
    await user.keyboard("{ArrowUp}{ArrowLeft}");
    expect(activeRow()).toBe(screen.getByRole("columnheader", { name: "Last sign-in" }));
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(asked().at(-1)?.view).toMatchObject({ sort: "last_sign_in_at", descending: true }),
    );
  });

  test("the header has no column that a narrow window leaves out", async () => {
    const { user } = await renderUsers();
    await row("Noor Haddad");
    header("Created").style.display = "none";
    header("Email").style.display = "none";
    act(() => screen.getByRole("grid").focus());
    await user.keyboard("{ArrowUp}");
    expect(activeRow()).toBe(header("Name"));
    await user.keyboard("{ArrowRight}");
    expect(activeRow()).toBe(header("Last sign-in"));
    await user.keyboard("{ArrowRight}");
    expect(activeRow()).toBe(header("Last sign-in"));
    await user.keyboard("{ArrowLeft}");
    expect(activeRow()).toBe(header("Name"));
  });

  test("a user from elsewhere, in no row that is loaded, stays picked when the grid gets the focus", async () => {
    const { user, backend } = await renderUsers(
      {},
      () => undefined,
      ({ users }) => users[1000]?.id,
    );
    await row("Noor Haddad");
    const name = backend.users[1000]?.name;
    await waitFor(async () => expect(await shownUser()).toBe(name));
    act(() => screen.getByRole("grid").focus());
    expect(await shownUser()).toBe(name);
    expect(activeRow()).toBeNull();
    // With the arrow from the search box the rows are meant.
    act(() => screen.getByRole("searchbox").focus());
    await user.keyboard("{ArrowDown}");
    expect(await shownUser()).toBe("Noor Haddad");
  });

  test("Enter goes to the panel, Esc back, Space shows and hides it", async () => {
    const { user } = await renderUsers();
    await row("Noor Haddad");
    const grid = screen.getByRole("grid");
    act(() => grid.focus());
    await user.keyboard("{Enter}");
    await expect
      .poll(() => document.activeElement)
      .toBe(screen.getByRole("button", { name: "Impersonate…" }));
    await user.keyboard("{Escape}");
    await expect.poll(() => document.activeElement).toBe(grid);
    await expect.poll(() => screen.queryByRole("complementary", { name: "Details" })).toBeNull();
    await user.keyboard(" ");
    expect(screen.getByRole("complementary", { name: "Details" })).toBeTruthy();
    await expect.poll(() => document.activeElement).toBe(grid);
  });

  test("Ctrl+Enter impersonates; Ctrl+C copies the email, with Shift the id", async () => {
    const { user, backend, impersonated } = await renderUsers();
    await user.click(await row("Wei Zhang"));
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(impersonated.map(({ name }) => name)).toEqual(["Wei Zhang"]);
    await user.keyboard("{Control>}c{/Control}");
    expect(await screen.findByText("Email copied")).toBeTruthy();
    await user.keyboard("{Control>}{Shift>}C{/Shift}{/Control}");
    expect(await screen.findByText("ID copied")).toBeTruthy();
    expect(backend.calls.filter(([method]) => method === "copyText")).toEqual([
      ["copyText", "wei.zhang@lumenhq.example"],
      ["copyText", impersonated[0]?.id],
    ]);
  });

  test("letters lead to the next loaded row that begins with them", async () => {
    const { user } = await renderUsers();
    await row("Noor Haddad");
    act(() => screen.getByRole("grid").focus());
    await user.keyboard("sof");
    expect(activeRow()?.textContent).toContain("Sofía Herrera Díaz");
    await user.keyboard("/");
    await expect.poll(() => document.activeElement).toBe(screen.getByRole("searchbox"));
  });

  test("a space soon after a letter goes on with the name, later it hides the panel", async () => {
    const { user } = await renderUsers({}, ({ users }) => {
      Object.assign(users[1] ?? {}, { name: "Wei Adler" });
    });
    await row("Noor Haddad");
    act(() => screen.getByRole("grid").focus());
    await user.keyboard("wei");
    expect(activeRow()?.textContent).toContain("Wei Adler");
    await user.keyboard(" z");
    expect(activeRow()?.textContent).toContain("Wei Zhang");
    expect(screen.getByRole("complementary", { name: "Details" })).toBeTruthy();
    const now = performance.now();
    vi.spyOn(performance, "now").mockReturnValue(now + 701);
    await user.keyboard(" ");
    expect(screen.queryByRole("complementary", { name: "Details" })).toBeNull();
    vi.restoreAllMocks();
  });
});

describe("the rows", () => {
  test("one request shows the first page", async () => {
    const { asked } = await renderUsers();
    await row("Noor Haddad");
    expect(asked()).toHaveLength(1);
  });

  test("only the rows in and around the window are drawn", async () => {
    await renderUsers();
    await row("Noor Haddad");
    expect(screen.getAllByRole("row").length).toBeLessThan(40);
  });

  test("a tag only for who is banned, locked, you, or being impersonated", async () => {
    await renderUsers({ busy: true });
    expect(await row("Alexander Petrov Banned")).toBeTruthy();
    expect(await row("Marta Kowalczyk Locked")).toBeTruthy();
    expect(await row("Maya Lindqvist You")).toBeTruthy();
    expect(await row(/^Priya Raman Being impersonated, \d+:\d\d left$/)).toBeTruthy();
    expect(await row("Noor Haddad")).toBeTruthy();
  });

  test("a user without a name is called by the email, the username or the id, and hostile names are text", async () => {
    const { backend } = await renderUsers({}, ({ users }) => {
      Object.assign(users[0] ?? {}, { name: " ", email: "nobody@mail.example" });
      Object.assign(users[1] ?? {}, { name: "", email: "", username: "tomas" });
      Object.assign(users[2] ?? {}, { name: "", email: "", username: "", contact: "" });
      Object.assign(users[3] ?? {}, { name: "<img src=x onerror=alert(1)>\u202egro.live" });
    });
    expect(await row("nobody@mail.example")).toBeTruthy();
    expect(await row("tomas")).toBeTruthy();
    expect(await row(backend.users[2]?.id ?? "")).toBeTruthy();
    const hostile = await screen.findByText(/^<img src=x/);
    expect(hostile.tagName).toBe("BDI");
    expect(document.querySelector("img")).toBeNull();
  });

  test("somebody who could not be read has a row, which is nobody's", async () => {
    const { user, impersonated } = await renderUsers({}, ({ users }) => {
      for (const i of [1, 2]) {
        Object.assign(users[i] ?? {}, { id: "", name: "", email: "", username: "", unreadable: true });
      }
      Object.assign(users[3] ?? {}, { id: "user_3", unreadable: true });
    });
    const first = await row("Noor Haddad");
    const grid = screen.getByRole("grid");
    const shown = [...grid.querySelectorAll("[data-index] [role=rowheader]")].map(
      ({ textContent }) => textContent,
    );
    expect(shown.slice(1, 4)).toEqual([
      "This user could not be read",
      "This user could not be read",
      "This user could not be read: user_3",
    ]);
    expect(shown[4]).not.toContain("could not be read");
    await user.click(first);
    for (const i of [1, 2, 3]) {
      await user.keyboard("{ArrowDown}");
      expect(grid.getAttribute("aria-activedescendant")).toBe(grid.querySelector(`[data-index="${i}"]`)?.id);
      await user.keyboard("{Enter}{Control>}{Enter}{/Control}");
    }
    expect(impersonated).toEqual([]);
    await user.keyboard("{ArrowDown}");
    expect(grid.querySelector('[data-index="4"]')?.getAttribute("aria-selected")).toBe("true");
  });

  test("names of several lines, from right to left or with zero-width characters take one line each", async () => {
    const names = [
      "Noor\nHaddad\r\n\r\n— line five",
      "نور حداد (admin)",
      "\u202eנועה",
      "No\u200bor\u200d Haddad",
    ];
    await renderUsers({}, ({ users }) => {
      for (const [i, name] of names.entries()) Object.assign(users[i] ?? {}, { name });
    });
    await row("Priya Raman");
    for (const [i, name] of names.entries()) {
      const text = document.querySelector(`[data-index="${i}"] [role=rowheader] bdi`);
      expect(text?.textContent).toBe(name);
      expect(text?.classList.contains("truncate")).toBe(true);
      expect(text?.closest<HTMLElement>("[role=row]")?.style.height).toBe("32px");
    }
  });

  test("pictures are loaded only where the settings say so, and initials stay when one is broken", async () => {
    await renderUsers();
    const first = await row("Noor Haddad");
    expect(first.querySelector("img")).toBeNull();
    cleanup();
    await renderUsers({}, (prepared) => void prepared.changeSettings({ show_pictures: true }));
    const picture = (await row("Noor Haddad")).querySelector("img");
    expect(picture?.getAttribute("src")).toBe("/avatar?of=noor");
    expect((await row("Wei Zhang")).querySelector("img")).toBeNull();
    if (picture !== null) fireEvent.error(picture);
    expect(document.querySelector("img")).toBeNull();
    expect((await row("Noor Haddad")).textContent).toContain("NH");
  });

  test.each([
    ["Name", "first_name", "ascending"],
    ["Email", "email_address", "ascending"],
    ["Last sign-in", "last_sign_in_at", "descending"],
  ])("sorts by %s, from where such an order begins, and then the other way", async (name, sort, begins) => {
    const { user, asked } = await renderUsers();
    await row("Noor Haddad");
    const turned = begins === "ascending" ? "descending" : "ascending";
    for (const direction of [begins, turned, begins]) {
      await user.click(within(header(name)).getByRole("button"));
      await waitFor(() => expect(header(name).getAttribute("aria-sort")).toBe(direction));
      await waitFor(() =>
        expect(asked().at(-1)?.view).toMatchObject({ sort, descending: direction === "descending" }),
      );
    }
    expect(header("Created").getAttribute("aria-sort")).toBe("none");
  });

  test("a column that Clerk cannot sort by has no button, and says nothing of an order", async () => {
    const { user } = await renderUsers();
    await row("Noor Haddad");
    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(await screen.findByRole("checkbox", { name: "User ID" }));
    expect(header("User ID").getAttribute("aria-sort")).toBeNull();
    expect(within(header("User ID")).queryByRole("button")).toBeNull();
  });

  test("a press beside the rows picks nobody, and the keyboard goes on from there", async () => {
    const { user } = await renderUsers();
    await row("Noor Haddad");
    const grid = screen.getByRole("grid");
    for (const beside of [header("Name"), within(header("Email")).getByRole("button"), grid]) {
      await user.click(beside);
      expect(document.activeElement).toBe(grid);
      expect(activeRow()).toBeNull();
    }
    await user.click(within(header("Created")).getByRole("button"));
    await waitFor(() => expect(grid.getAttribute("aria-busy")).toBe("false"));
    expect(activeRow()).toBeNull();
    expect(screen.queryByRole("complementary", { name: "Details" })).toBeNull();
    await user.keyboard("{ArrowDown}");
    expect(activeRow()?.getAttribute("aria-rowindex")).toBe("2");
    const picked = activeRow()?.textContent;
    await user.click(header("Name"));
    expect(activeRow()?.textContent).toBe(picked);
  });

  test("sorting by a header again turns the order round", async () => {
    const { user, asked } = await renderUsers();
    await row("Noor Haddad");
    await user.click(screen.getByRole("button", { name: "Created" }));
    await waitFor(() =>
      expect(asked().at(-1)?.view).toMatchObject({ sort: "created_at", descending: false }),
    );
    expect(screen.getByRole("columnheader", { name: "Created" }).getAttribute("aria-sort")).toBe("ascending");
  });

  test("a far scroll asks once it rests, and for the last place only", async () => {
    const { asked } = await renderUsers();
    await row("Noor Haddad");
    const grid = screen.getByRole("grid");
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("2501"));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    for (const index of [500, 2200, 1500]) {
      fireEvent.scroll(grid, { target: { scrollTop: index * 32 } });
      act(() => void vi.advanceTimersByTime(119));
    }
    expect(asked()).toHaveLength(1);
    act(() => void vi.advanceTimersByTime(1));
    vi.useRealTimers();
    await waitFor(() => expect(grid.querySelector('[data-index="1500"]')?.textContent).toContain("@"));
    expect(
      asked()
        .map(({ index }) => index)
        .toSorted((a, b) => a - b),
    ).toEqual([0, 1400, 1500]);
  });

  test("the status bar tells of which moment rows or order are, as far as there is room", async () => {
    const { user } = await renderUsers();
    await row("Noor Haddad");
    const said = await screen.findByText(/^As of \d/);
    expect(said.className).toContain("truncate");
    expect(said.className).not.toContain("hidden");
    await user.click(screen.getByRole("button", { name: "Last sign-in" }));
    const order = await screen.findByText(/^Order as of \d/);
    expect(order.title).toBe(order.textContent);
  });

  test("the table does not wait for what stands around it, which follows in the next frame", async () => {
    const { user } = await renderUsers();
    await row("Noor Haddad");
    await screen.findByText(/^As of \d/);
    vi.spyOn(window, "requestAnimationFrame").mockReturnValue(0); // no frame comes
    await user.click(screen.getByRole("button", { name: "Last sign-in" }));
    await waitFor(() => expect(header("Last sign-in").getAttribute("aria-sort")).toBe("descending"));
    expect(screen.queryByText(/^Order as of \d/)).toBeNull();
  });

  test("the rows in sight stay in place when a refresh brings users before them", async () => {
    const { user, backend } = await renderUsers();
    await row("Noor Haddad");
    const grid = screen.getByRole("grid");
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("2501"));
    fireEvent.scroll(grid, { target: { scrollTop: 1000 * 32 + 5 } });
    await waitFor(() => expect(grid.querySelector('[data-index="1000"]')?.textContent).toContain("@"));
    const [newest] = backend.users;
    if (newest === undefined) throw new Error("the memory backend has no users");
    backend.users.unshift({ ...newest, id: "user_nina", createdAt: new Date(Date.now() - 1).toISOString() });
    await user.click(screen.getByRole("button", { name: "Refresh" }));
    await waitFor(() => expect(grid.scrollTop).toBe(1001 * 32 + 5));
  });
});
