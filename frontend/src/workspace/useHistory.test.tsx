import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import { BackendProvider } from "@/backend/BackendProvider";
import { everything } from "@/backend/history";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import { historyKey } from "./queries";
import { createQueryClient } from "./queryClient";
import { useHistory } from "./useHistory";

function read(backend: MemoryBackend, filter = everything) {
  const queries = createQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>
      <BackendProvider backend={backend}>{children}</BackendProvider>
    </QueryClientProvider>
  );
  const { result } = renderHook(() => useHistory(filter), { wrapper });
  return { queries, history: () => result.current };
}

const ids = (backend: MemoryBackend, from: number, end: number) =>
  backend.history.slice(from, end).map(({ id }) => id);

test("the pages held are bounded, without gaps, and those let go can be had again", async () => {
  const backend = createMemoryBackend({ history: 12_050 });
  const { history } = read(backend);
  const held = () => history().entries?.map(({ id }) => id) ?? [];
  await expect.poll(() => held().length).toBe(100);
  for (let count = 200; count <= 12_000; count += 100) {
    act(() => history().wantOlder());
    await expect.poll(() => history().count).toBe(count);
  }
  expect(held()).toEqual(ids(backend, 2000, 12_000));
  expect(history().hasNewer).toBe(true);
  act(() => history().wantOlder());
  await expect.poll(() => history().hasOlder).toBe(false);
  expect(history().count).toBe(12_050);

  act(() => history().wantNewer());
  await expect.poll(() => held()[0]).toBe(ids(backend, 2000, 2001)[0]);
  expect(held()).toEqual(ids(backend, 2000, 12_000));
  act(() => history().toNewest());
  await expect.poll(held).toEqual(ids(backend, 0, 100));
  expect(history().hasNewer).toBe(false);
});

test("an entry that is added or changes shows in every page that is held", async () => {
  const backend = createMemoryBackend({ history: 300 });
  const { queries, history } = read(backend);
  await expect.poll(() => history().count).toBe(100);
  act(() => history().wantOlder());
  await expect.poll(() => history().count).toBe(200);
  const [sample] = backend.history;
  if (!sample) throw new Error("no history was invented");
  Object.assign(backend.history[150] ?? {}, { result: "live" });
  backend.history.unshift({ ...sample, id: "rid_new" });
  await act(() => queries.invalidateQueries({ queryKey: historyKey }));
  await expect.poll(() => history().entries?.[0]?.id).toBe("rid_new");
  expect(history().entries?.map(({ id }) => id)).toEqual(ids(backend, 0, 200));
  expect(history().entries?.[151]?.result).toBe("live");
});

test("a page that failed is asked for again on request, and not by itself", async () => {
  const backend = createMemoryBackend({ history: 300 });
  const { history } = read(backend);
  await expect.poll(() => history().count).toBe(100);
  backend.fail("listHistory", { message: "The history could not be read." });
  act(() => history().wantOlder());
  await expect.poll(() => history().failed?.problem.message).toBe("The history could not be read.");
  expect(history().entries).toHaveLength(100);
  const asked = backend.calls.length;
  act(() => history().wantOlder());
  expect(backend.calls).toHaveLength(asked);
  backend.mend("listHistory");
  act(() => history().readAgain());
  await expect.poll(() => history().count).toBe(200);
});

test("an entry that the clock ends is read again then, also if it is of another instance", async () => {
  const backend = createMemoryBackend({ history: 3 });
  const until = new Date(Date.now() + 900).toISOString();
  Object.assign(backend.history[1] ?? {}, { result: "live", until, instanceID: "ins_other" });
  const { history } = read(backend);
  await expect.poll(() => history().entries?.[1]?.result).toBe("live");
  Object.assign(backend.history[1] ?? {}, { result: "ended", until: "" });
  await expect.poll(() => history().entries?.[1]?.result, { timeout: 4_000 }).toBe("ended");
});
