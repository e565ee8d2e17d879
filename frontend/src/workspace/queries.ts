/**
 * The queries that several features share, and what is out of date after what.
 * There is one query client per connected instance, so no key names the instance,
 * and nothing of one instance can be shown in another. The client of the window holds
 * what belongs to none of them.
 */

import { type QueryClient, type QueryKey, queryOptions } from "@tanstack/react-query";
import type { Backend } from "@/backend/backend";
import { type HistoryFilter, headOf } from "@/backend/history";
import type { Impersonation, Live } from "@/backend/impersonations";
import { say } from "@/text/sentence";
import { namesOf } from "./names";
import { nameIfAny } from "./person";

/** Every key of what is read from the audit log begins with it. */
export const historyKey = ["history"] as const;
/** Every key of what is read of one user begins with it. */
export const userKey = ["user"] as const;
export const preflightKey = ["preflight"] as const;
const liveKey = ["live"] as const;
const browsersKey = ["browsers"] as const;
const headKey = ["head"] as const;

/**
 * An event of impersonations. `found`: a look at Clerk found another state than was
 * known; the board itself is up to date then.
 */
export type Change = "asked" | "opened" | "allowed" | "ended" | "found" | "accepted";

const outOfDate: Record<Change, readonly QueryKey[]> = {
  asked: [liveKey, historyKey],
  opened: [liveKey, browsersKey, historyKey],
  allowed: [liveKey, historyKey],
  ended: [liveKey, historyKey],
  found: [historyKey],
  accepted: [headKey, historyKey],
};

/** Has everything that is open shown anew as far as that change of those users concerns it. */
export async function changed(queries: QueryClient, change: Change, users: readonly string[]): Promise<void> {
  const ofUsers = users.flatMap((id) => [
    [...userKey, id],
    [...preflightKey, id],
  ]);
  const keys = [...outOfDate[change], ...ofUsers];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** The users of impersonations that are not as they were. */
export function usersOfChanged(
  before: readonly Impersonation[],
  now: readonly Impersonation[],
): readonly string[] {
  const known = new Map(before.map((item) => [item.id, lookOf(item)]));
  return [...new Set(now.filter((item) => known.get(item.id) !== lookOf(item)).map(({ userID }) => userID))];
}

function lookOf({ state, ended, browser, waiting }: Impersonation): string {
  return JSON.stringify([state, ended, browser, waiting]);
}

/** How often Clerk is asked about impersonations while there is something to ask. */
const livePollMS = 5_000;

export function liveQuery(backend: Backend) {
  return queryOptions({
    queryKey: liveKey,
    queryFn: async ({ client, queryKey }) => {
      const live = await backend.listLive();
      const before = client.getQueryData<typeof live>(queryKey);
      const users = before ? usersOfChanged(before.items, live.items) : [];
      if (users.length > 0) void changed(client, "found", users);
      return live;
    },
    refetchInterval: ({ state: { data } }) =>
      data?.following
        ? Math.min(Math.max(livePollMS, data.problem?.retryAfterMS ?? 0), untilViewOnly(data, Date.now()))
        : false,
    // It also polls behind other windows: the check that finds an ended session closes and wipes its browser.
    refetchIntervalInBackground: true,
  });
}

/** Shows an impersonation as a call has just answered it, before Go is asked for all of them again. */
export function showNow(queries: QueryClient, backend: Backend, item: Impersonation): void {
  queries.setQueryData(
    liveQuery(backend).queryKey,
    (live) => live && { ...live, items: live.items.map((one) => (one.id === item.id ? item : one)) },
  );
}

/** In how many milliseconds Go will have ended the next permission for changes. */
function untilViewOnly({ items }: Live, now: number): number {
  const ends = items
    .map(({ watching }) => Date.parse(watching.changesUntil) - now)
    .filter((left) => left > 0);
  return Math.min(...ends) + 100;
}

/** Where the pages of what passes a filter are held. */
export function historyPagesKey(filter: HistoryFilter): readonly (string | HistoryFilter)[] {
  return [...historyKey, "pages", filter];
}

/** Whether the chain of records holds. */
export function verificationQuery(backend: Backend) {
  return queryOptions({ queryKey: [...historyKey, "verification"], queryFn: () => backend.verifyHistory() });
}

/**
 * Whether the audit log ends as the keychain remembers it. It does not begin with
 * {@link historyKey}: a keychain that asks for its password must not ask at each step.
 */
export function headQuery(backend: Backend) {
  return queryOptions({
    queryKey: headKey,
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

/** The findings before that user is impersonated. They never count as settled. */
export function preflightQuery(backend: Backend, userID: string) {
  return queryOptions({
    queryKey: [...preflightKey, userID],
    queryFn: ({ signal }) => backend.preflight(userID, signal),
    staleTime: 0,
  });
}

export function instancesQuery(backend: Backend) {
  return queryOptions({ queryKey: ["instances"], queryFn: () => backend.listInstances() });
}

export function browsersQuery(backend: Backend) {
  return queryOptions({
    ...allBrowsers(backend),
    select: (all) => all.filter(({ barrier }) => !barrier),
  });
}

/** Why some of the browsers of this computer cannot open a ticket, a sentence each. */
export function barriersQuery(backend: Backend) {
  return queryOptions({
    ...allBrowsers(backend),
    select: (all) => all.flatMap(({ barrier }) => (barrier ? [say(barrier)] : [])),
  });
}

function allBrowsers(backend: Backend) {
  return queryOptions({ queryKey: browsersKey, queryFn: () => backend.listBrowsers() });
}

/** One user as Clerk knows them now. */
export function userQuery(backend: Backend, id: string) {
  return queryOptions({
    queryKey: [...userKey, id],
    queryFn: ({ signal }) => backend.getUser(id, false, signal),
  });
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

/** The name of a user, "" for nobody. Names asked for at the same time are one request. */
export function nameQuery(client: QueryClient, backend: Backend, id: string) {
  return queryOptions({
    queryKey: ["name", id],
    queryFn: ({ signal }) => namesOf(client, backend).find(id, signal),
    initialData: () => {
      const row = client.getQueryData(userQuery(backend, id).queryKey)?.row;
      return row && nameIfAny(row);
    },
  });
}

/** Names the opening of a ticket, which takes a browser some seconds, for all who show it. */
export function openingKey(id: string): readonly string[] {
  return ["openTicket", id];
}
