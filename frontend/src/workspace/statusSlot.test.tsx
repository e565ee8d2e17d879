import { render, screen } from "@testing-library/react";
import { Profiler } from "react";
import { expect, test, vi } from "vitest";
import { InStatusBar, StatusSlot, StatusSlotProvider } from "./statusSlot";

test("what a section says stands in the status bar at once, in one drawing", () => {
  const drawn = vi.fn<() => void>();
  render(
    <Profiler id="window" onRender={drawn}>
      <StatusSlotProvider>
        <main>
          <InStatusBar>As of 12:41</InStatusBar>
        </main>
        <footer>
          <StatusSlot />
        </footer>
      </StatusSlotProvider>
    </Profiler>,
  );
  expect(screen.getByRole("contentinfo").textContent).toBe("As of 12:41");
  expect(drawn).toHaveBeenCalledOnce();
});
