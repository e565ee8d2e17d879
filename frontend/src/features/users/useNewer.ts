import { useEffect, useEffectEvent, useRef } from "react";
import type { Listing } from "./loader";
import type { Users } from "./useUsers";

/**
 * Returns how to show who is newer than the view: at its start, or with the
 * oldest first at its end, once it is known where that is.
 */
export function useNewer(
  { pages, view, asOf }: Listing,
  open: Users["open"],
  go: (to: "start" | "end") => void,
): () => void {
  /** The moment that the rows must be newer than, to go to their end. */
  const endAfter = useRef(Number.POSITIVE_INFINITY);
  const { total } = pages;
  const isOldestFirst = view.sort === "created_at" && !view.descending;
  const goTo = useEffectEvent(go);
  useEffect(() => {
    if (asOf <= endAfter.current || total === undefined) return;
    endAfter.current = Number.POSITIVE_INFINITY;
    if (isOldestFirst) goTo("end");
  }, [asOf, total, isOldestFirst]);

  return () => {
    if (isOldestFirst) endAfter.current = asOf;
    else go("start");
    open({});
  };
}
