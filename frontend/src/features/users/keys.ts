// The keys of the grid. Keys that work all over the window (copying, impersonating,
// searching) are actions and come another way.

export type Command =
  /** Moves the active row, down if positive, infinitely far to the ends. */
  | { do: "move"; rows: number }
  | { do: "page"; pages: 1 | -1 }
  /** Moves along the header while it is active. */
  | { do: "column"; columns: 1 | -1 }
  /** Makes the active column wider or narrower, or moves it among the others. */
  | { do: "resize" | "reorder"; by: 1 | -1 }
  | { do: "open" | "preview" | "menu" }
  /** Goes to the next loaded row whose name begins with what is typed. */
  | { do: "type"; letter: string };

export type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

const toStart: Command = { do: "move", rows: Number.NEGATIVE_INFINITY };
const toEnd: Command = { do: "move", rows: Number.POSITIVE_INFINITY };

const plain: Readonly<Record<string, Command>> = {
  ArrowDown: { do: "move", rows: 1 },
  ArrowUp: { do: "move", rows: -1 },
  ArrowRight: { do: "column", columns: 1 },
  ArrowLeft: { do: "column", columns: -1 },
  PageDown: { do: "page", pages: 1 },
  PageUp: { do: "page", pages: -1 },
  Home: toStart,
  End: toEnd,
  Enter: { do: "open" },
  " ": { do: "preview" },
  ContextMenu: { do: "menu" },
};

/** With Ctrl or Cmd: a Mac keyboard without Home and End has Cmd and the arrows. */
const held: Readonly<Record<string, Command>> = {
  ArrowDown: toEnd,
  ArrowUp: toStart,
  Home: toStart,
  End: toEnd,
};

/**
 * Returns what a key asks of the grid, undefined if the key is not for it. While a word
 * is typed a space belongs to it: names have more than one.
 */
export function commandOf(
  { key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress,
  typing: boolean,
): Command | undefined {
  if (altKey) return undefined;
  if (shiftKey && (key === "ArrowLeft" || key === "ArrowRight")) {
    return { do: ctrlKey || metaKey ? "reorder" : "resize", by: key === "ArrowLeft" ? -1 : 1 };
  }
  if (shiftKey && (ctrlKey || metaKey)) return undefined;
  if (shiftKey && key === "F10") return { do: "menu" };
  if (shiftKey) return isLetter(key) ? { do: "type", letter: key } : undefined;
  if (ctrlKey || metaKey) return held[key];
  if (key === " " && typing) return { do: "type", letter: key };
  return plain[key] ?? (isLetter(key) ? { do: "type", letter: key } : undefined);
}

/** "/" leads to the search box. */
function isLetter(key: string): boolean {
  return /^[^\s/]$/u.test(key);
}
