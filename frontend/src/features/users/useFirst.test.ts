import { renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { UserRow, View } from "@/backend/backend";
import { ClerkModel } from "./clerk.model";
import { Loader } from "./loader";
import { useFirst } from "./useFirst";

const newest: View = { query: "", sort: "created_at", descending: true, pinnedAt: 0 };

test("nobody of the rows before is gone to, also when those are drawn after the search began", async () => {
  const clerk = new ClerkModel(20);
  const loader = new Loader(clerk.source, newest);
  loader.want(0, 10);
  await clerk.answerAll();
  const before = loader.listing();
  const went = vi.fn<(first: UserRow) => void>();
  const { result, rerender } = renderHook((listing) => useFirst(loader, listing, went), {
    initialProps: before,
  });

  loader.open({ ...newest, descending: false });
  result.current.go();
  rerender({ ...before });
  expect(went).not.toHaveBeenCalled();

  await clerk.answerAll();
  rerender(loader.listing());
  expect(went.mock.calls.map(([{ id }]) => id)).toEqual([clerk.ids(loader.listing().view)[0]]);
});
