// Keys, menus and the panel may act on users in the rows of the search as it is typed,
// and on nobody else.

import type { UserRow } from "@/backend/users";
import type { Answer } from "@/ui/useAwaited";
import type { Listing } from "./loader";
import { isHidden } from "./TableStates";

/** Whether the rows are those of the search, and are shown. */
function isOf({ view, stale, problem }: Listing, query: string): boolean {
  return !stale && view.query === query && !isHidden(problem);
}

/** The first row of a search, once it is there. */
export function answerOf(listing: Listing, query: string): Answer<UserRow> {
  const { pages, problem } = listing;
  if (isOf(listing, query)) {
    const first = pages.row(0);
    const isNobody = pages.total === 0 || pages.unreadable(0) !== undefined;
    if (first !== undefined || isNobody) return { state: "there", first };
  }
  return { state: problem === undefined ? "coming" : "failed" };
}

/** Where a user stands: in the rows, in none of them, or nobody knows before the answer is there. */
export type Standing = "shown" | "coming" | "absent";

export function standingOf(listing: Listing, query: string, id: string): Standing {
  const { pages, problem, loading } = listing;
  if (!isOf(listing, query)) return problem === undefined ? "coming" : "absent";
  if (pages.indexOf(id) !== undefined) return "shown";
  return pages.size === 0 && loading ? "coming" : "absent";
}
