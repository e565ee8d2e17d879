import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { views } from "./fixedViews";
import { viewCountKey, viewCountQuery } from "./queries";

/** How long the table must be idle before the views are counted, in milliseconds. */
const rest = 500;

/**
 * Counts the users of the views while the table is idle, one view after the
 * other, each until there is an answer to it: counting with a condition can take
 * Clerk minutes, and rows must not wait for that.
 */
export function useViewCounts(idle: boolean): void {
  const backend = useBackend();
  const queries = useQueryClient();
  useEffect(() => {
    if (!idle) return;
    let stopped = false;
    const countAll = async () => {
      for (const view of views) {
        const counted = viewCountQuery(backend, view);
        // A count that failed is not tried again: it took too long, and would again.
        const isSettled = (queries.getQueryState(counted.queryKey)?.status ?? "pending") !== "pending";
        // oxlint-disable-next-line no-await-in-loop -- one at a time
        if (!isSettled) await queries.prefetchQuery(counted);
        if (stopped) return;
      }
    };
    const timer = setTimeout(() => void countAll(), rest);
    return () => {
      stopped = true;
      clearTimeout(timer);
      void queries.cancelQueries({ queryKey: viewCountKey });
    };
  }, [idle, backend, queries]);
}
