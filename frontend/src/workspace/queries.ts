/**
 * What several screens read from Go, and under which keys. There is one query
 * client per connected instance, so no key names the instance, and nothing of
 * one instance can be shown in another. What is of none of them is held by that
 * of the window.
 */
import { QueryClient, queryOptions } from "@tanstack/react-query";
import type { Backend } from "@/backend/backend";
import { type HistoryFilter, headOf } from "@/backend/history";
import type { Failure } from "@/backend/problem";
import { changed, usersOfChanged } from "./changes";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: Failure;
  }
}

/**
 * Go is on this computer: there is no "offline" for it. It retries what may be
 * retried itself, so the window never does.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: "always",
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** What the window begins with, and its settings at once. */
export function startQuery(backend: Backend) {
  return queryOptions({
    queryKey: ["start"],
    queryFn: async ({ client }) => {
      const start = await backend.start();
      client.setQueryData(settingsQuery(backend).queryKey, start.settings);
      return start;
    },
  });
}

/** How often Clerk is asked about impersonations while there is something to ask. */
const livePollMS = 5_000;

export function liveQuery(backend: Backend) {
  return queryOptions({
    queryKey: ["live"],
    queryFn: async ({ client, queryKey }) => {
      const live = await backend.listLive();
      const before = client.getQueryData<typeof live>(queryKey);
      const users = before ? usersOfChanged(before.items, live.items) : [];
      if (users.length > 0) void changed(client, "found", users);
      return live;
    },
    refetchInterval: ({ state: { data } }) =>
      data?.following ? Math.max(livePollMS, data.problem?.retryAfterMS ?? 0) : false,
    // Behind other windows too: what ended is closed and wiped by the check that finds it.
    refetchIntervalInBackground: true,
  });
}

/** Where the pages of what passes a filter are held. What changes the record invalidates ["history"]. */
export function historyPagesKey(filter: HistoryFilter): (string | HistoryFilter)[] {
  return ["history", "pages", filter];
}

/** What the history can be narrowed to. */
export function historyChoicesQuery(backend: Backend) {
  return queryOptions({
    queryKey: ["history", "choices"],
    queryFn: ({ signal }) => backend.historyChoices(signal),
  });
}

/** The entry that holds the record of that number. */
export function holderQuery(backend: Backend, seq: number) {
  return queryOptions({ queryKey: ["history", "holder", seq], queryFn: () => backend.findRecord(seq) });
}

/** What is on record of one entry. What changes the record invalidates ["history"], this among it. */
export function recordsQuery(backend: Backend, id: string) {
  return queryOptions({ queryKey: ["history", "records", id], queryFn: () => backend.listRecords(id) });
}

/** Whether the chain of records holds. */
export function verificationQuery(backend: Backend) {
  return queryOptions({ queryKey: ["history", "verification"], queryFn: () => backend.verifyHistory() });
}

/**
 * Whether the record ends as the keychain remembers it. It is not among
 * ["history"]: a keychain that asks for its password must not ask at each step.
 */
export function headQuery(backend: Backend) {
  return queryOptions({
    queryKey: ["head"],
    queryFn: ({ signal }) => backend.compareHead(signal),
    retryOnMount: false,
    // The first record comes into the keychain after the start.
    staleTime: ({ state: { data } }) => (data && headOf(data) === "none" ? 0 : Number.POSITIVE_INFINITY),
  });
}

export function settingsQuery(backend: Backend) {
  return queryOptions({ queryKey: ["settings"], queryFn: () => backend.getSettings() });
}

export function rulesQuery(backend: Backend) {
  return queryOptions({ queryKey: ["rules"], queryFn: () => backend.getRules() });
}

/** What is to be known before that user is impersonated. It never counts as settled. */
export function preflightQuery(backend: Backend, userID: string) {
  return queryOptions({
    queryKey: ["preflight", userID],
    queryFn: ({ signal }) => backend.preflight(userID, signal),
    staleTime: 0,
  });
}

/** The latest reasons. What changes the record invalidates ["history"], this among it. */
export function recentReasonsQuery(backend: Backend) {
  return queryOptions({ queryKey: ["history", "reasons"], queryFn: () => backend.recentReasons() });
}

/** What is locked, while it is. */
export function lockedQuery(backend: Backend) {
  return queryOptions({ queryKey: ["locked"], queryFn: () => backend.locked() });
}

/** Whether the instance in use is still where it was connected: asked once. */
export function addressQuery(backend: Backend) {
  return queryOptions({ queryKey: ["address"], queryFn: ({ signal }) => backend.checkAddress(signal) });
}

export function instancesQuery(backend: Backend) {
  return queryOptions({ queryKey: ["instances"], queryFn: () => backend.listInstances() });
}

export function browsersQuery(backend: Backend) {
  return queryOptions({
    ...allBrowsers(backend),
    select: (all) => all.filter(({ barrier }) => barrier === ""),
  });
}

/** Why some of the browsers of this computer cannot open a ticket, a sentence each. */
export function barriersQuery(backend: Backend) {
  return queryOptions({
    ...allBrowsers(backend),
    select: (all) => all.map(({ barrier }) => barrier).filter(Boolean),
  });
}

function allBrowsers(backend: Backend) {
  return queryOptions({ queryKey: ["browsers"], queryFn: () => backend.listBrowsers() });
}

/** One user as Clerk knows them now. */
export function userQuery(backend: Backend, id: string) {
  return queryOptions({
    queryKey: ["user", id],
    queryFn: ({ signal }) => backend.getUser(id, false, signal),
  });
}

/** Who acts, by name: after a start only the id is known at first. */
export function operatorQuery(backend: Backend) {
  return queryOptions({ queryKey: ["operator"], queryFn: () => backend.operator() });
}

/** How operators sign in with Clerk here. It changes with the rules. */
export function signInQuery(backend: Backend) {
  return queryOptions({ queryKey: ["signIn"], queryFn: () => backend.signIn(), staleTime: 0 });
}

/** How many users the instance has in all. It is asked once, beside the rows. */
export function totalQuery(backend: Backend) {
  return queryOptions({
    queryKey: ["total"],
    queryFn: ({ signal }) =>
      backend.countUsers(
        { view: { query: "", sort: "created_at", descending: true, pinnedAt: 0 }, newer: false },
        signal,
      ),
  });
}
