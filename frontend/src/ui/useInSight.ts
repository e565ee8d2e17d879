import { type RefObject, useEffect, useRef } from "react";

/** Goes on an element of a list: while it is the one that the keys are at, it is scrolled into sight. */
export function useInSight(active: boolean): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return element;
}
