import { useLayoutEffect, useSyncExternalStore } from "react";
import type { Environment } from "@/backend/instances";
import type { Settings } from "@/backend/settings";
import { useSettings } from "@/workspace/settings";
import { useZoom } from "./useZoom";

const dark = window.matchMedia("(prefers-color-scheme: dark)");

function onSystemTheme(listener: () => void): () => void {
  dark.addEventListener("change", listener);
  return () => dark.removeEventListener("change", listener);
}

/** The system of the operator, as far as the fonts go. */
function systemOf(userAgent: string): string {
  if (userAgent.includes("Mac")) return "darwin";
  return userAgent.includes("Windows") ? "windows" : "linux";
}

/**
 * Puts theme, density, zoom and the environment's colours on the page, before
 * anything after it is measured: a page laid out in fonts that it does not keep
 * takes twice as long to show.
 */
export function Appearance({ environment }: { environment: Environment | undefined }) {
  const settings = useSettings().data;
  const { zoom } = useZoom();
  const systemIsDark = useSyncExternalStore(onSystemTheme, () => dark.matches);
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset["theme"] = themeOf(settings, systemIsDark);
    root.dataset["density"] = settings?.density ?? "normal";
    root.dataset["os"] = systemOf(navigator.userAgent);
    if (environment) root.dataset["env"] = environment;
    else delete root.dataset["env"];
    // All lengths are in rem: this scales the whole window.
    root.style.fontSize = `${zoom}%`;
  }, [settings, systemIsDark, environment, zoom]);
  return null;
}

function themeOf(settings: Settings | undefined, systemIsDark: boolean): "light" | "dark" {
  if (settings?.theme === "light" || settings?.theme === "dark") return settings.theme;
  return systemIsDark ? "dark" : "light";
}
