import { useMemo, useState } from "react";
import type { Problem } from "@/backend/problem";
import { useSaveSettings, useSettings } from "@/backend/settings";
import { type Column, columnsOf, keptOf } from "./columns";

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
}

export function useColumns(): Columns {
  const settings = useSettings().data;
  const [draft, setDraft] = useState<readonly Column[]>();
  const save = useSaveSettings();

  const kept = useMemo(() => columnsOf(settings?.columns ?? []), [settings?.columns]);
  const all = draft ?? kept;
  const shown = useMemo(() => all.filter(({ hidden }) => !hidden), [all]);
  const change = (next: readonly Column[]): void => {
    setDraft(next);
    save.mutate(() => ({ columns: keptOf(next) }), {
      onSettled: () => setDraft((now) => (now === next ? undefined : now)),
    });
  };
  return {
    all,
    shown,
    preview: setDraft,
    change,
    reset: () => change(columnsOf([])),
    problem: save.error?.problem,
  };
}
