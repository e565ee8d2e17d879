import { describe, expect, test } from "vitest";
import { commandOf, type KeyPress } from "./keys";

const none: KeyPress = { key: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

describe("commandOf", () => {
  test.each<[string, Partial<KeyPress>, ReturnType<typeof commandOf>]>([
    ["down", { key: "ArrowDown" }, { do: "move", rows: 1 }],
    ["up", { key: "ArrowUp" }, { do: "move", rows: -1 }],
    ["a page", { key: "PageDown" }, { do: "page", pages: 1 }],
    ["a page back", { key: "PageUp" }, { do: "page", pages: -1 }],
    [
      "the first row on macOS",
      { key: "ArrowUp", metaKey: true },
      { do: "move", rows: Number.NEGATIVE_INFINITY },
    ],
    ["the first row", { key: "Home" }, { do: "move", rows: Number.NEGATIVE_INFINITY }],
    ["the last row", { key: "End", ctrlKey: true }, { do: "move", rows: Number.POSITIVE_INFINITY }],
    [
      "the last row on macOS",
      { key: "ArrowDown", metaKey: true },
      { do: "move", rows: Number.POSITIVE_INFINITY },
    ],
    ["opening", { key: "Enter" }, { do: "open" }],
    ["a look", { key: " " }, { do: "preview" }],
    ["the menu", { key: "F10", shiftKey: true }, { do: "menu" }],
    ["impersonating is not the grid's", { key: "Enter", ctrlKey: true }, undefined],
    ["copying is not the grid's", { key: "c", ctrlKey: true }, undefined],
    ["with Alt nothing is", { key: "ArrowDown", altKey: true }, undefined],
    ["a letter", { key: "a" }, { do: "type", letter: "a" }],
    ["a capital", { key: "A", shiftKey: true }, { do: "type", letter: "A" }],
    ["a wider column", { key: "ArrowRight", shiftKey: true }, { do: "resize", by: 1 }],
    ["a column further on", { key: "ArrowRight", shiftKey: true, ctrlKey: true }, { do: "reorder", by: 1 }],
    ["a slash is not: it leads to the search", { key: "/" }, undefined],
    ["copying the id is not", { key: "C", ctrlKey: true, shiftKey: true }, undefined],
    ["a selection of several is not", { key: "ArrowDown", shiftKey: true }, undefined],
  ])("%s", (_, press, command) => {
    expect(commandOf({ ...none, ...press }, false)).toEqual(command);
  });

  test("a space within a word that is being typed is a letter of it", () => {
    expect(commandOf({ ...none, key: " " }, true)).toEqual({ do: "type", letter: " " });
    expect(commandOf({ ...none, key: " ", ctrlKey: true }, true)).toBeUndefined();
  });
});
