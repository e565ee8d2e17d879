/** The keys of the actions, and how they are written on a button. */

/** The actions of the keyboard, the native menu and the command palette. */
export const actions = [
  "search",
  "palette",
  "settings",
  "users",
  "live",
  "history",
  "instance",
  "refresh",
  "copyEmail",
  "copyID",
  "openInClerk",
  "copySummary",
  "impersonate",
  "endNewest",
  "endAll",
  "signIn",
  "paste",
  "nextPane",
  "help",
  "diagnostics",
  "zoomIn",
  "zoomOut",
  "zoomReset",
  "lock",
  "instance1",
  "instance2",
  "instance3",
  "instance4",
  "instance5",
  "instance6",
  "instance7",
  "instance8",
  "instance9",
] as const;

export type Action = (typeof actions)[number];

export const isMac = /Mac/.test(navigator.userAgent);

/** A key, and what is held with it. */
export interface Chord {
  key: string;
  /** Ctrl, or Cmd on macOS. */
  mod?: boolean;
  shift?: boolean;
  /**
   * The row of digits with Alt, whatever Alt types there; with Control on macOS,
   * where Option types letters and Cmd+Shift with a digit takes pictures.
   */
  digit?: boolean;
}

/** The first chord of an action is the one that is shown. */
const chords: Record<Action, Chord[]> = {
  search: [{ key: "f", mod: true }, { key: "/" }],
  palette: [{ key: "k", mod: true }],
  settings: [
    { key: ",", mod: true },
    { key: "4", mod: true },
  ],
  users: [{ key: "1", mod: true }],
  live: [{ key: "2", mod: true }],
  history: [{ key: "3", mod: true }],
  instance: [{ key: "i", mod: true, shift: true }],
  refresh: [{ key: "r", mod: true }, { key: "F5" }],
  copyEmail: [{ key: "c", mod: true }],
  copyID: [{ key: "c", mod: true, shift: true }],
  impersonate: [{ key: "Enter", mod: true }],
  endNewest: [{ key: "e", mod: true, shift: true }],
  endAll: [],
  diagnostics: [],
  openInClerk: [],
  copySummary: [{ key: "s", mod: true, shift: true }],
  signIn: [],
  paste: [{ key: "v", mod: true }],
  nextPane: [{ key: "F6" }],
  help: [{ key: "F1" }],
  zoomIn: [
    { key: "+", mod: true },
    { key: "=", mod: true },
  ],
  zoomOut: [{ key: "-", mod: true }],
  zoomReset: [{ key: "0", mod: true }],
  lock: [{ key: "l", mod: true }],
  instance1: [{ key: "1", digit: true }],
  instance2: [{ key: "2", digit: true }],
  instance3: [{ key: "3", digit: true }],
  instance4: [{ key: "4", digit: true }],
  instance5: [{ key: "5", digit: true }],
  instance6: [{ key: "6", digit: true }],
  instance7: [{ key: "7", digit: true }],
  instance8: [{ key: "8", digit: true }],
  instance9: [{ key: "9", digit: true }],
};

/** The actions that use an instance, by its place in the list. */
export const instanceActions = actions.filter((action) => /^instance\d$/.test(action));

export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** The action of a key press, if it has one. */
export function actionOf(press: KeyPress, mac: boolean): Action | undefined {
  const digit = digitOf(press, mac);
  if (digit)
    return actions.find((action) => chords[action].some((chord) => chord.digit && chord.key === digit));
  if (press.altKey || (mac ? press.ctrlKey : press.metaKey)) return undefined;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const key = mod ? meantWith(press) : press.key;
  return actions.find((action) =>
    chords[action].some(
      (chord) =>
        chord.key === key &&
        !chord.digit &&
        (chord.mod ?? false) === mod &&
        // "+" and "/" need Shift on some keyboards
        (/^[a-z]$/.test(key) ? (chord.shift ?? false) === press.shiftKey : true),
    ),
  );
}

/** Where the signs of bindings are on the US keyboard, for keyboards that type something else there. */
const places: Readonly<Record<string, string>> = { Comma: ",", Slash: "/", Minus: "-", Equal: "=" };

/** The digits that are bound with Ctrl or Cmd. */
const boundDigits = actions
  .flatMap((action) => chords[action])
  .flatMap(({ key, mod }) => (mod && /^\d$/.test(key) ? [key] : []));

/**
 * The key that a press with Ctrl or Cmd means: the character where it is Latin,
 * else the key's place. The row of digits types others on French and Czech
 * keyboards; there the place counts for the digits that are bound.
 */
function meantWith({ key, code, shiftKey }: KeyPress): string {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit && !shiftKey && !/^\d$/.test(key) && boundDigits.includes(digit)) return digit;
  if (/^[!-~]$/.test(key)) return key.toLowerCase();
  if (Array.from(key).length > 1 && key !== "Dead") return key;
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? places[code] ?? key;
}

function digitOf(press: KeyPress, mac: boolean): string | undefined {
  const [right, wrong] = mac ? [press.ctrlKey, press.altKey] : [press.altKey, press.ctrlKey];
  if (!right || wrong || press.metaKey || press.shiftKey) return undefined;
  return /^Digit([1-9])$/.exec(press.code)?.[1];
}

/** How keys are written that have no sign of their own. */
const symbols: Record<string, string> = {
  " ": "Space",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  PageUp: "PgUp",
  PageDown: "PgDn",
  ContextMenu: "Menu",
};

/** Every way to press an action; none if it is only in menus. */
export function chordsOf(action: Action): readonly Chord[] {
  return chords[action];
}

/** "⌘F" on macOS, "Ctrl F" elsewhere. */
export function shortcutOf(action: Action, mac: boolean = isMac): string {
  const [chord] = chords[action];
  return chord ? written(chord, mac) : "";
}

/** A chord as {@link shortcutOf} writes it. */
export function written(chord: Chord, mac: boolean = isMac): string {
  const key = chord.key.length === 1 ? chord.key.toUpperCase() : chord.key;
  if (chord.digit) return mac ? `⌃${key}` : `Alt ${key}`;
  const shown = mac && key === "Enter" ? "↵" : (symbols[key] ?? key);
  if (mac) return `${chord.shift ? "⇧" : ""}${chord.mod ? "⌘" : ""}${shown}`;
  return [chord.mod && "Ctrl", chord.shift && "Shift", shown].filter(Boolean).join(" ");
}
