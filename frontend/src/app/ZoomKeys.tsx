import { useAction } from "@/actions/ActionProvider";
import { t } from "@/text/i18n";
import { useToast } from "@/ui/Toast";
import { useChangeSettings, useSettings } from "@/workspace/settings";
import { useZoom } from "./useZoom";

const [smallest, largest, step] = [80, 200, 10];

/** Zooms with the keys and keeps the zoom, from 80 to 200 percent; says so if it is not the operator's to change. */
export function ZoomKeys() {
  const toast = useToast();
  const settings = useSettings().data;
  const shown = useZoom();
  const save = useChangeSettings();
  const zoomTo = (next: (zoom: number) => number) => {
    if (!settings) return;
    if (settings.managed.includes("zoom")) {
      toast.show({ title: t("settings.zoom"), children: t("settings.managed") });
      return;
    }
    const zoom = Math.min(largest, Math.max(smallest, next(shown.now())));
    save.mutate({ zoom }, { onSuccess: () => shown.here(null), onError: () => shown.here(zoom) });
  };
  useAction("zoomIn", () => zoomTo((zoom) => zoom + step));
  useAction("zoomOut", () => zoomTo((zoom) => zoom - step));
  useAction("zoomReset", () => zoomTo(() => 100));
  return null;
}
