import { useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { searchesQuery } from "../queries";

/** Keeps a search for the next time, before those of before. */
export function useRemember(): (query: string) => void {
  const backend = useBackend();
  const queries = useQueryClient();
  return (query) => {
    if (query === "") return;
    backend.rememberSearch(query).then(
      (kept) => queries.setQueryData(searchesQuery(backend).queryKey, kept),
      // A search that cannot be done or kept is no news: the box says the former itself.
      () => undefined,
    );
  };
}
