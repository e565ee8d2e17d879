import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import * as fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { columnsOf, fitted, keptOf, moved, resized, toggled, tracksOf } from "./columns";
import { renderUsers, row } from "./renderUsers";

const headers = (): (string | null)[] =>
  screen.getAllByRole("columnheader").map(({ textContent }) => textContent);
/** How wide the table is before anything is measured. */
const inAWindowOf = (width: number): void => void vi.stubGlobal("innerWidth", width);
afterEach(() => void vi.unstubAllGlobals());
const tracks = (): string => screen.getByRole("grid").style.getPropertyValue("--tracks");

describe("columns", () => {
  test("are what was kept, then what a newer version brings; unknown ones are left out", () => {
    const all = columnsOf([
      { id: "email", width: 200, hidden: false, by_room: false },
      { id: "shoeSize", width: 0, hidden: false, by_room: false },
      { id: "name", width: 0, hidden: true, by_room: false },
    ]);
    expect(all.map(({ name }) => name)).toEqual(["email", "name", "username", "id", "lastSignIn", "created"]);
    expect(all.find(({ name }) => name === "name")?.hidden).toBe(false);
    expect(tracksOf(all.slice(0, 1))["--tracks"]).toBe("minmax(0,12.5rem)");
  });

  test("each column is there once after any changes, and comes back as it was kept", () => {
    const name = fc.constantFrom(...columnsOf([]).map((column) => column.name));
    const change = fc.oneof(
      fc.record({ name, by: fc.constantFrom(1 as const, -1 as const) }),
      fc.record({ name, width: fc.integer() }),
      fc.record({ name }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        let all = columnsOf([]);
        for (const each of changes) {
          if ("by" in each) all = moved(all, each.name, each.by);
          else if ("width" in each) all = resized(all, each.name, each.width);
          else if (each.name !== "name") all = toggled(all, each.name);
        }
        expect(new Set(all.map((column) => column.name)).size).toBe(6);
        expect(columnsOf(keptOf(all))).toEqual(all);
      }),
    );
  });

  test("in more room there are more of them, and no room changes what was chosen or is kept", () => {
    const room = fc.double({ min: 0, max: 400, noNaN: true });
    const chosen = fc.subarray(columnsOf([]).map(({ name }) => name));
    fc.assert(
      fc.property(chosen, room, room, (names, one, other) => {
        const all = names.reduce((before, name) => toggled(before, name), columnsOf([]));
        const shownIn = (width: number) => fitted(all, width).filter(({ hidden }) => !hidden);
        expect(shownIn(Math.max(one, other)).length).toBeGreaterThanOrEqual(
          shownIn(Math.min(one, other)).length,
        );
        const chosenOf = (columns: typeof all) => columns.filter(({ byRoom }) => !byRoom);
        expect(chosenOf(fitted(all, one))).toEqual(chosenOf(all));
        expect(keptOf(fitted(all, one))).toEqual(keptOf(all));
        expect(fitted(fitted(all, one), other)).toEqual(fitted(all, other));
      }),
    );
  });
});

describe("in the table", () => {
  test("the menu hides, shows and moves them, and the settings keep it", async () => {
    const { user, backend } = await renderUsers();
    await row("Noor Haddad");
    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(await screen.findByRole("checkbox", { name: "Email" }));
    await user.click(screen.getByRole("checkbox", { name: "User ID" }));
    await user.click(screen.getByRole("button", { name: "Move Created left" }));
    await waitFor(() => expect(headers()).toEqual(["Name", "User ID", "Created", "Last sign-in"]));
    const first = await row("Noor Haddad");
    expect(within(first).getAllByRole("gridcell")[0]?.textContent).toBe(backend.users[0]?.id);
    const { columns } = await backend.getSettings();
    expect(columns.filter(({ hidden }) => hidden).map(({ id }) => id)).toEqual(["email", "username"]);
    await user.click(screen.getByRole("button", { name: "Reset columns" }));
    expect(headers()).toEqual(["Name", "Email", "Last sign-in", "Created"]);
  });

  test("more of them show by themselves in a wide window, but none that the menu took away", async () => {
    inAWindowOf(2560);
    const { user, backend } = await renderUsers();
    await row("Noor Haddad");
    const all = ["Name", "Email", "Username", "User ID", "Last sign-in", "Created"];
    expect(headers()).toEqual(all);
    await user.click(screen.getByRole("button", { name: "Columns" }));
    const username = await screen.findByRole("checkbox", { name: "Username", checked: true });
    await user.click(username);
    expect(headers()).toEqual(all.filter((name) => name !== "Username"));
    const { columns } = await backend.getSettings();
    expect(columns.filter(({ by_room: byRoom }) => byRoom).map(({ id }) => id)).toEqual(["id"]);
    await user.click(screen.getByRole("button", { name: "Reset columns" }));
    expect(headers()).toEqual(all);
  });

  test("a column that the menu shows stays in a small window", async () => {
    inAWindowOf(1280);
    const { user } = await renderUsers();
    await row("Noor Haddad");
    expect(headers()).toEqual(["Name", "Email", "Last sign-in", "Created"]);
    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(await screen.findByRole("checkbox", { name: "User ID" }));
    expect(headers()).toEqual(["Name", "Email", "User ID", "Last sign-in", "Created"]);
  });

  test("Shift and the arrows resize the active one, with Ctrl they move it", async () => {
    const { user, backend } = await renderUsers();
    await row("Noor Haddad");
    act(() => screen.getByRole("grid").focus());
    await user.keyboard("{ArrowUp}{ArrowLeft}{ArrowLeft}{Shift>}{ArrowRight}{/Shift}");
    expect(tracks()).toContain("minmax(0,4rem)");
    await user.keyboard("{Shift>}{Control>}{ArrowLeft}{/Control}{/Shift}");
    expect(headers()).toEqual(["Email", "Name", "Last sign-in", "Created"]);
    expect(
      document.getElementById(screen.getByRole("grid").getAttribute("aria-activedescendant") ?? ""),
    ).toBe(screen.getByRole("columnheader", { name: "Email" }));
    await waitFor(async () => expect((await backend.getSettings()).columns[0]?.id).toBe("email"));
  });

  test("the edge of a header is dragged, and a double click lets it share the room again", async () => {
    const { backend } = await renderUsers();
    await row("Noor Haddad");
    const edge = screen.getByRole("columnheader", { name: "Email" }).lastElementChild;
    if (edge === null) throw new Error("the header has no edge");
    edge.setPointerCapture = () => undefined;
    fireEvent.pointerDown(edge, { button: 0, clientX: 0 });
    fireEvent.pointerMove(edge, { clientX: 320 });
    expect(tracks()).toContain("minmax(0,20rem)");
    expect(backend.calls.some(([method]) => method === "changeSettings")).toBe(false);
    fireEvent.lostPointerCapture(edge);
    await waitFor(() => expect(backend.calls.some(([method]) => method === "changeSettings")).toBe(true));
    fireEvent.doubleClick(edge);
    await waitFor(() => expect(tracks()).not.toContain("minmax(0,20rem)"));
  });

  test("a change that cannot be kept goes back, and an alert says why", async () => {
    const { user, backend } = await renderUsers();
    await row("Noor Haddad");
    backend.fail("changeSettings", {
      code: "settings_unwritable",
      message: "The settings could not be saved.",
    });
    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(await screen.findByRole("checkbox", { name: "Email" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The settings could not be saved.");
    expect(headers()).toEqual(["Name", "Email", "Last sign-in", "Created"]);
  });
});
