/** The one place that knows what is out of date after what. */
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { Impersonation } from "@/backend/impersonations";

/**
 * What can happen to impersonations. `found`: a look at Clerk found another state
 * than was known; the board itself is up to date then.
 */
export type Change = "asked" | "opened" | "ended" | "found" | "accepted";

/** What shows the record, and what is known of a user because of it. */
const record: QueryKey[] = [["history"]];
const ofUser = (id: string): QueryKey[] => [
  ["user", id],
  ["preflight", id],
];

const outOfDate: Record<Change, readonly QueryKey[]> = {
  asked: [["live"], ...record],
  opened: [["live"], ["browsers"], ...record],
  ended: [["live"], ...record],
  found: record,
  accepted: [["head"], ...record],
};

/** Has everything that is open shown anew as far as that change concerns it. */
export async function changed(queries: QueryClient, change: Change, users: readonly string[]): Promise<void> {
  const keys = [...outOfDate[change], ...users.flatMap(ofUser)];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** The users of impersonations that are not as they were. */
export function usersOfChanged(
  before: readonly Impersonation[],
  now: readonly Impersonation[],
): readonly string[] {
  const known = new Map(before.map((item) => [item.id, lookOf(item)]));
  return [...new Set(now.filter((item) => known.get(item.id) !== lookOf(item)).map(({ userID }) => userID))];
}

function lookOf({ state, ended, browser, waiting }: Impersonation): string {
  return JSON.stringify([state, ended, browser, waiting]);
}
