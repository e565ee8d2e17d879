import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { stateOf } from "@/backend/impersonations";
import { liveQuery } from "@/workspace/queries";

/** When the impersonations that are live now end, by the id of their user. */
export function useLiveUntil(): ReadonlyMap<string, string> {
  const items = useQuery(liveQuery(useBackend())).data?.items;
  return useMemo(() => {
    const live = (items ?? []).filter((item) => stateOf(item) === "live");
    return new Map(live.map(({ userID, sessionEndsAt }) => [userID, sessionEndsAt]));
  }, [items]);
}
