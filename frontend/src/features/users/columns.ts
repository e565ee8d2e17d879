// The columns of the table: which there are, in which order and how wide.

import type { Settings } from "@/backend/backend";

declare module "react" {
  // Custom properties are styles too.
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}

/**
 * Those that Clerk can sort by say how; those that the name takes the place of begin
 * hidden. A name begins with the first one, and Clerk sorts by one field at a time.
 */
const known = [
  { name: "name", sort: "first_name", track: "minmax(6rem,26rem)", hidden: false },
  { name: "email", sort: "email_address", track: "minmax(4rem,26rem)", hidden: false },
  { name: "username", sort: "username", track: "minmax(4rem,16rem)", hidden: true },
  { name: "id", sort: "", track: "minmax(4rem,20rem)", hidden: true },
  { name: "lastSignIn", sort: "last_sign_in_at", track: "minmax(0,7rem)", hidden: false },
  { name: "created", sort: "created_at", track: "minmax(0,6.5rem)", hidden: false },
] as const;

export type ColumnName = (typeof known)[number]["name"];

export interface Column {
  readonly name: ColumnName;
  /** What Clerk is asked to sort by, "" where it cannot. */
  readonly sort: string;
  /** In pixels at a zoom of 100 %, 0 while it shares what room there is. */
  readonly width: number;
  readonly hidden: boolean;
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
  const changed = kept.flatMap(({ id, width, hidden }) => {
    const found = known.find(({ name }) => name === id);
    return found
      ? [{ name: found.name, sort: found.sort, width, hidden: hidden && found.name !== "name" }]
      : [];
  });
  const rest = known.filter(({ name }) => !changed.some((other) => other.name === name));
  return [...changed, ...rest.map(({ name, sort, hidden }) => ({ name, sort, hidden, width: 0 }))];
}

/** The columns as they are kept. */
export function keptOf(columns: readonly Column[]): Settings["columns"] {
  return columns.map(({ name, width, hidden }) => ({ id: name, width, hidden }));
}

export function resized(columns: readonly Column[], wanted: ColumnName, width: number): Column[] {
  const bounded = Math.round(Math.min(Math.max(minWidth, width), maxWidth));
  return columns.map((column) => (column.name === wanted ? { ...column, width: bounded } : column));
}

/** Gives a column its share of the room again. */
export function unsized(columns: readonly Column[], wanted: ColumnName): Column[] {
  return columns.map((column) => (column.name === wanted ? { ...column, width: 0 } : column));
}

export function toggled(columns: readonly Column[], wanted: ColumnName): Column[] {
  return columns.map((column) => (column.name === wanted ? { ...column, hidden: !column.hidden } : column));
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
  const template = (all: readonly Column[]): string =>
    all
      .map(({ name, width }) =>
        width > 0 ? `minmax(0,${width / 16}rem)` : (known.find((other) => other.name === name)?.track ?? ""),
      )
      .join(" ");
  const narrow = shown.filter(({ name }) => ["name", "email", "lastSignIn"].includes(name));
  return {
    "--tracks": template(shown),
    "--tracks-narrow": template(narrow),
    "--tracks-narrowest": template(narrow.filter(({ name }) => name !== "lastSignIn")),
  };
}
