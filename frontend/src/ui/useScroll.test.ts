import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useScroll } from "./useScroll";

test("a list is as high as its element, without its header", () => {
  const { result } = renderHook(() => useScroll(2500, 32, 30));
  const element = document.createElement("div");
  act(() => void result.current.ref(element));
  expect(result.current.extent.viewport).toBe(element.clientHeight - 30);
});
