import { renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { UserRow } from "@/backend/users";
import { Pages, pageSize } from "./pages";
import { useTyped } from "./useTyped";

const million = 1_000_000;

/** The first and the last page of a million, and how many names of them were read. */
function bothEnds(): { pages: Pages; read: () => number } {
  let read = 0;
  const row = (index: number): UserRow => ({
    id: `user_${index}`,
    get name() {
      read++;
      return `Person ${index}`;
    },
    email: "",
    contact: "",
    username: "",
    initials: "",
    picture: "",
    lastSignInAt: "",
    createdAt: "",
    banned: false,
    locked: false,
    deprovisioned: false,
    lastSignInUnread: false,
    self: false,
    unreadable: false,
  });
  const pages = new Pages();
  for (const index of [million - pageSize, 0]) {
    const rows = Array.from({ length: pageSize }, (_, i) => row(index + i));
    const stamp = { asked: 0, generation: pages.generation };
    const isLast = index > 0;
    pages.put(
      { pinnedAt: 1, index, rows, last: isLast, total: isLast ? million : -1, aboveID: "", belowID: "" },
      stamp,
    );
  }
  return { pages, read: () => read };
}

test("a letter that nothing begins with looks at the rows that are held, and at no others", () => {
  const { pages, read } = bothEnds();
  const known = vi.spyOn(Pages.prototype, "known", "get");
  const row = vi.spyOn(pages, "row");
  const typed = renderHook(() => useTyped()).result.current;
  expect(pages.size).toBe(2);
  expect(typed.add("x", pages, million - 1)).toBeUndefined();
  expect(read() + known.mock.calls.length + row.mock.calls.length).toBe(2 * pageSize);
});

test("it looks on from the active row, and from the last one at the first", () => {
  const { pages } = bothEnds();
  const find = (from: number): number | undefined => {
    const typed = renderHook(() => useTyped()).result.current;
    return typed.add("p", pages, from)?.index;
  };
  expect([-1, 0, 99, million - 50, million - 1].map(find)).toEqual([
    0,
    1,
    million - pageSize,
    million - 49,
    0,
  ]);
});
