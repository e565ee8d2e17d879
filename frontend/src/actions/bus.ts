import type { Action } from "./keys";

/** Windows delivers an accelerator twice: as a menu event and as a key. */
const doubleMS = 100;

/** Where an action came from. */
export type Source = "key" | "menu" | "window";

interface Entry {
  /** null: nothing below this entry hears of any action but zooming. */
  action: Action | null;
  handle: () => void;
  /** It does nothing but say why: for who asks, the action cannot be done. */
  isIdle?: boolean;
}

/**
 * The one way from a key, a menu item or a command to what it does. The handler
 * that was added last gets the action, so that a dialog answers before the
 * screen under it.
 */
export class ActionBus {
  #entries: Entry[] = [];
  #last = { action: "", source: "", at: Number.NEGATIVE_INFINITY };
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns how to take the handler away again. */
  add(action: Action, handle: () => void): () => void {
    return this.#push({ action, handle });
  }

  /** Says why an action does nothing, as long as nobody else handles it. */
  addIdle(action: Action, explain: () => void): () => void {
    return this.#push({ action, handle: explain, isIdle: true });
  }

  /** Keeps actions from what was added before, as a modal dialog does. */
  block(): () => void {
    return this.#push({ action: null, handle: () => undefined });
  }

  /** Whether a modal dialog keeps actions from the screen below it. */
  isBlocked(): boolean {
    return this.#entries.some(({ action }) => action === null);
  }

  /** The handler that an action would run now, undefined without one. */
  handler(action: Action): (() => void) | undefined {
    const found = this.#find(action);
    return found?.isIdle ? undefined : found?.handle;
  }

  /** Reports whether the action was taken, as a double or by a handler. */
  dispatch(action: Action, source: Source = "window"): boolean {
    const found = this.#find(action);
    if (!found) return false;
    const at = this.#now();
    // Two presses of a key are two; the same press as key and menu item is one.
    const bothKeys = source === "key" && this.#last.source === "key";
    const double = this.#last.action === action && at - this.#last.at < doubleMS && !bothKeys;
    this.#last = { action, source, at };
    if (!double) found.handle();
    return true;
  }

  #find(action: Action): Entry | undefined {
    const passes = action.startsWith("zoom");
    const floor = passes ? -1 : this.#entries.findLastIndex((entry) => entry.action === null);
    const heard = this.#entries.slice(floor + 1).filter((entry) => entry.action === action);
    return heard.findLast(({ isIdle }) => !isIdle) ?? heard.at(-1);
  }

  #push(entry: Entry): () => void {
    this.#entries.push(entry);
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  }
}
