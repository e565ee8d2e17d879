import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useContext } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { settingsQuery } from "@/workspace/queries";
import { useSettings, WindowQueries } from "@/workspace/settings";
import { zoomHereQuery } from "./queries";

/**
 * The zoom of this window in percent. A zoom that could not be kept, as while the
 * settings file is damaged, counts until the window closes.
 */
export function useZoom() {
  const queries = useQueryClient(useContext(WindowQueries));
  const { queryKey: hereKey } = zoomHereQuery;
  const { queryKey: settingsKey } = settingsQuery(useBackend());
  const kept = useSettings().data?.zoom ?? 100;
  const { data } = useQuery(zoomHereQuery, queries);
  return {
    zoom: data ?? kept,
    /** Counts a change that was made since the last draw. */
    now: () => queries.getQueryData(hereKey) ?? queries.getQueryData(settingsKey)?.zoom ?? 100,
    here: (zoom: number | null) => void queries.setQueryData(hereKey, zoom),
  };
}
