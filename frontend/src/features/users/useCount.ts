import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { useFocused } from "@/ui/useFocused";
import { totalQuery } from "@/workspace/queries";
import type { Listing } from "./loader";
import { countQuery, newerQuery, recountQuery } from "./queries";
import type { Users } from "./useUsers";
import { useViewCounts } from "./useViewCounts";

/** Counts the users that are listed, for the pages as well. The result is how many the instance has, undefined until counted. */
export function useCount({ loader, listing }: Users): number | undefined {
  const backend = useBackend();
  const { view, pages } = listing;
  const hasRows = useHasRows(listing);
  const focused = useFocused();

  const total = useQuery({ ...totalQuery(backend), enabled: hasRows });
  const matching = useQuery({
    ...countQuery(backend, view),
    enabled: hasRows && view.query !== "" && pages.total === undefined,
  });
  // The views are counted last, with nothing else under way.
  useViewCounts(hasRows && !listing.loading && total.isSuccess && !total.isFetching && !matching.isFetching);

  const counted = view.query === "" ? total : matching;
  const count = counted.isFetching ? undefined : counted.data;
  const { data: recounted } = useQuery({
    ...recountQuery(backend, view, pages.total, count ?? Number.POSITIVE_INFINITY),
    // Not before the first count, and then also when the pages no longer believe it.
    enabled: ({ state }) => hasRows && focused && (pages.total ?? state.data) !== undefined,
  });
  useEffect(() => {
    const latest = recounted?.count ?? count;
    if (latest !== undefined && hasRows) loader.setTotal(view, latest);
  }, [loader, view, count, recounted, hasRows]);

  return total.data;
}

/** How many users were created since the view was pinned, counted now and then. */
export function useNewerCount(listing: Listing): number {
  const newer = newerQuery(useBackend(), listing.view);
  const hasRows = useHasRows(listing);
  const focused = useFocused();
  return useQuery({ ...newer, enabled: hasRows && focused }).data ?? 0;
}

/** Counts come beside the rows of a view, never before them: Clerk can take minutes. */
function useHasRows({ view, stale }: Listing): boolean {
  return view.pinnedAt !== 0 && !stale;
}
