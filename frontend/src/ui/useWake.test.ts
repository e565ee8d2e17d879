import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { useWake } from "./useWake";

const hour = 3_600_000;

function listen() {
  const woke = vi.fn<() => void>();
  const { unmount } = renderHook(() => useWake(woke));
  return { woke, unmount };
}

describe("waking", () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.parse("2026-11-22T13:03:00Z") }));
  afterEach(() => void vi.useRealTimers());

  test("is not heard while time just passes", () => {
    const { woke } = listen();
    vi.advanceTimersByTime(hour);
    expect(woke).not.toHaveBeenCalled();
  });

  test.each([
    ["after hours of sleep", 6 * hour],
    ["when the clock was set back", -24 * hour],
  ])("is heard %s", (_, jump) => {
    const { woke } = listen();
    vi.setSystemTime(Date.now() + jump);
    vi.advanceTimersByTime(2_000);
    expect(woke).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(hour);
    expect(woke).toHaveBeenCalledTimes(1);
  });

  test("is heard when the network is back and when the window is seen again", () => {
    const { woke, unmount } = listen();
    window.dispatchEvent(new Event("online"));
    document.dispatchEvent(new Event("visibilitychange"));
    expect(woke).toHaveBeenCalledTimes(2);
    unmount();
    window.dispatchEvent(new Event("online"));
    expect(woke).toHaveBeenCalledTimes(2);
  });
});
