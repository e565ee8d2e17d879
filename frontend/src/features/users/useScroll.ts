import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Extent, type Place, placeAt, scrolledTo, start } from "./scroll";

/** A scroll has come to rest when nothing moved for so long, in milliseconds. */
const restDelay = 120;

/** The window onto a list, and the element that it is. */
export interface Scroll {
  readonly extent: Extent;
  readonly place: Place;
  /** Nothing has moved for a while. */
  readonly resting: boolean;
  /** Goes on the element that scrolls. */
  readonly ref: (element: HTMLElement | null) => (() => void) | undefined;
  readonly onScroll: () => void;
  readonly moveTo: (place: Place) => void;
}

/**
 * Keeps the scrollTop of an element and the place in a list of any length in
 * step. headerHeight is how much of the element a sticky header covers.
 */
export function useScroll(rows: number, rowHeight: number, headerHeight: number): Scroll {
  const element = useRef<HTMLElement | null>(null);
  // The scrollTop to give the element once the rows for it are drawn. What the
  // element did by itself is never written back: it may have moved on since.
  const target = useRef<number | undefined>(undefined);
  const [viewport, setViewport] = useState(0);
  const [place, setPlace] = useState<Place>(start);
  const [restedAt, setRestedAt] = useState<Place>(start);
  const resting = restedAt === place;
  const extent: Extent = { rows, rowHeight, viewport };

  const moveTo = useCallback((next: Place): void => {
    target.current = next.top;
    setPlace(next);
    setRestedAt(next);
  }, []);

  const ref = useCallback(
    (scroller: HTMLElement | null) => {
      element.current = scroller;
      if (scroller === null) return undefined;
      const measure = (): void => setViewport(Math.max(0, scroller.clientHeight - headerHeight));
      measure();
      const observer = new ResizeObserver(measure);
      observer.observe(scroller);
      return () => observer.disconnect();
    },
    [headerHeight],
  );

  const onScroll = (): void => {
    const top = element.current?.scrollTop ?? place.top;
    if (top === place.top) return;
    const next = scrolledTo(extent, place, top);
    if (next.top === top) setPlace(next);
    else moveTo(next);
  };

  const latest = useRef(place);
  useLayoutEffect(() => {
    if (element.current !== null && target.current !== undefined) element.current.scrollTop = target.current;
    target.current = undefined;
    latest.current = place;
  }, [place]);

  // An element that was hidden can come back scrolled to its start.
  useLayoutEffect(() => {
    if (element.current !== null) element.current.scrollTop = latest.current.top;
  }, []);

  // Fewer rows, a taller window or another row height can leave the place
  // behind the end; at rest the scrollbar is put back in proportion.
  useLayoutEffect(() => {
    const proper = placeAt({ rows, rowHeight, viewport }, place.offset);
    const leaves = resting && Math.abs(proper.top - place.top) >= 1;
    if (viewport > 0 && (proper.offset !== place.offset || leaves)) moveTo(proper);
  }, [rows, rowHeight, viewport, place, resting, moveTo]);

  useEffect(() => {
    if (resting) return undefined;
    const timer = setTimeout(() => setRestedAt(place), restDelay);
    return () => clearTimeout(timer);
  }, [resting, place]);

  return { extent, place, resting, ref, onScroll, moveTo };
}
