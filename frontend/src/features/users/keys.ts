// What a key does in the table. Pure, so that the whole keyboard is one table.

/** Commands of the grid; the numbers of rows are signed, infinite for the ends. */
export type Command =
  | { do: "move"; rows: number }
  | { do: "page"; pages: 1 | -1 }
  | { do: "header"; columns: 1 | -1 }
  | { do: "open" | "preview" | "impersonate" | "copyEmail" | "copyID" | "menu" };

/** The parts of a keyboard event that matter. */
export interface Stroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const plain: Readonly<Record<string, Command>> = {
  ArrowDown: { do: "move", rows: 1 },
  ArrowUp: { do: "move", rows: -1 },
  ArrowRight: { do: "header", columns: 1 },
  ArrowLeft: { do: "header", columns: -1 },
  PageDown: { do: "page", pages: 1 },
  PageUp: { do: "page", pages: -1 },
  Home: { do: "move", rows: Number.NEGATIVE_INFINITY },
  End: { do: "move", rows: Number.POSITIVE_INFINITY },
  Enter: { do: "open" },
  " ": { do: "preview" },
  ContextMenu: { do: "menu" },
};

const withCommandKey: Readonly<Record<string, Command>> = {
  ArrowDown: { do: "move", rows: Number.POSITIVE_INFINITY },
  ArrowUp: { do: "move", rows: Number.NEGATIVE_INFINITY },
  Home: { do: "move", rows: Number.NEGATIVE_INFINITY },
  End: { do: "move", rows: Number.POSITIVE_INFINITY },
  Enter: { do: "impersonate" },
  c: { do: "copyEmail" },
};

/** What a key stroke asks of the table, undefined if it is not for it. */
export function commandOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Stroke): Command | undefined {
  if (altKey) return undefined;
  const command = ctrlKey || metaKey;
  if (shiftKey && command) return key.toLowerCase() === "c" ? { do: "copyID" } : undefined;
  if (shiftKey) return key === "F10" ? { do: "menu" } : undefined;
  return command ? withCommandKey[key] : plain[key];
}
