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

const thisSecond = () => Math.floor(Date.now() / 1000) * 1000;

/** The time in milliseconds, renewed every second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, thisSecond);
}
