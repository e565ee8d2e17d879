import { useEffect, useEffectEvent } from "react";

const tickMS = 2_000;
/** Timers are late on a busy machine, but not by as much. */
const gapMS = 10_000;

/**
 * Calls when what was last heard may be long out of date: the computer slept,
 * its clock was set, it is back online, or the window is seen again.
 */
export function useWake(onWake: () => void): void {
  const wake = useEffectEvent(onWake);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener("online", () => wake(), { signal });
    document.addEventListener("visibilitychange", () => !document.hidden && wake(), { signal });
    // Timers stand still in a sleeping computer, and the clock does not.
    let last = Date.now();
    const timer = setInterval(() => {
      const passed = Date.now() - last;
      last += passed;
      if (Math.abs(passed - tickMS) > gapMS) wake();
    }, tickMS);
    signal.addEventListener("abort", () => clearInterval(timer));
    return () => stop.abort();
  }, []);
}
