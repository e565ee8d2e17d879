// Searches that are always at hand.

import { queryOptions } from "@tanstack/react-query";
import type { Backend } from "@/backend/backend";

export const views = [
  { name: "newThisWeek", query: "created:<7d" },
  { name: "activeToday", query: "active:<24h" },
  { name: "banned", query: "banned:yes" },
] as const;

export type View = (typeof views)[number];

/** What the counts of all views are kept under. */
export const viewCounts = ["viewCount"];

/** How many users a view has, up to now. Clerk may take minutes, or never answer. */
export function viewCountQuery(backend: Backend, { query }: View) {
  return queryOptions({
    queryKey: [...viewCounts, query],
    queryFn: ({ signal }) =>
      backend.countUsers(
        { view: { query, sort: "created_at", descending: true, pinnedAt: 0 }, newer: false },
        signal,
      ),
  });
}
