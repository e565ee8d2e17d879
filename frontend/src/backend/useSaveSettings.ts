import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "./BackendProvider";
import type { Settings } from "./backend";
import { settingsQuery } from "./queries";

/** What becomes other than it is, told from what it is then. */
export type SettingsChange = (now: Settings) => Partial<Settings>;

/**
 * Saves changes of the settings, one after the other. Each shows at once and is
 * made to what is kept when its turn comes: two that are made in a hurry both
 * count. What cannot be saved goes back.
 */
export function useSaveSettings() {
  const backend = useBackend();
  const queries = useQueryClient();
  const query = settingsQuery(backend);
  return useMutation({
    mutationKey: query.queryKey,
    scope: { id: "settings" },
    onMutate: async (change: SettingsChange) => {
      // A first read that is on its way would be answered with what was before.
      await queries.ensureQueryData(query);
      queries.setQueryData(query.queryKey, (now) => now && { ...now, ...change(now) });
    },
    mutationFn: async (change) => {
      const kept = await backend.getSettings();
      return backend.saveSettings({ ...kept, ...change(kept) });
    },
    onSuccess: (saved) => {
      const isLast = queries.isMutating({ mutationKey: query.queryKey }) === 1;
      if (isLast) queries.setQueryData(query.queryKey, saved);
    },
    onError: () => queries.invalidateQueries(query),
  });
}
