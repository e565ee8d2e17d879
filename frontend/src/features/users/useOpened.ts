import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { UserRow } from "@/backend/backend";
import { detailQuery } from "./queries";

/** Picks the user with an id that came from elsewhere, once Clerk has told who that is. */
export function useOpened(id: string | undefined, pick: (user: UserRow) => void): void {
  const found = useQuery({ ...detailQuery(useBackend(), id ?? ""), enabled: id !== undefined }).data?.row;
  const foundID = found?.id;
  const pickFound = useEffectEvent(() => found && pick(found));
  // By id: a later answer about the same user must not take the place of another pick.
  useEffect(() => {
    if (foundID !== undefined) pickFound();
  }, [foundID]);
}
