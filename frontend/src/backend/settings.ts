/**
 * The settings are the window's and not an instance's: they are held once,
 * whatever is connected, so that nothing of the window changes its looks on the
 * way from one instance to another.
 */
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect } from "react";
import { useBackend } from "./BackendProvider";
import type { Settings } from "./backend";
import { settingsQuery } from "./queries";

/** The query client of the whole window. Outside of it the nearest one does. */
export const WindowQueries = createContext<QueryClient | undefined>(undefined);

function useWindowQueries(): QueryClient {
  return useQueryClient(useContext(WindowQueries));
}

/** The settings as they are shown: a change counts from when it is made. */
export function useSettings() {
  return useQuery(settingsQuery(useBackend()), useWindowQueries());
}

/** Reads them again where an instance comes into use: the sample workspace has its own. */
export function useReadSettings(): void {
  const backend = useBackend();
  const queries = useWindowQueries();
  useEffect(() => void queries.invalidateQueries(settingsQuery(backend)), [backend, queries]);
}

/** What becomes other than it is, told from what it is then. */
export type SettingsChange = (now: Settings) => Partial<Settings>;

/**
 * Saves changes of the settings, one after the other. Each shows at once and is
 * made to what is kept when its turn comes: two that are made in a hurry both
 * count. What cannot be saved goes back.
 */
export function useSaveSettings() {
  const backend = useBackend();
  const queries = useWindowQueries();
  const { queryKey } = settingsQuery(backend);
  return useMutation(
    {
      mutationKey: queryKey,
      scope: { id: "settings" },
      onMutate: async (change: SettingsChange) => {
        // What is being read is what was before.
        await queries.cancelQueries({ queryKey });
        queries.setQueryData(queryKey, (now) => now && { ...now, ...change(now) });
      },
      mutationFn: async (change) => {
        const kept = await backend.getSettings();
        return backend.saveSettings({ ...kept, ...change(kept) });
      },
      onSuccess: (saved) => {
        const isLast = queries.isMutating({ mutationKey: queryKey }) === 1;
        if (isLast) queries.setQueryData(queryKey, saved);
      },
      onError: () => queries.invalidateQueries({ queryKey }),
    },
    queries,
  );
}
