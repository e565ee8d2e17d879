import type { Calls } from "./calls";
import type { Events } from "./events";

/**
 * The calls that the window can make to Go. `wails.ts` answers with the real program,
 * `memory/` with invented data for tests and the gallery. The doc comment of a
 * call stands at its bound method in Go.
 */
export interface Backend extends Omit<Calls, "exportHistory">, Events {
  /** Besides what Go's method does, onProgress hears percentages. */
  exportHistory(
    ...call: [...Parameters<Calls["exportHistory"]>, onProgress?: (percent: number) => void]
  ): ReturnType<Calls["exportHistory"]>;
}
