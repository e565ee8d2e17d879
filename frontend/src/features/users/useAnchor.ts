import { useLayoutEffect, useRef } from "react";
import { anchorOf, type Place, placeOf, start } from "@/ui/scroll";
import type { Scroll } from "@/ui/useScroll";
import type { Listing } from "./loader";

interface Kept {
  /** Of the user in the first row of the window, "" while unknown. */
  id: string;
  index: number;
  pixels: number;
  place: Place;
  rowHeight: number;
  /** The search and order that the place belongs to. */
  view: string;
}

/**
 * Holds the window on what the operator looks at: the same user at the same
 * height when rows before them come or go, and the top for another search or
 * order.
 */
export function useAnchor({ pages, stale, view }: Listing, { extent, place, moveTo }: Scroll): void {
  const kept = useRef<Kept>({
    id: "",
    index: 0,
    pixels: 0,
    place: start,
    rowHeight: extent.rowHeight,
    view: "",
  });

  useLayoutEffect(() => {
    const before = kept.current;
    const shown = stale ? before.view : JSON.stringify([view.query, view.sort, view.descending]);
    const { index, pixels } = anchorOf(extent, place);
    const still = place === before.place;
    kept.current = {
      id: pages.row(index)?.id ?? (still ? before.id : ""),
      index,
      pixels,
      place,
      rowHeight: extent.rowHeight,
      view: shown,
    };
    if (shown !== before.view) {
      kept.current.id = "";
      if (before.view !== "") moveTo(start);
      return;
    }
    if (!still || place.offset === 0) return;
    const now = pages.indexOf(before.id) ?? before.index;
    if (now !== before.index || extent.rowHeight !== before.rowHeight) {
      moveTo(placeOf(extent, { index: now, pixels: before.pixels }));
    }
  });
}
