import { useEffect, useEffectEvent, useRef } from "react";
import type { UserRow } from "@/backend/backend";
import type { Listing, Loader } from "./loader";

/** Returns how to go to the first row: now, or as soon as what was searched for is there. */
export function useFirst(loader: Loader, listing: Listing, go: (first: UserRow) => void): () => void {
  const wanted = useRef(false);
  const goTo = useEffectEvent(go);
  useEffect(() => {
    const first = firstOf(listing);
    if (wanted.current && first !== undefined) goTo(first);
    if (first !== undefined || !listing.loading) wanted.current = false;
  }, [listing]);

  return () => {
    // The search may have begun in the same event, before anything was drawn.
    const first = firstOf(loader.listing());
    if (first === undefined) wanted.current = true;
    else go(first);
  };
}

function firstOf({ pages, stale }: Listing): UserRow | undefined {
  return stale ? undefined : pages.row(0);
}
