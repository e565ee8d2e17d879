import { queryOptions } from "@tanstack/react-query";
import type { Backend, View } from "@/backend/backend";
import { userQuery } from "@/backend/queries";

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
