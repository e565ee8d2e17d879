import { useEffect, useEffectEvent } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Events } from "@/backend/events";

/** Hears what the mark in an app's page asks for. */
export function useAsked(handle: Parameters<Events["onAsked"]>[0]): void {
  const backend = useBackend();
  const current = useEffectEvent(handle);
  useEffect(() => backend.onAsked((asked) => current(asked)), [backend]);
}
