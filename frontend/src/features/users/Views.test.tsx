import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { createMemoryBackend } from "@/backend/memory/memory";
import { Failure, problemOf } from "@/backend/problem";
import { showApp } from "@/testing/open";

const views = async () => within(await screen.findByRole("navigation", { name: "Views" }));

interface Counted {
  readonly query: string;
  readonly signal: AbortSignal;
  /** Counts that were under way when this one was asked for. */
  readonly beside: number;
  done: boolean;
}

/** An in-memory backend that lets each count with a condition wait for something, and keeps what was counted. */
function watchCounts(wait: () => Promise<void> = () => Promise.resolve()) {
  const backend = createMemoryBackend({ users: 400 });
  const countUsers = backend.countUsers.bind(backend);
  const counted: Counted[] = [];
  backend.countUsers = async (request, signal) => {
    const { query } = request.view;
    const one = { query, signal, beside: counted.filter(({ done }) => !done).length, done: false };
    counted.push(one);
    try {
      if (query !== "") await wait();
      return await countUsers(request, signal);
    } finally {
      one.done = true;
    }
  };
  return { backend, counted, filtered: () => counted.filter(({ query }) => query !== "") };
}

test("are counted one after the other, once the rows are there", async () => {
  const { backend, counted, filtered } = watchCounts();
  const showRows = backend.hold("listUsers");
  showApp(backend);
  expect(await screen.findByText("400")).toBeTruthy();
  expect(filtered()).toEqual([]);

  showRows();
  expect(await (await views()).findByRole("button", { name: "Banned 3" })).toBeTruthy();
  expect(filtered().map(({ query }) => query)).toEqual(["created:<7d", "active:<24h", "banned:yes"]);
  expect(counted.map(({ beside }) => beside)).toEqual([0, 0, 0, 0]);
});

test("are left by a search, and counted after it", async () => {
  const gate: { open?: () => void } = {};
  const answered = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  const { backend, filtered } = watchCounts(() => answered);
  const { user } = showApp(backend);
  await expect.poll(() => filtered().length).toBe(1);
  const showFound = backend.hold("listUsers");
  await user.type(screen.getByRole("searchbox", { name: "Search users" }), "noor{Enter}");
  await expect.poll(() => filtered()[0]?.signal.aborted).toBe(true);
  expect(filtered()).toHaveLength(1);

  showFound();
  gate.open?.();
  expect(await (await views()).findByRole("button", { name: "Banned 3" })).toBeTruthy();
});

test("that Clerk did not count in time are searches all the same, and not counted again", async () => {
  const { backend, filtered } = watchCounts(() =>
    Promise.reject(new Failure(problemOf({ code: "clerk_timeout", message: "Clerk did not answer." }))),
  );
  const { user } = showApp(backend);
  await expect.poll(() => filtered().filter(({ done }) => done).length).toBe(3);
  await user.click((await views()).getByRole("button", { name: "Banned" }));
  expect((await screen.findByRole("list", { name: "Filters" })).textContent).toContain("Banned yes");
  expect(filtered().filter(({ query }) => query === "created:<7d")).toHaveLength(1);
});
