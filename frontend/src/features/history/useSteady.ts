import { useLayoutEffect, useRef } from "react";
import { anchorOf, placeOf } from "@/ui/scroll";
import type { Scroll } from "@/ui/useScroll";
import type { Line } from "./entries";

/**
 * Holds the window on the entry at its top when lines before that come or go. At the
 * newest entry it stays at the top, where those that are added are seen.
 */
export function useSteady(
  lines: readonly Line[],
  { extent, place, moveTo }: Scroll,
  hasNewer: boolean,
): void {
  const kept = useRef({ lines, id: "", pixels: 0 });
  useLayoutEffect(() => {
    const { index, pixels } = anchorOf(extent, place);
    const before = kept.current;
    const follows = lines !== before.lines && before.id !== "" && (place.offset > 0 || hasNewer);
    const now = follows ? lines.findIndex(({ entry }) => entry?.id === before.id) : -1;
    if (now >= 0 && (now !== index || pixels !== before.pixels)) {
      kept.current = { ...before, lines };
      moveTo(placeOf(extent, { index: now, pixels: before.pixels }));
      return;
    }
    // The head of a day is not an entry: then it is the one below that stays.
    const [at, offset] = lines[index]?.entry ? [index, pixels] : [index + 1, pixels - extent.rowHeight];
    kept.current = { lines, id: lines[at]?.entry?.id ?? "", pixels: offset };
  });
}
