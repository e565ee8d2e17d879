import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useContext } from "react";
import { useSettings, WindowQueries } from "@/workspace/settings";
import { zoomHereQuery } from "./queries";

/**
 * The zoom of this window in percent. A zoom that could not be kept, as while the
 * settings file is damaged, counts until the window closes.
 */
export function useZoom(): { zoom: number; here: (zoom: number | null) => void } {
  const queries = useQueryClient(useContext(WindowQueries));
  const kept = useSettings().data?.zoom ?? 100;
  const { data } = useQuery(zoomHereQuery, queries);
  return { zoom: data ?? kept, here: (zoom) => void queries.setQueryData(zoomHereQuery.queryKey, zoom) };
}
