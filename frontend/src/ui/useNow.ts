import { useSyncExternalStore } from "react";

/** One timer for everything on screen that counts seconds. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const heard of listeners) heard();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/**
 * The time in milliseconds, in whole units: renewed every second, or less often
 * with a longer unit, for what tells minutes and days.
 */
export function useNow(unit = 1000): number {
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / unit) * unit);
}
