import { useEffect, useEffectEvent, useRef } from "react";
import type { UserRow } from "@/backend/backend";
import type { Listing, Loader } from "./loader";

interface First {
  /** Goes to the first row: now, or as soon as what was searched for is there. */
  readonly go: () => void;
  /** The operator is at the search again: an answer must not lead away from it. */
  readonly stay: () => void;
}

export function useFirst(loader: Loader, listing: Listing, go: (first: UserRow) => void): First {
  const wanted = useRef(false);
  const goTo = useEffectEvent(go);
  useEffect(() => {
    // What is drawn may be of before the search began: the newest follows.
    if (listing !== loader.listing()) return;
    const first = firstOf(listing);
    if (wanted.current && first !== undefined) goTo(first);
    if (first !== undefined || !listing.loading) wanted.current = false;
  }, [loader, listing]);

  return {
    go: () => {
      // The search may have begun in the same event, before anything was drawn.
      const first = firstOf(loader.listing());
      if (first === undefined) wanted.current = true;
      else go(first);
    },
    stay: () => {
      wanted.current = false;
    },
  };
}

function firstOf({ pages, stale }: Listing): UserRow | undefined {
  return stale ? undefined : pages.row(0);
}
