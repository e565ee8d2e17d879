// The columns of the table, with their order and widths.

import type { Settings } from "@/backend/settings";

declare module "react" {
  // Custom properties are styles too.
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}

/**
 * A column that Clerk can sort by names the field: Clerk sorts by one at a time, and a
 * name begins with the first name. The width is between `least` and `most`, in rem.
 * A column that the name stands for shows by itself only where there is room.
 */
const known = [
  { name: "name", sort: "first_name", least: 6, most: 26, byRoom: false },
  { name: "email", sort: "email_address", least: 4, most: 26, byRoom: false },
  { name: "username", sort: "username", least: 4, most: 16, byRoom: true },
  { name: "id", sort: "", least: 4, most: 20, byRoom: true },
  { name: "lastSignIn", sort: "last_sign_in_at", least: 0, most: 7, byRoom: false },
  { name: "created", sort: "created_at", least: 0, most: 6.5, byRoom: false },
] as const;

export type ColumnName = (typeof known)[number]["name"];

export interface Column {
  readonly name: ColumnName;
  /** The field that Clerk is asked to sort by, "" where it cannot. */
  readonly sort: string;
  /** In pixels at a zoom of 100 %, 0 while it shares what room there is. */
  readonly width: number;
  readonly hidden: boolean;
  /** Nobody chose whether it is hidden: the room decides. */
  readonly byRoom: boolean;
}

/** Whether an order begins with the latest: words begin with A. */
export function beginsDescending(sort: string): boolean {
  return sort.endsWith("_at");
}

/** A column is never narrower, in pixels at a zoom of 100 %. */
const minWidth = 64;
const maxWidth = 800;

/** All columns, those that were changed first and in their order. */
export function columnsOf(kept: Settings["columns"]): Column[] {
  const changed = kept.flatMap(({ id, width, hidden, by_room: byRoom }) => {
    const found = known.find(({ name }) => name === id);
    if (found === undefined) return [];
    const { name, sort } = found;
    return [{ name, sort, width, hidden: hidden && name !== "name", byRoom: byRoom && found.byRoom }];
  });
  const rest = known.filter(({ name }) => !changed.some((other) => other.name === name));
  return [
    ...changed,
    ...rest.map(({ name, sort, byRoom }) => ({ name, sort, hidden: byRoom, byRoom, width: 0 })),
  ];
}

/** The columns as they are kept: the room of the moment leaves nothing behind. */
export function keptOf(columns: readonly Column[]): Settings["columns"] {
  return columns.map(({ name, width, hidden, byRoom }) => ({
    id: name,
    width,
    hidden: hidden || byRoom,
    by_room: byRoom,
  }));
}

/** The padding of a row and the scrollbar, in rem. */
const edges = 2.5;

/**
 * Returns the columns for a room in rem. A column that nobody chose shows where all others
 * have the most they may take: no name is cut for it, and no drag makes it come or go.
 */
export function fitted(columns: readonly Column[], room: number): Column[] {
  const taken = columns.filter(({ hidden, byRoom }) => !hidden && !byRoom);
  let left = taken.reduce((rest, { name }) => rest - mostOf(name), room - edges);
  return columns.map((column) => {
    if (!column.byRoom) return column;
    const hidden = mostOf(column.name) > left;
    if (!hidden) left -= mostOf(column.name);
    return { ...column, hidden };
  });
}

const mostOf = (wanted: ColumnName): number => known.find(({ name }) => name === wanted)?.most ?? 0;

/** A column that is given a width is there to stay. */
export function resized(columns: readonly Column[], wanted: ColumnName, width: number): Column[] {
  const bounded = Math.round(Math.min(Math.max(minWidth, width), maxWidth));
  return columns.map((column) =>
    column.name === wanted ? { ...column, width: bounded, byRoom: false } : column,
  );
}

/** Gives a column its share of the room again. */
export function unsized(columns: readonly Column[], wanted: ColumnName): Column[] {
  return columns.map((column) => (column.name === wanted ? { ...column, width: 0 } : column));
}

export function toggled(columns: readonly Column[], wanted: ColumnName): Column[] {
  return columns.map((column) =>
    column.name === wanted ? { ...column, hidden: !column.hidden, byRoom: false } : column,
  );
}

/** Moves a column past its next neighbour that is shown, or that is there at all if it is hidden itself. */
export function moved(columns: readonly Column[], wanted: ColumnName, by: 1 | -1): Column[] {
  const from = columns.findIndex(({ name }) => name === wanted);
  const column = columns[from];
  if (column === undefined) return [...columns];
  let to = from + by;
  while (!column.hidden && columns[to]?.hidden) to += by;
  if (columns[to] === undefined) return [...columns];
  return columns.toSpliced(from, 1).toSpliced(to, 0, column);
}

/** On cells of the columns that give way to names and addresses where there is little room. */
export const givesWay: Readonly<Record<ColumnName, string>> = {
  name: "",
  email: "",
  username: "@max-[34rem]:hidden",
  id: "@max-[34rem]:hidden",
  lastSignIn: "@max-[26rem]:hidden",
  created: "@max-[34rem]:hidden",
};

/** On every row: the tracks that {@link tracksOf} puts on the grid, by the room that there is. */
export const tracks =
  "grid grid-cols-(--tracks) @max-[34rem]:grid-cols-(--tracks-narrow) @max-[26rem]:grid-cols-(--tracks-narrowest)";

export function tracksOf(shown: readonly Column[]) {
  const track = ({ name, width }: Column): string => {
    if (width > 0) return `minmax(0,${width / 16}rem)`;
    const own = known.find((other) => other.name === name);
    return own === undefined ? "" : `minmax(${own.least}rem,${own.most}rem)`;
  };
  const template = (all: readonly Column[]): string => all.map(track).join(" ");
  const narrow = shown.filter(({ name }) => ["name", "email", "lastSignIn"].includes(name));
  return {
    "--tracks": template(shown),
    "--tracks-narrow": template(narrow),
    "--tracks-narrowest": template(narrow.filter(({ name }) => name !== "lastSignIn")),
  };
}
