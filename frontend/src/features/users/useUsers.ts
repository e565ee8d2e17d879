import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { UsersPage, View } from "@/backend/backend";
import { totalQuery } from "@/backend/queries";
import { afterFrame } from "@/ui/afterFrame";
import { useLater } from "@/ui/later";
import { type Listing, Loader } from "./loader";
import { countQuery, newerQuery, recountQuery } from "./queries";
import { useViewCounts } from "./useViewCounts";

const newestFirst: View = { query: "", sort: "created_at", descending: true, pinnedAt: 0 };

/** The rows of the directory, and what is known of their number. */
export interface Users {
  readonly loader: Loader;
  /** As it was in the last frame: the table itself takes new rows at once. */
  readonly listing: Listing;
  /** Users in the instance, undefined until counted. */
  readonly all: number | undefined;
  /** Users created since the view was pinned. */
  readonly newer: number;
  /** Shows another search or order, or with {} the same; always pinned anew. */
  readonly open: (change: Partial<Pick<View, "query" | "sort" | "descending">>) => void;
}

/** For so long rows that came with the connection are as good as new, in milliseconds. */
const firstLife = 10_000;

/** first are the newest rows, if they came with the connection. */
export function useUsers(first: UsersPage | undefined): Users {
  const backend = useBackend();
  const queries = useQueryClient();
  const [loader] = useState(
    () => new Loader(backend, newestFirst, first && isNew(first) ? first : undefined),
  );
  const listing = useListed(loader);
  useEffect(() => () => loader.stop(), [loader]);

  const focused = useFocused();

  // Counts come beside the rows, never before them: Clerk can take minutes.
  const { view, pages, stale } = listing;
  const hasRows = useLater() && view.pinnedAt !== 0 && !stale;
  const total = useQuery({ ...totalQuery(backend), enabled: hasRows });
  const matching = useQuery({
    ...countQuery(backend, view),
    enabled: hasRows && view.query !== "" && pages.total === undefined,
  });
  const newer = useQuery({ ...newerQuery(backend, view), enabled: hasRows && focused });
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

  const open: Users["open"] = (change) => {
    const next = { ...loader.listing().view, ...change, pinnedAt: 0 };
    if (next.query === "") void queries.invalidateQueries({ queryKey: totalQuery(backend).queryKey });
    loader.open(next);
  };

  return { loader, listing, all: total.data, newer: newer.data ?? 0, open };
}

/**
 * What is listed, a frame later: what stands around the table takes as long to
 * render as its rows, and need not hold them up.
 */
function useListed(loader: Loader): Listing {
  const [listing, setListing] = useState(loader.listing);
  useEffect(() => {
    let callOff: (() => void) | undefined;
    const follow = (): void => {
      callOff ??= afterFrame(() => {
        callOff = undefined;
        setListing(loader.listing());
      });
    };
    follow(); // with what changed before
    const unsubscribe = loader.subscribe(follow);
    return () => {
      callOff?.();
      unsubscribe();
    };
  }, [loader]);
  return listing;
}

/** Not so when the screen is left and opened again later. */
function isNew(first: UsersPage): boolean {
  return Date.now() - first.pinnedAt < firstLife;
}

/** Whether the operator is working in the window. */
function useFocused(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("focus", changed);
      window.addEventListener("blur", changed);
      return () => {
        window.removeEventListener("focus", changed);
        window.removeEventListener("blur", changed);
      };
    },
    () => document.hasFocus(),
  );
}
