import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { mayBeOver } from "@/backend/problem";
import type { UsersPage, View } from "@/backend/users";
import { afterFrame } from "@/ui/afterFrame";
import { totalQuery } from "@/workspace/queries";
import { type Listing, Loader } from "./loader";

const newestFirst: View = { query: "", sort: "created_at", descending: true, pinnedAt: 0 };

/** The rows of the directory. */
export interface Users {
  readonly loader: Loader;
  /** As it was in the last frame: the table itself takes new rows at once. */
  readonly listing: Listing;
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
  useEffect(
    () =>
      backend.onAnswered(() => {
        const { problem } = loader.listing();
        if (problem && mayBeOver(problem) && problem.retryAfterMS === 0) loader.retry();
      }),
    [backend, loader],
  );

  const open: Users["open"] = (change) => {
    const next = { ...loader.listing().view, ...change, pinnedAt: 0 };
    if (next.query === "") void queries.invalidateQueries({ queryKey: totalQuery(backend).queryKey });
    loader.open(next);
  };

  return { loader, listing, open };
}

/**
 * Returns the listing a frame later: the parts around the table take as long to render
 * as its rows, and need not hold them up.
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
