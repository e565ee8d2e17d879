import type { PointerEvent } from "react";
import { type ColumnName, resized, unsized } from "./columns";
import type { Columns } from "./useColumns";
import { unzoomed } from "./zoom";

/**
 * The edge of a header cell, to be dragged; a double click gives the column its
 * share of the room again. For the mouse only: the keyboard resizes with Shift
 * and the arrows.
 */
export function ResizeHandle({ name, columns }: { name: ColumnName; columns: Columns }) {
  const begin = (event: PointerEvent<HTMLSpanElement>): void => {
    const handle = event.currentTarget;
    const header = handle.parentElement;
    if (event.button !== 0 || header === null) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    const { left } = header.getBoundingClientRect();
    const at = ({ clientX }: { clientX: number }) => resized(columns.all, name, unzoomed(clientX - left));
    let last = columns.all;

    const drag = (moved: globalThis.PointerEvent): void => {
      last = at(moved);
      columns.preview(last);
    };
    const stop = (): void => {
      handle.removeEventListener("pointermove", drag);
      if (last !== columns.all) columns.change(last);
    };
    handle.addEventListener("pointermove", drag);
    handle.addEventListener("lostpointercapture", stop, { once: true });
  };

  return (
    <span
      aria-hidden
      className="absolute inset-y-0 right-0 z-10 w-2 cursor-col-resize touch-none hover:bg-press"
      onPointerDown={begin}
      onDoubleClick={() => columns.change(unsized(columns.all, name))}
    />
  );
}
