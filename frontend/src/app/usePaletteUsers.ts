import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { UserRow } from "@/backend/users";
import { useRested } from "@/ui/useRested";
import { paletteUsersQuery } from "./queries";

/** How long typing must rest before users are searched for, in milliseconds. */
const debounce = 200;

/** So many rows are kept free for users, whatever the answer: it moves nothing. */
export const reservedRows = 3;

/** The first users that a text finds. */
export interface Found {
  readonly state: "coming" | "failed" | "there";
  readonly rows: readonly UserRow[];
  /** How many there are; with `more` at least so many. */
  readonly count: number;
  readonly more: boolean;
}

/** Searches for users while the palette is typed into; undefined while nobody is searched for. */
export function usePaletteUsers(query: string): Found | undefined {
  const backend = useBackend();
  const rested = useRested(query, debounce);
  const { data, isError } = useQuery({
    ...paletteUsersQuery(backend, query),
    enabled: query !== "" && rested === query,
  });
  if (query === "") return undefined;
  if (isError) return { state: "failed", rows: [], count: 0, more: false };
  if (!data) return { state: "coming", rows: [], count: 0, more: false };
  const readable = data.rows.filter(({ unreadable }) => !unreadable);
  return {
    state: "there",
    rows: readable.slice(0, reservedRows),
    count: data.rows.length,
    more: !data.last,
  };
}
