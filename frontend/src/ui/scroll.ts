// Windowing for any number of rows. Engines cap the height of an element at
// 33,554,428 px, which is row 932,068 at 36 px, so a long list stands in a
// shorter element: a scroll of a few pixels moves the rows by just as many, a
// far one (the thumb of the scrollbar) moves them in proportion, and both ends
// are exact. Pure: all lengths in CSS px, rows counted from 0.

/** Far under the cap of every engine, also at 200 % zoom. */
export const maxHeight = 8_000_000;

/** This far from either end a pixel of the scrollbar's range is a pixel of the list. */
const exactMargin = 1_000_000;

/** The list and the window onto it. */
export interface Extent {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

/** Where the window stands. */
export interface Place {
  /** Pixels of the list above the window. */
  readonly offset: number;
  /** The scrollTop of the element. */
  readonly top: number;
}

/** A place by content: it survives that rows come, go or change their height. */
export interface Anchor {
  readonly index: number;
  /** Pixels of that row above the window. */
  readonly pixels: number;
}

/** Rows from first up to, not including, end. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

export const start: Place = { offset: 0, top: 0 };

/** The height of the element that holds the rows. */
export function elementHeight({ rows, rowHeight }: Extent): number {
  return Math.min(rows * rowHeight, maxHeight);
}

/** The place that shows offset, with the scrollbar in proportion. */
export function placeAt(extent: Extent, offset: number): Place {
  const within = clamp(offset, maxOffset(extent));
  return { offset: within, top: rescale(within, maxOffset(extent), maxTop(extent)) };
}

/**
 * Where a scroll of the element to top leads. If the place has another top
 * than that, the element has come to its end before the list has: scroll it to
 * the place's top, which moves nothing on screen.
 */
export function scrolledTo(extent: Extent, place: Place, scrollTop: number): Place {
  const end = maxTop(extent);
  const top = clamp(scrollTop, end);
  const moved = top - place.top;
  if (Math.abs(moved) > nearby(extent)) return { offset: rescale(top, end, maxOffset(extent)), top };
  const offset = clamp(place.offset + moved, maxOffset(extent));
  return top === 0 || top === end ? placeAt(extent, offset) : { offset, top };
}

/** The nearest place at which a row is whole. */
export function reveal(extent: Extent, place: Place, index: number): Place {
  const above = index * extent.rowHeight;
  const below = above + extent.rowHeight - extent.viewport;
  if (above < place.offset) return placeAt(extent, above);
  if (below > place.offset) return placeAt(extent, below);
  return place;
}

/** The rows that touch the window, and a few more on both sides. */
export function rowsIn({ rows, rowHeight, viewport }: Extent, { offset }: Place, more = 0): Range {
  const first = Math.floor(offset / rowHeight) - more;
  const end = Math.ceil((offset + viewport) / rowHeight) + more;
  return { first: Math.max(0, Math.min(first, rows)), end: Math.max(0, Math.min(end, rows)) };
}

/** Where a row stands within the element. */
export function rowTop({ rowHeight }: Extent, { offset, top }: Place, index: number): number {
  return index * rowHeight - offset + top;
}

export function anchorOf({ rowHeight }: Extent, { offset }: Place): Anchor {
  const index = Math.floor(offset / rowHeight);
  return { index, pixels: offset - index * rowHeight };
}

export function placeOf(extent: Extent, { index, pixels }: Anchor): Place {
  return placeAt(extent, index * extent.rowHeight + pixels);
}

function maxOffset({ rows, rowHeight, viewport }: Extent): number {
  return Math.max(0, rows * rowHeight - viewport);
}

function maxTop(extent: Extent): number {
  return Math.max(0, elementHeight(extent) - extent.viewport);
}

/**
 * How far one scroll may go to count as by the wheel. A pixel of the thumb is
 * at least twice as far. Where list and element are as high, all is near.
 */
function nearby(extent: Extent): number {
  if (maxTop(extent) === maxOffset(extent)) return Number.POSITIVE_INFINITY;
  return maxTop(extent) / extent.viewport / 2;
}

/**
 * Carries a position in 0..from over to 0..to: one to one near both ends, in
 * proportion between, there rounded to pixels that an element can be scrolled to.
 */
function rescale(position: number, from: number, to: number): number {
  if (from === to || position <= exactMargin) return position;
  if (from - position <= exactMargin) return to - (from - position);
  return Math.round(
    exactMargin + ((position - exactMargin) * (to - 2 * exactMargin)) / (from - 2 * exactMargin),
  );
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(0, value), max);
}
