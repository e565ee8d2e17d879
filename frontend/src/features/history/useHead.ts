import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { HeadComparison } from "@/backend/history";
import type { Problem } from "@/backend/problem";
import { headQuery } from "@/workspace/queries";

export interface Head {
  /** Undefined until the keychain has answered. */
  comparison: HeadComparison | undefined;
  waiting: boolean;
  /** Why the keychain did not tell. */
  problem: Problem | undefined;
  compare: () => void;
  cancel: () => void;
}

/** The end of the audit log as the keychain remembers it, which nothing else waits for. */
export function useHead(): Head {
  const queries = useQueryClient();
  const query = headQuery(useBackend());
  const head = useQuery(query);
  return {
    comparison: head.data,
    waiting: head.isFetching,
    problem: head.error?.problem,
    compare: () => void head.refetch(),
    cancel: () => void queries.cancelQueries({ queryKey: query.queryKey }),
  };
}
