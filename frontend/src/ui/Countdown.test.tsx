import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Countdown } from "./Countdown";

function tick() {
  act(() => {
    vi.advanceTimersByTime(1_000);
  });
}

describe("a countdown", () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.parse("2026-11-22T13:03:00Z") }));
  afterEach(() => void vi.useRealTimers());

  test("goes by the clock, not by the ticks that a sleeping computer left out", () => {
    render(<Countdown until="2026-11-22T13:33:00Z" label="Priya Raman" />);
    expect(screen.getByText("30:00")).toBeTruthy();
    tick();
    expect(screen.getByText("29:59")).toBeTruthy();

    vi.setSystemTime(Date.parse("2026-11-22T13:20:00Z"));
    tick();
    expect(screen.getByText("12:59")).toBeTruthy();

    vi.setSystemTime(Date.parse("2026-11-22T19:00:00Z"));
    tick();
    expect(screen.getByText("0:00")).toBeTruthy();
  });
});
