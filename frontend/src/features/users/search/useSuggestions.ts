import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Searches } from "@/backend/backend";
import { useNow } from "@/ui/useNow";
import { searchesQuery } from "../queries";
import { type Suggestion, suggest } from "./suggest";

const none: Searches = { pinned: [], recent: [] };

export interface KeptSuggestions {
  readonly offered: readonly Suggestion[];
  /** Keeps a search for the next time. */
  readonly remember: (query: string) => void;
  /** Drops the searches that are not pinned. */
  readonly forget: () => void;
}

/** What the search box offers, and how the searches among it are kept. */
export function useSuggestions(text: string): KeptSuggestions {
  const backend = useBackend();
  const queries = useQueryClient();
  const kept = searchesQuery(backend);
  const searches = useQuery(kept).data ?? none;
  const now = useNow(60_000);

  const keep = (change: Promise<Searches>): void => {
    change.then(
      (changed) => queries.setQueryData(kept.queryKey, changed),
      // A search that cannot be done or kept is no news: the box says the former itself.
      () => undefined,
    );
  };
  return {
    offered: suggest(text, searches, new Date(now)),
    remember: (query) => {
      if (query !== "") keep(backend.rememberSearch(query));
    },
    forget: () => keep(backend.forgetSearches()),
  };
}
