import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { useLasting } from "./useLasting";

const after = 100;

function watch(goesOn: boolean) {
  return renderHook((now: boolean) => useLasting(now, after), { initialProps: goesOn });
}

function wait(milliseconds: number): void {
  act(() => void vi.advanceTimersByTime(milliseconds));
}

describe("something that goes on", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("lasts once it has gone on for so long, until it ends", () => {
    const { result, rerender } = watch(true);
    wait(after - 1);
    expect(result.current).toBe(false);
    wait(1);
    expect(result.current).toBe(true);
    rerender(false);
    expect(result.current).toBe(false);
  });

  test("is counted from anew after an end", () => {
    const { result, rerender } = watch(true);
    wait(after);
    rerender(false);
    rerender(true);
    expect(result.current).toBe(false);
    wait(after - 1);
    expect(result.current).toBe(false);
    wait(1);
    expect(result.current).toBe(true);
  });

  test("does not last when it ends before", () => {
    const { result, rerender } = watch(true);
    wait(after - 1);
    rerender(false);
    wait(after);
    expect(result.current).toBe(false);
  });
});
