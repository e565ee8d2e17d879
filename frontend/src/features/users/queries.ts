import { queryOptions } from "@tanstack/react-query";
import type { Backend } from "@/backend/backend";
import type { View } from "@/backend/users";
import { userKey, userQuery } from "@/workspace/queries";

/** How often users that are newer than the view are counted, in milliseconds. */
const newerInterval = 45_000;

/** How many users a search finds. Clerk may take minutes, or never answer. */
export function countQuery(backend: Backend, view: View) {
  return queryOptions({
    queryKey: ["count", view.query, view.pinnedAt],
    queryFn: ({ signal }) => backend.countUsers({ view, newer: false }, signal),
  });
}

/** How many users came since the view was pinned: none at first. */
export function newerQuery(backend: Backend, view: View) {
  return queryOptions({
    queryKey: ["newer", view.query, view.pinnedAt],
    queryFn: ({ signal }) => backend.countUsers({ view, newer: true }, signal),
    initialData: 0,
    refetchInterval: newerInterval,
  });
}

/** A count may be under way for so much of the time at most: one in so many parts. */
const countingShare = 20;

/**
 * The number of users of the view, counted now and then: pages that were asked
 * for by offset lose a row between them, unseen, when one above is deleted, and
 * a smaller number is what tells. total is what is known without it, most the
 * number that was counted first.
 */
export function recountQuery(backend: Backend, view: View, total: number | undefined, most: number) {
  return queryOptions({
    queryKey: ["recount", view.query, view.pinnedAt],
    queryFn: async ({ signal }) => {
      const began = Date.now();
      const count = await recount(backend, view, most, signal);
      return { count, took: Date.now() - began };
    },
    // The same number again is news as well: the pages may have doubted it.
    structuralSharing: false,
    initialData: total === undefined ? undefined : { count: total, took: 0 },
    refetchInterval: ({ state: { data } }) => Math.max(newerInterval, countingShare * (data?.took ?? 0)),
  });
}

/**
 * Clerk counts everybody at once and with a condition slowly, so without a search the
 * users who came since are taken off. They are counted first: a user who comes meanwhile
 * makes the result too high, which is no news, and not too low.
 */
async function recount(backend: Backend, view: View, most: number, signal: AbortSignal): Promise<number> {
  if (view.query !== "") return backend.countUsers({ view, newer: false }, signal);
  const newer = await backend.countUsers({ view, newer: true }, signal);
  const all = await backend.countUsers({ view: { ...view, pinnedAt: 0 }, newer: false }, signal);
  return Math.min(most, all - newer);
}

/** The searches of this instance that are kept on this computer. */
export function searchesQuery(backend: Backend) {
  return queryOptions({ queryKey: ["searches"], queryFn: () => backend.listSearches() });
}

/** The organizations that org: with the text can mean. */
export function organizationsQuery(backend: Backend, text: string) {
  return queryOptions({
    queryKey: ["organizations", text],
    queryFn: ({ signal }) => backend.findOrganizations(text, signal),
  });
}

/** How long details count as current, in milliseconds. */
const detailLife = 30_000;

/** One user, asked for again when picked again after a while. */
export function detailQuery(backend: Backend, id: string) {
  return { ...userQuery(backend, id), staleTime: detailLife };
}

/** The same, before the user is picked. */
export function aheadQuery(backend: Backend, id: string) {
  return queryOptions({
    ...detailQuery(backend, id),
    queryFn: ({ signal }) => backend.getUser(id, true, signal),
  });
}

/** The organizations of a user, beside the rest: somebody can be in thousands. */
export function membershipsQuery(backend: Backend, id: string) {
  return queryOptions({
    queryKey: [...userKey, id, "memberships"],
    queryFn: ({ signal }) => backend.getMemberships(id, signal),
    staleTime: detailLife,
  });
}

/** Where a user is signed in, beside the rest. */
export function sessionsQuery(backend: Backend, id: string) {
  return queryOptions({
    queryKey: [...userKey, id, "sessions"],
    queryFn: ({ signal }) => backend.getSessions(id, signal),
    staleTime: detailLife,
  });
}

/** Every key of the number of a view begins with it. */
export const viewCountKey = ["viewCount"];

/** How many users a view has, up to now. Clerk may take minutes, or never answer. */
export function viewCountQuery(backend: Backend, { query }: Pick<View, "query">) {
  return queryOptions({
    queryKey: [...viewCountKey, query],
    queryFn: ({ signal }) =>
      backend.countUsers(
        { view: { query, sort: "created_at", descending: true, pinnedAt: 0 }, newer: false },
        signal,
      ),
  });
}
