import { useState } from "react";

/** A row that an app's page leads to; each leading there is a new object. */
export interface OpenedRow {
  readonly id: string;
}

/** The ids of the rows that are open, and what opens and closes one. */
export function useOpenRows(opened: OpenedRow | undefined): [ReadonlySet<string>, (id: string) => void] {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [taken, setTaken] = useState<OpenedRow>();
  if (opened !== taken) {
    setTaken(opened);
    if (opened) setOpen(new Set(open).add(opened.id));
  }
  const toggle = (id: string) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return [open, toggle];
}
