import { useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Problem } from "@/backend/problem";
import type { Rules } from "@/backend/settings";
import { preflightKey, rulesQuery } from "@/workspace/queries";
import { useSaveChanges } from "@/workspace/useSaveChanges";

/** Saves changes of the rules, as they are made. */
export interface SaveRules {
  change: (some: Partial<Rules>) => void;
  problem: Problem | undefined;
  retry: () => void;
}

/**
 * One rule, or some that go together, saved as they are changed. They show at
 * once; if they cannot be saved, they go back and the problem says why.
 */
export function useSaveRules(): SaveRules {
  const backend = useBackend();
  const queries = useQueryClient();
  const save = useSaveChanges(
    {
      queryKey: rulesQuery(backend).queryKey,
      read: () => backend.getRules(),
      save: (changed) => backend.saveRules(changed),
      onSettled: () => queries.invalidateQueries({ queryKey: preflightKey }),
    },
    queries,
  );
  return {
    change: (some) => save.mutate(() => some),
    problem: save.error?.problem,
    retry: () => {
      if (save.variables !== undefined) save.mutate(save.variables);
    },
  };
}
