import { renderHook } from "@testing-library/react";
import { useLayoutEffect } from "react";
import { expect, test } from "vitest";
import { start } from "./scroll";
import { useScroll } from "./useScroll";

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
