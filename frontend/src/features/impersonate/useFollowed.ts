import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, stateOf } from "@/backend/backend";
import { liveQuery } from "@/backend/queries";

/** A message about something that is over goes away after this. */
const leaveMS = 6_000;

/** The impersonation as it is now. `onOver` is called some seconds after it ended. */
export function useFollowed(created: Impersonation, onOver: () => void) {
  const live = useQuery(liveQuery(useBackend())).data;
  const item = live?.items.find(({ id }) => id === created.id) ?? created;
  const over = ["ended", "failed"].includes(stateOf(item));
  const leave = useEffectEvent(onOver);
  useEffect(() => {
    if (!over) return undefined;
    const timer = setTimeout(() => leave(), leaveMS);
    return () => clearTimeout(timer);
  }, [over]);
  return { item, over };
}

/** What to say of one that is over. */
export function overWords(item: Impersonation) {
  switch (item.ended) {
    case "unused":
      return "impersonate.unused" as const;
    case "refused":
      return "impersonate.refused" as const;
    case "stolen":
      return "impersonate.stolen" as const;
    default:
      return "impersonate.openedEnded" as const;
  }
}
