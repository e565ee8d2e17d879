import { screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { inWords } from "@/actions/inWords";
import { actions, type Chord, chordsOf, instanceActions } from "@/actions/keys";
import { commandOf } from "@/features/users/keys";
import { openApp } from "@/testing/open";
import { keyGroups } from "./helpKeys";

/** Returns the text that is read aloud of an element. */
function readOf(element: Element): string {
  const copy = document.createElement("div");
  copy.append(element.cloneNode(true));
  for (const silent of copy.querySelectorAll("[aria-hidden]")) silent.remove();
  return copy.textContent;
}

/** Returns the command that a chord gives to the users' grid. */
function asked({ key, mod = false, shift = false }: Chord) {
  return commandOf({ key, ctrlKey: mod, shiftKey: shift, metaKey: false, altKey: false }, false);
}

async function openHelp() {
  const opened = openApp({ connected: false });
  await opened.user.click(await screen.findByRole("button", { name: "What Understudy promises" }));
  return { ...opened, help: await screen.findByRole("dialog", { name: "Keyboard shortcuts and security" }) };
}

test("help shows the promises, and has the focus where keys scroll it", async () => {
  const { help } = await openHelp();
  expect(within(help).getByText(/Your secret key is in your keychain/)).toBeTruthy();
  const text = within(help).getByRole("document", { name: "Keyboard shortcuts and security" });
  await expect.poll(() => document.activeElement).toBe(text);
});

describe("the keys in the help", () => {
  test("every action that has keys is there, with all of them to be read", async () => {
    const { help } = await openHelp();
    const lines = within(help).getAllByRole("definition").map(readOf);
    const missing = actions
      .filter((action) => !instanceActions.includes(action) && chordsOf(action).length > 0)
      .map((action) =>
        chordsOf(action)
          .map((chord) => inWords(chord))
          .join(", "),
      )
      .filter((words) => !lines.includes(words));
    expect(missing).toEqual([]);
    expect(lines).toContain("Alt 1 to Alt 9");
  });

  test("each line of the help says what its keys do", async () => {
    const { help } = await openHelp();
    const lines = within(help)
      .getAllByRole("term")
      .map((term) => `${readOf(term)}: ${readOf(term.nextElementSibling ?? term)}`);
    expect(lines).toEqual(
      expect.arrayContaining([
        "Search users: Ctrl F, slash",
        "Refresh: Ctrl R, F5",
        "Open Settings: Ctrl comma, Ctrl 4",
        "Next pane: F6",
        "Close the open panel, then clear the search: Escape",
        "Menu of the user: Shift F10, menu key",
        "Select by the first letters: A to Z",
        "Move left or right: Ctrl Shift left arrow, Ctrl Shift right arrow",
      ]),
    );
  });

  test("the help lists the keys that the users' grid takes, and no others", () => {
    const named = ["Up", "Down", "Left", "Right"].map((side) => `Arrow${side}`);
    const others = ["PageUp", "PageDown", "Home", "End", "Enter", " ", "F10", "ContextMenu", "Delete"];
    const known = [...named, ...others].flatMap((key) =>
      [false, true].flatMap((mod) => [false, true].map((shift) => asked({ key, mod, shift }))),
    );
    const lines = keyGroups(true)
      .slice(1)
      .flatMap((group) => group.lines);
    const listed = lines.flatMap(({ chords }) => chords.map(asked));
    expect(listed).toEqual(expect.arrayContaining(known.filter((command) => command !== undefined)));
    const ofActions = actions.flatMap(chordsOf);
    const dead = lines.filter(
      ({ chords }) => !chords.every((chord) => asked(chord) ?? ofActions.includes(chord)),
    );
    expect(dead).toEqual([]);
  });
});
