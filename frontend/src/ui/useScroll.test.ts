import { act, renderHook } from "@testing-library/react";
import { useLayoutEffect } from "react";
import { expect, test, vi } from "vitest";
import { isLater } from "./later";
import { start } from "./scroll";
import { useScroll } from "./useScroll";

vi.mock(import("./later"), async (original) => ({
  ...(await original()),
  isLater: vi.fn<() => boolean>().mockReturnValue(true),
}));

test("to go to where it rests draws nothing anew", () => {
  let drawn = 0;
  const { rerender } = renderHook(
    (rows: number) => {
      drawn += 1;
      const { moveTo } = useScroll(rows, 32, 30);
      useLayoutEffect(() => moveTo(start), [moveTo, rows]);
    },
    { initialProps: 2500 },
  );
  for (const rows of [400, 300, 200]) rerender(rows);
  expect(drawn).toBe(4);
});

test.each([
  { when: "later", isLater: true, viewport: 570 },
  {
    when: "before the first frame, which would wait for the layout,",
    isLater: false,
    viewport: 0.95 * 768 - 30,
  },
])("$when a list is $viewport px high", ({ isLater: is, viewport }) => {
  vi.mocked(isLater).mockReturnValue(is);
  const { result } = renderHook(() => useScroll(2500, 32, 30));
  act(() => void result.current.ref(document.createElement("div")));
  expect(result.current.extent.viewport).toBeCloseTo(viewport);
});
