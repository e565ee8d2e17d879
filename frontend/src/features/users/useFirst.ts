import { useEffect, useEffectEvent, useState } from "react";
import type { UserRow } from "@/backend/backend";
import type { Listing } from "./loader";

/** Returns how to go to the first row of the listing: now, or as soon as its answer is there. */
export function useFirst({ pages, stale, loading }: Listing, go: (first: UserRow) => void): () => void {
  const [wanted, setWanted] = useState(false);
  const first = stale ? undefined : pages.row(0);
  const goTo = useEffectEvent(go);
  useEffect(() => {
    if (!wanted) return;
    if (first !== undefined) goTo(first);
    if (first !== undefined || !loading) setWanted(false);
  }, [wanted, first, loading]);
  return () => setWanted(true);
}
