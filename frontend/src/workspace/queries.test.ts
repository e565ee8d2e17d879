import { type QueryKey, QueryObserver } from "@tanstack/react-query";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everything } from "@/backend/history";
import type { Impersonation } from "@/backend/impersonations";
import { createMemoryBackend } from "@/backend/memory/memory";
import { inventImpersonation } from "@/backend/memory/records";
import {
  type Change,
  changed,
  headQuery,
  historyPagesKey,
  liveQuery,
  preflightQuery,
  userQuery,
  usersOfChanged,
  verificationQuery,
} from "./queries";
import { createQueryClient } from "./queryClient";

/** Queries as open parts of the window have them. */
async function openParts() {
  const backend = createMemoryBackend({ busy: true });
  const queries = createQueryClient();
  const item = backend.live[1];
  const bystander = backend.users[9];
  if (!item || !bystander) throw new Error("too little was invented");
  const parts = {
    live: liveQuery(backend),
    history: { queryKey: historyPagesKey({ ...everything, userID: item.userID }) },
    chain: verificationQuery(backend),
    user: userQuery(backend, item.userID),
    preflight: preflightQuery(backend, item.userID),
    bystander: userQuery(backend, bystander.id),
    head: headQuery(backend),
  };
  // The contents do not matter, so nothing is fetched.
  const keys = Object.values(parts).map(({ queryKey }): QueryKey => queryKey);
  for (const queryKey of keys) queries.setQueryData(queryKey, {});
  queries.setQueryData(parts.live.queryKey, await backend.listLive());
  const outOfDate = () =>
    Object.entries(parts)
      .filter(([, { queryKey }]) => queries.getQueryState(queryKey)?.isInvalidated)
      .map(([name]) => name);
  return { backend, queries, item, outOfDate };
}

describe("the queries out of date", () => {
  test.each<[Change, string[]]>([
    ["asked", ["live", "history", "chain", "user", "preflight"]],
    ["opened", ["live", "history", "chain", "user", "preflight"]],
    ["ended", ["live", "history", "chain", "user", "preflight"]],
    ["found", ["history", "chain", "user", "preflight"]],
  ])("after %s: everything about that user, and nothing about another", async (change, parts) => {
    const { queries, item, outOfDate } = await openParts();
    await changed(queries, change, [item.userID]);
    expect(outOfDate()).toEqual(parts);
  });

  test("after a look at Clerk that found the end of one", async () => {
    const { backend, queries, item, outOfDate } = await openParts();
    await queries.fetchQuery({ ...liveQuery(backend), staleTime: 0 });
    expect(outOfDate()).toEqual([]);
    Object.assign(item, { state: "ended", ended: "time" });
    await queries.fetchQuery({ ...liveQuery(backend), staleTime: 0 });
    await expect.poll(outOfDate).toEqual(["history", "chain", "user", "preflight"]);
  });

  test("is fetched anew where it is shown", async () => {
    const { backend, queries, item } = await openParts();
    const panel = new QueryObserver(queries, userQuery(backend, item.userID));
    const leave = panel.subscribe(() => undefined);
    const asked = () => backend.calls.filter(([method]) => method === "getUser").length;
    const before = asked();
    Object.assign(item, { state: "ended", ended: "idle" });
    await queries.fetchQuery({ ...liveQuery(backend), staleTime: 0 });
    await expect.poll(asked).toBe(before + 1);
    leave();
  });
});

test("any difference that can be seen counts as a change, and nothing else", () => {
  const [user] = createMemoryBackend().users;
  if (!user) throw new Error("nobody was invented");
  const look = fc.record({
    state: fc.constantFrom("pending", "live", "ended", "unknown"),
    ended: fc.constantFrom("", "operator", "time"),
    browser: fc.constantFrom("default", "firefox"),
    waiting: fc.subarray(["choose-organization", "setup-mfa"]),
  });
  const withLook = (part: Partial<Impersonation>, idleEndsAt: string) =>
    inventImpersonation(user, { id: "rid", idleEndsAt, ...part });
  fc.assert(
    fc.property(look, look, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b);
      expect(usersOfChanged([withLook(a, "x")], [withLook(b, "y")])).toEqual(same ? [] : [user.id]);
    }),
  );
});
