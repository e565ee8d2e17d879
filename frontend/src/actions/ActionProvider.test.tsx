import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { BackendProvider } from "@/backend/BackendProvider";
import { createMemoryBackend } from "@/backend/memory/memory";
import { AfterFirstPaint, FirstPaint } from "@/ui/AfterFirstPaint";
import { ActionProvider, useAction } from "./ActionProvider";
import type { Action } from "./keys";

const handled = vi.fn<(action: Action) => void>();

function Screen() {
  for (const action of ["search", "copyEmail", "copyID", "paste", "refresh", "nextPane"] as const) {
    // oxlint-disable-next-line react/rules-of-hooks -- always the same ones
    useAction(action, () => handled(action));
  }
  return (
    <>
      <input aria-label="Box" />
      <p>fjordbank</p>
    </>
  );
}

function showScreen(): { box: HTMLElement } {
  render(
    <BackendProvider backend={createMemoryBackend()}>
      <ActionProvider>
        <Screen />
      </ActionProvider>
    </BackendProvider>,
  );
  return { box: screen.getByRole("textbox", { name: "Box" }) };
}

/** Reports whether the page is kept from doing what it does by itself. */
const press = (target: Element, init: KeyboardEventInit) => !fireEvent.keyDown(target, init);

beforeEach(() => void handled.mockClear());

describe("the keys", () => {
  test.each<
    [
      name: string,
      init: KeyboardEventInit,
      where: "box" | "page",
      selected: string,
      action: Action | undefined,
    ]
  >([
    ["Ctrl+C copies the email", { key: "c", ctrlKey: true }, "page", "", "copyEmail"],
    ["Ctrl+C copies text that is selected", { key: "c", ctrlKey: true }, "page", "fjordbank", undefined],
    ["Ctrl+C copies from a box", { key: "c", ctrlKey: true }, "box", "", undefined],
    [
      "Ctrl+Shift+C copies the id, whatever is selected",
      { key: "C", ctrlKey: true, shiftKey: true },
      "page",
      "fjordbank",
      "copyID",
    ],
    ["Ctrl+V pastes a key", { key: "v", ctrlKey: true }, "page", "", "paste"],
    ["Ctrl+V pastes into a box", { key: "v", ctrlKey: true }, "box", "", undefined],
    ["a slash leads to the search", { key: "/" }, "page", "", "search"],
    ["a slash in a box is typed", { key: "/" }, "box", "", undefined],
    ["Ctrl+F leads to the search from a box as well", { key: "f", ctrlKey: true }, "box", "", "search"],
    ["F5 refreshes", { key: "F5" }, "page", "", "refresh"],
    ["Ctrl+R refreshes, and does not load the page anew", { key: "r", ctrlKey: true }, "page", "", "refresh"],
  ])("%s", (_, init, where, selected, action) => {
    const { box } = showScreen();
    document.getSelection()?.removeAllRanges();
    if (selected !== "") document.getSelection()?.selectAllChildren(screen.getByText(selected));
    const kept = press(where === "box" ? box : document.body, init);
    expect(handled.mock.calls).toEqual(action ? [[action]] : []);
    expect(kept).toBe(action !== undefined);
  });

  test("a key that is held acts once, and the page does nothing with it either", () => {
    showScreen();
    expect(press(document.body, { key: "F6" })).toBe(true);
    for (let repeat = 0; repeat < 3; repeat += 1)
      expect(press(document.body, { key: "F6", repeat: true })).toBe(true);
    expect(handled).toHaveBeenCalledOnce();
  });

  test("a held key that nobody wants is left to the page", () => {
    showScreen();
    expect(press(document.body, { key: "k", ctrlKey: true, repeat: true })).toBe(false);
    expect(handled).not.toHaveBeenCalled();
  });

  test.each([{ isComposing: true }, { keyCode: 229 }])(
    "a key of an input method (%o) reaches neither an action nor the box",
    (method) => {
      const { box } = showScreen();
      const heard = vi.fn<() => void>();
      box.addEventListener("keydown", heard);
      for (const key of ["Enter", "Escape", "F5"]) expect(press(box, { key, ...method })).toBe(false);
      expect(handled).not.toHaveBeenCalled();
      expect(heard).not.toHaveBeenCalled();
    },
  );

  test("a key that something else has taken is no action", () => {
    const { box } = showScreen();
    box.addEventListener("keydown", (event) => event.preventDefault());
    press(box, { key: "F5" });
    expect(handled).not.toHaveBeenCalled();
  });
});

test("actions before the second frame wait for who answers to them", async () => {
  const backend = createMemoryBackend();
  render(
    <BackendProvider backend={backend}>
      <FirstPaint>
        <ActionProvider>
          <AfterFirstPaint>
            <Screen />
          </AfterFirstPaint>
        </ActionProvider>
      </FirstPaint>
    </BackendProvider>,
  );
  backend.choose("search");
  for (let times = 0; times < 2; times += 1) expect(press(document.body, { key: "F5" })).toBe(true);
  backend.choose("refresh"); // the same press, as the menu of Windows tells it again
  expect(handled).not.toHaveBeenCalled();
  await screen.findByRole("textbox", { name: "Box" });
  expect(handled.mock.calls).toEqual([["search"], ["refresh"], ["refresh"]]);
});
