import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { BackendProvider } from "@/backend/BackendProvider";
import { createMemoryBackend } from "@/backend/memory/memory";
import { CrashGuard } from "./CrashGuard";

test("a screen that breaks in drawing says so, and is drawn again on request", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  const drawing = { broken: true };
  const Screen = () => {
    if (drawing.broken) throw new TypeError("undefined is not a function");
    return <p>drawn</p>;
  };
  render(
    <BackendProvider backend={createMemoryBackend()}>
      <CrashGuard>
        <Screen />
      </CrashGuard>
    </BackendProvider>,
  );
  expect(screen.getByRole("alert").textContent).toContain("Something went wrong.");
  drawing.broken = false;
  await userEvent.click(screen.getByRole("button", { name: "Reload window" }));
  expect(screen.getByText("drawn")).toBeTruthy();
});
