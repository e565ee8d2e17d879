import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anchorOf,
  type Extent,
  elementHeight,
  maxHeight,
  type Place,
  placeAt,
  placeOf,
  reveal,
  rowsIn,
  rowTop,
  scrolledTo,
  start,
} from "./scroll";

const million = 1_000_000;
const heights = [28, 32, 40];
const extents: fc.Arbitrary<Extent> = fc.record({
  rows: fc.oneof(fc.nat(2000), fc.integer({ min: 200_000, max: 5 * million })),
  rowHeight: fc.constantFrom(...heights),
  viewport: fc.integer({ min: 120, max: 2200 }),
});

function endOf(extent: Extent): { offset: number; top: number } {
  return {
    offset: Math.max(0, extent.rows * extent.rowHeight - extent.viewport),
    top: Math.max(0, elementHeight(extent) - extent.viewport),
  };
}

describe.each(heights)("a million rows of %i px", (rowHeight) => {
  const extent: Extent = { rows: million, rowHeight, viewport: 642 };

  test("every row can be brought on screen, whole, inside the element", () => {
    const unreachable: number[] = [];
    for (let index = 0; index < million; index++) {
      const place = placeAt(extent, index * rowHeight);
      const top = rowTop(extent, place, index);
      const { first, end } = rowsIn(extent, place);
      const inWindow = top >= place.top && top + rowHeight <= place.top + extent.viewport;
      if (!inWindow || index < first || index >= end || top + rowHeight > elementHeight(extent))
        unreachable.push(index);
    }
    expect(unreachable).toEqual([]);
  });

  test("every position of the scrollbar leads somewhere, further down for further down", () => {
    let before = -1;
    const backwards: number[] = [];
    for (let top = 0; top <= endOf(extent).top; top += 7) {
      const far: Place = top > million ? start : endOf(extent);
      const { offset } = scrolledTo(extent, far, top);
      if (offset <= before) backwards.push(top);
      before = offset;
    }
    expect(backwards).toEqual([]);
  });

  test("the wheel alone reaches the top, pixel by pixel on the way", () => {
    let place = placeAt(extent, 3 * million);
    for (let turns = 0; place.offset > 0 && turns < 200_000; turns++) {
      const next = scrolledTo(extent, place, place.top - 120);
      expect(place.offset - next.offset).toBe(Math.min(120, place.offset));
      // A hand rests now and then; then the scrollbar is put back in proportion.
      place = turns % 1000 === 0 ? placeAt(extent, next.offset) : next;
    }
    expect(place).toEqual(start);
  });
});

test("both ends are exact, from wherever the scrollbar is thrown there", () => {
  fc.assert(
    fc.property(extents, (extent) => {
      expect(placeAt(extent, Number.MAX_SAFE_INTEGER)).toEqual(endOf(extent));
      expect(placeAt(extent, -1)).toEqual(start);
      expect(scrolledTo(extent, start, endOf(extent).top)).toEqual(endOf(extent));
      expect(scrolledTo(extent, endOf(extent), 0)).toEqual(start);
    }),
  );
});

test("a scroll by the wheel moves the rows by as many pixels and leaves the others where they stand", () => {
  fc.assert(
    fc.property(
      extents,
      fc.nat({ max: 200 * million }),
      fc.integer({ min: -900, max: 900 }),
      (extent, from, by) => {
        const place = placeAt(extent, from);
        const next = scrolledTo(extent, place, place.top + by);
        expect(next.offset).toBe(Math.min(Math.max(0, place.offset + by), endOf(extent).offset));
        fc.pre(next.top === place.top + by);
        expect(rowTop(extent, next, 5)).toBe(rowTop(extent, place, 5));
      },
    ),
  );
});

test("without a rest the wheel still gets to the end", () => {
  const extent: Extent = { rows: million, rowHeight: 32, viewport: 642 };
  let place = placeAt(extent, 3 * million);
  for (let turns = 0; place.offset > 0; turns++) {
    expect(turns).toBeLessThan((3 * million) / 120 + 10);
    place = scrolledTo(extent, place, place.top - 120);
  }
  expect(place).toEqual(start);
});

test("no scroll ends where the next could not go on", () => {
  fc.assert(
    fc.property(
      extents,
      fc.array(fc.integer({ min: -12_000, max: 12_000 }), { maxLength: 200 }),
      (extent, scrolls) => {
        let place = placeAt(extent, (extent.rows * extent.rowHeight) / 2);
        for (const by of scrolls) {
          place = scrolledTo(extent, place, place.top + by);
          const isStuck =
            (place.top === 0 && place.offset > 0) ||
            (place.top === endOf(extent).top && place.offset < endOf(extent).offset);
          expect(isStuck).toBe(false);
        }
      },
    ),
  );
});

test("bringing the scrollbar back in proportion moves nothing", () => {
  fc.assert(
    fc.property(extents, fc.nat(), fc.integer({ min: -900, max: 900 }), (extent, from, by) => {
      const first = placeAt(extent, from);
      const place = scrolledTo(extent, first, first.top + by);
      expect(placeAt(extent, place.offset).offset).toBe(place.offset);
      expect(rowsIn(extent, placeAt(extent, place.offset))).toEqual(rowsIn(extent, place));
    }),
  );
});

test("a row is revealed by the shortest way", () => {
  fc.assert(
    fc.property(extents, fc.nat(), fc.nat(), (extent, from, nth) => {
      fc.pre(extent.rows > 0);
      const index = nth % extent.rows;
      const place = placeAt(extent, from % (extent.rows * extent.rowHeight));
      const next = reveal(extent, place, index);
      const above = index * extent.rowHeight;
      expect(next.offset).toBeLessThanOrEqual(above);
      expect(next.offset + extent.viewport).toBeGreaterThanOrEqual(above + extent.rowHeight);
      expect(reveal(extent, next, index)).toBe(next);
      fc.pre(above >= place.offset && above + extent.rowHeight <= place.offset + extent.viewport);
      expect(next).toBe(place);
    }),
  );
});

test("an anchor keeps row and pixels when the list grows or changes its height", () => {
  fc.assert(
    fc.property(
      extents,
      fc.nat(),
      fc.nat(1000),
      fc.constantFrom(...heights),
      (extent, from, added, rowHeight) => {
        const anchor = anchorOf(extent, placeAt(extent, from % Math.max(1, endOf(extent).offset)));
        const later = { ...extent, rows: extent.rows + added, rowHeight };
        const place = placeOf(later, { ...anchor, index: anchor.index + added });
        fc.pre(place.offset < endOf(later).offset);
        expect(place.offset).toBe((anchor.index + added) * rowHeight + anchor.pixels);
      },
    ),
  );
});

test("a short list is scrolled as it is", () => {
  const extent: Extent = { rows: 500, rowHeight: 32, viewport: 600 };
  expect(elementHeight(extent)).toBe(16_000);
  expect(scrolledTo(extent, start, 9000)).toEqual({ offset: 9000, top: 9000 });
  expect(elementHeight({ ...extent, rows: 10 * million })).toBe(maxHeight);
});
