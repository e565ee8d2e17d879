import { act, render, screen } from "@testing-library/react";
import type { ComponentType } from "react";
import { beforeEach, expect, test, vi } from "vitest";

/** Frames come when the test says so. */
let frames = new Set<() => void>();

vi.mock(import("./afterFrame"), () => ({
  afterFrame: (run) => {
    frames.add(run);
    return () => void frames.delete(run);
  },
}));

beforeEach(() => {
  frames = new Set();
  // The stages are those of a window that has not been drawn yet.
  vi.resetModules();
});

function frame(): void {
  const due = frames;
  frames = new Set();
  act(() => {
    for (const run of due) run();
  });
}

test("a start shows the rows, then what stands around them, then reads the rest", async () => {
  const { later, SecondFrame, useLater, useStages } = await import("./later");
  const read = vi.fn<() => Promise<ComponentType>>().mockResolvedValue(() => <p>a dialog</p>);
  const Dialog = later(read);
  function Window() {
    useStages();
    return (
      <>
        <p>rows</p>
        <SecondFrame>
          <p>sidebar</p>
        </SecondFrame>
        {useLater() ? <Dialog /> : null}
      </>
    );
  }
  render(<Window />);
  expect(document.body.textContent).toBe("rows");
  frame();
  expect(document.body.textContent).toBe("rowssidebar");
  expect(read).not.toHaveBeenCalled();
  frame();
  expect(await screen.findByText("a dialog")).toBeTruthy();
});

test("a window that is gone before its second frame reads nothing", async () => {
  const { later, useStages } = await import("./later");
  const read = vi.fn<() => Promise<ComponentType>>();
  later(read);
  function Window() {
    useStages();
    return null;
  }
  const { unmount } = render(<Window />);
  frame();
  unmount();
  frame();
  expect(read).not.toHaveBeenCalled();
});
