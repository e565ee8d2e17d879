import { useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Problem } from "@/backend/problem";
import type { RulesPatch } from "@/backend/settings";
import { preflightKey, rulesQuery } from "@/workspace/queries";
import { useChange } from "@/workspace/useChange";

/** Makes changes of the rules. */
export interface ChangeRules {
  change: (some: RulesPatch) => void;
  problem: Problem | undefined;
  retry: () => void;
}

/**
 * One rule, or some that go together, kept as they are changed. They show at
 * once; if they cannot be kept, they go back and the problem says why.
 */
export function useChangeRules(): ChangeRules {
  const backend = useBackend();
  const queries = useQueryClient();
  const change = useChange(
    {
      queryKey: rulesQuery(backend).queryKey,
      change: (some: RulesPatch) => backend.changeRules(some),
      onSettled: () => queries.invalidateQueries({ queryKey: preflightKey }),
    },
    queries,
  );
  return {
    change: change.mutate,
    problem: change.error?.problem,
    retry: () => {
      if (change.variables !== undefined) change.mutate(change.variables);
    },
  };
}
