import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { InStatusBar, StatusSlot, StatusSlotProvider } from "./statusSlot";

test("the status bar shows at once what a section says", () => {
  render(
    <StatusSlotProvider>
      <main>
        <InStatusBar>As of 12:41</InStatusBar>
      </main>
      <footer>
        <StatusSlot />
      </footer>
    </StatusSlotProvider>,
  );
  expect(screen.getByRole("contentinfo").textContent).toBe("As of 12:41");
});
