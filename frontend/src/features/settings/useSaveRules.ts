import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Rules } from "@/backend/backend";
import type { Problem } from "@/backend/problem";
import { rulesQuery } from "@/backend/queries";

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
export function useSaveRules(rules: Rules): SaveRules {
  const backend = useBackend();
  const queries = useQueryClient();
  const { queryKey } = rulesQuery(backend);
  const save = useMutation({
    mutationFn: (some: Partial<Rules>) => backend.saveRules({ ...rules, ...some }),
    onMutate: (some) => queries.setQueryData(queryKey, { ...rules, ...some }),
    onError: () => queries.setQueryData(queryKey, rules),
    onSuccess: (saved) => queries.setQueryData(queryKey, saved),
    onSettled: () => queries.invalidateQueries({ queryKey: ["preflight"] }),
  });
  return {
    change: save.mutate,
    problem: save.error?.problem,
    retry: () => {
      if (save.variables !== undefined) save.mutate(save.variables);
    },
  };
}
