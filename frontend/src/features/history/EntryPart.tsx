import type { ReactNode } from "react";

/** A titled part of the panel. */
export function EntryPart({ title, side, children }: { title: string; side?: string; children: ReactNode }) {
  return (
    <section className="py-3.5">
      <h3 className="mb-2 flex justify-between text-12 font-semibold">
        {title}
        {side ? <span className="font-normal text-ink-2">{side}</span> : null}
      </h3>
      {children}
    </section>
  );
}
