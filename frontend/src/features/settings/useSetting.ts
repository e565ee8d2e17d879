import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Settings } from "@/backend/backend";
import type { Problem } from "@/backend/problem";
import { settingsQuery } from "@/backend/queries";

/** How it stands with the saving of a setting, whatever its value. */
export interface SavedState {
  problem: Problem | undefined;
  retry: () => void;
  /** Whether it is the organization's and not the operator's to change. */
  managed: boolean;
}

interface Setting<K extends keyof Settings> extends SavedState {
  value: Settings[K];
  change: (value: Settings[K]) => void;
}

/**
 * One setting, saved as it is changed. It shows at once; if it cannot be saved,
 * the value goes back and the problem says why.
 */
export function useSetting<K extends keyof Settings>(settings: Settings, name: K): Setting<K> {
  const backend = useBackend();
  const queries = useQueryClient();
  const { queryKey } = settingsQuery(backend);
  const save = useMutation({
    mutationFn: (value: Settings[K]) => backend.saveSettings({ ...settings, [name]: value }),
    onMutate: (value) => queries.setQueryData(queryKey, { ...settings, [name]: value }),
    onError: () => queries.setQueryData(queryKey, settings),
    onSuccess: (saved) => queries.setQueryData(queryKey, saved),
  });
  return {
    value: settings[name],
    change: save.mutate,
    managed: settings.managed.includes(name),
    problem: save.error?.problem,
    retry: () => {
      if (save.variables !== undefined) save.mutate(save.variables);
    },
  };
}
