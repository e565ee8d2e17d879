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

interface State {
  place: Place;
  /**
   * The element is to be scrolled to the place. Not so where the element came
   * there by itself: it may have moved on since.
   */
  leads: boolean;
  resting: boolean;
}

function isSame(a: Place, b: Place): boolean {
  return a.offset === b.offset && a.top === b.top;
}

/**
 * Keeps the scrollTop of an element and the place in a list of any length in
 * step. headerHeight is how much of the element a sticky header covers.
 */
export function useScroll(rows: number, rowHeight: number, headerHeight: number): Scroll {
  const element = useRef<HTMLElement | null>(null);
  // Until the observer has measured it: no list is higher than the window.
  const [viewport, setViewport] = useState(window.innerHeight);
  const [state, setState] = useState<State>({ place: start, leads: false, resting: true });
  const { place, resting } = state;
  const extent: Extent = { rows, rowHeight, viewport };

  /** The newest, also while it is not drawn yet. */
  const newest = useRef(state);
  const change = useCallback((next: State): void => {
    newest.current = next;
    setState(next);
  }, []);
  const moveTo = useCallback(
    (next: Place): void => {
      // To where it rests already would draw all rows once more.
      if (newest.current.resting && isSame(newest.current.place, next)) return;
      change({ place: next, leads: true, resting: true });
    },
    [change],
  );

  // Fewer rows, a taller window or another row height can leave the place
  // behind the end; at rest the scrollbar is put back in proportion.
  const proper = placeAt(extent, place.offset);
  const isOff = proper.offset !== place.offset || (resting && Math.abs(proper.top - place.top) >= 1);
  if (viewport > 0 && isOff) setState({ place: proper, leads: true, resting: true });

  const ref = useCallback(
    (scroller: HTMLElement | null) => {
      element.current = scroller;
      if (scroller === null) return undefined;
      const measure = (): void => setViewport(Math.max(0, scroller.clientHeight - headerHeight));
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
    change({ place: next, leads: next.top !== top, resting: false });
  };

  useLayoutEffect(() => {
    if (element.current !== null && state.leads) element.current.scrollTop = state.place.top;
    newest.current = state;
  }, [state]);

  // An element that was hidden can come back scrolled to its start.
  useLayoutEffect(() => {
    const { top } = newest.current.place;
    if (element.current !== null && top > 0) element.current.scrollTop = top;
  }, []);

  useEffect(() => {
    if (resting) return undefined;
    const timer = setTimeout(() => {
      if (newest.current.place === place) change({ place, leads: false, resting: true });
    }, restDelay);
    return () => clearTimeout(timer);
  }, [resting, place, change]);

  return { extent, place, resting, ref, onScroll, moveTo };
}
