import { useCallback, useMemo, useState } from "react";
import type { Problem } from "@/backend/problem";
import { useChangeSettings, useSettings } from "@/workspace/settings";
import { type Column, columnsOf, fitted, keptOf } from "./columns";

export interface Columns {
  /** All of them, in their order. */
  readonly all: readonly Column[];
  readonly shown: readonly Column[];
  /** Shows a change without keeping it: while the pointer still drags. */
  readonly preview: (all: readonly Column[]) => void;
  /** Shows a change and keeps it in the settings. */
  readonly change: (all: readonly Column[]) => void;
  /** Back to how they were before anything was changed. */
  readonly reset: () => void;
  /** Why the last change was not kept; the columns are as before then. */
  readonly problem: Problem | undefined;
  /** Goes on the element that they share the width of. */
  readonly roomRef: (element: HTMLElement) => () => void;
}

/** The steps in which the width is followed, in pixels: each one draws the table anew. */
const step = 16;

/** The width of an element in pixels. */
function useWidth() {
  // The table is taken to have what the sections leave of the window, until it is measured.
  const [width, setWidth] = useState(() => 0.9 * window.innerWidth);
  const ref = useCallback((element: HTMLElement) => {
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth / step) * step));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, ref] as const;
}

export function useColumns(): Columns {
  const settings = useSettings().data;
  const [draft, setDraft] = useState<readonly Column[]>();
  const save = useChangeSettings();

  const kept = useMemo(() => columnsOf(settings?.columns ?? []), [settings?.columns]);
  const [width, roomRef] = useWidth();
  const room = width / 16 / ((settings?.zoom ?? 100) / 100);
  const all = useMemo(() => fitted(draft ?? kept, room), [draft, kept, room]);
  const shown = useMemo(() => all.filter(({ hidden }) => !hidden), [all]);
  const change = (next: readonly Column[]): void => {
    setDraft(next);
    save.mutate(
      { columns: keptOf(next) },
      {
        onSettled: () => setDraft((now) => (now === next ? undefined : now)),
      },
    );
  };
  return {
    all,
    shown,
    preview: setDraft,
    change,
    reset: () => change(columnsOf([])),
    problem: save.error?.problem,
    roomRef,
  };
}
