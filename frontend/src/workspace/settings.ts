/**
 * The settings are the window's and not an instance's: they are held once,
 * whatever is connected, so that nothing of the window changes its looks on the
 * way from one instance to another.
 */
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { SettingsPatch } from "@/backend/settings";
import { settingsQuery } from "./queries";
import { useChange } from "./useChange";

/** The query client of the whole window; without one, the nearest takes its place. */
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

/** Changes some of the settings. */
export function useChangeSettings() {
  const backend = useBackend();
  const { queryKey } = settingsQuery(backend);
  return useChange(
    { queryKey, change: (patch: SettingsPatch) => backend.changeSettings(patch) },
    useWindowQueries(),
  );
}
