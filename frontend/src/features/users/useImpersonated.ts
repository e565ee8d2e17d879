import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, stateOf } from "@/backend/impersonations";
import { liveQuery } from "@/workspace/queries";

/** The impersonations that are live now, by the id of their user. */
export function useImpersonated(): ReadonlyMap<string, Impersonation> {
  const items = useQuery(liveQuery(useBackend())).data?.items;
  return useMemo(() => {
    const live = (items ?? []).filter((item) => stateOf(item) === "live");
    return new Map(live.map((item) => [item.userID, item]));
  }, [items]);
}
