import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { createMemoryBackend } from "@/backend/memory/memory";
import { FirstPaint } from "@/ui/AfterFirstPaint";
import { createQueryClient } from "@/workspace/queryClient";
import { App } from "./App";
import { startQuery } from "./queries";

test("a start shows the rows first, then the rest, with the keyboard in the search", async () => {
  const backend = createMemoryBackend({ users: 60, opened: true });
  const queries = createQueryClient();
  await queries.prefetchQuery(startQuery(backend));
  render(
    <FirstPaint>
      <App backend={backend} queries={queries} />
    </FirstPaint>,
  );
  expect(screen.getAllByRole("rowheader").length).toBeGreaterThan(0);
  expect(screen.queryAllByRole("button", { name: /^(Instance|Columns|Commands)/ })).toEqual([]);
  expect(document.activeElement).toBe(document.body);
  const box = await screen.findByRole("searchbox", { name: "Search users" });
  expect(document.activeElement).toBe(box);
  expect(screen.getByRole("navigation", { name: "Sections" })).toBeTruthy();
});
