import { describe, expect, test } from "vitest";
import { inWords } from "./inWords";
import { type Action, actionOf, type Chord, type KeyPress, shortcutOf, written } from "./keys";

const none = { code: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

describe("actionOf", () => {
  test.each<[name: string, press: Partial<KeyPress>, mac: boolean, action: Action | undefined]>([
    ["Ctrl+F", { key: "f", ctrlKey: true }, false, "search"],
    ["Ctrl+F with Caps Lock", { key: "F", ctrlKey: true }, false, "search"],
    ["slash", { key: "/" }, false, "search"],
    ["slash with Shift, as on a German keyboard", { key: "/", shiftKey: true }, false, "search"],
    ["plain f", { key: "f" }, false, undefined],
    ["Cmd+F on macOS", { key: "f", metaKey: true }, true, "search"],
    ["Ctrl+F on macOS, which goes one letter on", { key: "f", ctrlKey: true }, true, undefined],
    ["Super+F on Linux", { key: "f", metaKey: true }, false, undefined],
    ["AltGr, which is Ctrl+Alt", { key: "f", ctrlKey: true, altKey: true }, false, undefined],
    ["Ctrl+C", { key: "c", ctrlKey: true }, false, "copyEmail"],
    ["Ctrl+Shift+C", { key: "C", ctrlKey: true, shiftKey: true }, false, "copyID"],
    ["Ctrl+Enter", { key: "Enter", ctrlKey: true }, false, "impersonate"],
    ["Ctrl+plus", { key: "+", ctrlKey: true, shiftKey: true }, false, "zoomIn"],
    ["Ctrl+equals", { key: "=", ctrlKey: true }, false, "zoomIn"],
    ["Ctrl+minus", { key: "-", ctrlKey: true }, false, "zoomOut"],
    ["Ctrl+0", { key: "0", code: "Digit0", ctrlKey: true }, false, "zoomReset"],
    ["Cmd+plus on macOS", { key: "+", metaKey: true, shiftKey: true }, true, "zoomIn"],
    ["Cmd+minus on macOS", { key: "-", metaKey: true }, true, "zoomOut"],
    ["Cmd+0 on macOS", { key: "0", code: "Digit0", metaKey: true }, true, "zoomReset"],
    ["F6", { key: "F6" }, false, "nextPane"],
    ["F5", { key: "F5" }, false, "refresh"],
    ["F5 on macOS", { key: "F5" }, true, "refresh"],
    ["Ctrl+R", { key: "r", ctrlKey: true }, false, "refresh"],
    ["Cmd+R on macOS", { key: "r", metaKey: true }, true, "refresh"],
    ["Ctrl+4", { key: "4", code: "Digit4", ctrlKey: true }, false, "settings"],
    ["Cmd+4 on macOS", { key: "4", code: "Digit4", metaKey: true }, true, "settings"],
    ["Ctrl+comma", { key: ",", ctrlKey: true }, false, "settings"],
    ["Ctrl+Shift+I", { key: "I", ctrlKey: true, shiftKey: true }, false, "instance"],
    ["Cmd+Shift+I on macOS", { key: "i", metaKey: true, shiftKey: true }, true, "instance"],
    ["Ctrl+I", { key: "i", ctrlKey: true }, false, undefined],
    ["Ctrl+L", { key: "l", ctrlKey: true }, false, "lock"],
    ["Alt+2", { key: "2", code: "Digit2", altKey: true }, false, "instance2"],
    ["Alt+2 on a French keyboard", { key: "é", code: "Digit2", altKey: true }, false, "instance2"],
    ["AltGr+2, which types", { key: "²", code: "Digit2", altKey: true, ctrlKey: true }, false, undefined],
    [
      "Alt+2 on the keypad, which types on Windows",
      { key: "2", code: "Numpad2", altKey: true },
      false,
      undefined,
    ],
    ["Control+2 on macOS", { key: "2", code: "Digit2", ctrlKey: true }, true, "instance2"],
    ["Option+2 on macOS, which types", { key: "™", code: "Digit2", altKey: true }, true, undefined],
    ["Ctrl+2", { key: "2", code: "Digit2", ctrlKey: true }, false, "live"],
    ["a plain digit", { key: "2", code: "Digit2" }, false, undefined],
    ["an arrow", { key: "ArrowDown" }, false, undefined],
  ])("%s", (_, press, mac, action) => {
    expect(actionOf({ ...none, key: "", ...press }, mac)).toBe(action);
  });
});

test.each<[Action, mac: boolean, text: string]>([
  ["search", true, "⌘F"],
  ["search", false, "Ctrl F"],
  ["impersonate", true, "⌘↵"],
  ["copyID", true, "⇧⌘C"],
  ["copyID", false, "Ctrl Shift C"],
  ["nextPane", false, "F6"],
  ["instance2", false, "Alt 2"],
  ["instance2", true, "⌃2"],
  ["lock", true, "⌘L"],
])("the shortcut of %s (macOS %s) is written %s", (action, mac, text) => {
  expect(shortcutOf(action, mac)).toBe(text);
});

test.each<[Chord, mac: boolean, shown: string, read: string]>([
  [{ key: "f", mod: true }, false, "Ctrl F", "Ctrl F"],
  [{ key: "f", mod: true }, true, "⌘F", "Command F"],
  [{ key: "c", mod: true, shift: true }, true, "⇧⌘C", "Command Shift C"],
  [{ key: ",", mod: true }, false, "Ctrl ,", "Ctrl comma"],
  [{ key: "-", mod: true }, true, "⌘-", "Command minus"],
  [{ key: "1", digit: true }, true, "⌃1", "Control 1"],
  [{ key: "1", digit: true }, false, "Alt 1", "Alt 1"],
  [{ key: "ArrowUp", mod: true }, true, "⌘↑", "Command up arrow"],
  [{ key: "ArrowLeft", shift: true }, false, "Shift ←", "Shift left arrow"],
  [{ key: " " }, false, "Space", "Space"],
  [{ key: "Enter" }, true, "↵", "Enter"],
  [{ key: "F10", shift: true }, false, "Shift F10", "Shift F10"],
])("%o (macOS %s) is shown as %s and read as %s", (chord, mac, shown, read) => {
  expect(written(chord, mac)).toBe(shown);
  expect(inWords(chord, mac)).toBe(read);
});
