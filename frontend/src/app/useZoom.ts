import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useAction } from "@/actions/ActionProvider";
import { useBackend } from "@/backend/BackendProvider";
import type { Settings } from "@/backend/backend";
import { settingsQuery } from "@/backend/queries";

const [smallest, largest, step] = [80, 200, 10];

/** Zooms with the keys and keeps the zoom, from 80 to 200 percent. */
export function useZoom(): void {
  const backend = useBackend();
  const queries = useQueryClient();
  const settings = useQuery(settingsQuery(backend)).data;
  const save = useMutation({
    mutationFn: (changed: Settings) => backend.saveSettings(changed),
    onSuccess: (saved) => queries.setQueryData(settingsQuery(backend).queryKey, saved),
  });
  const zoomTo = (zoom: number) => {
    if (settings) save.mutate({ ...settings, zoom: Math.min(largest, Math.max(smallest, zoom)) });
  };
  const zoom = settings?.zoom ?? 100;
  useAction("zoomIn", () => zoomTo(zoom + step));
  useAction("zoomOut", () => zoomTo(zoom - step));
  useAction("zoomReset", () => zoomTo(100));
}
