import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { UserRow } from "@/backend/users";
import { detailQuery } from "./queries";

/** A user that another section leads to; each leading there is a new object. */
export interface OpenedUser {
  readonly id: string;
}

/**
 * Picks a user who was asked for elsewhere, once Clerk has told who that is,
 * unless the operator has picked somebody else meanwhile.
 */
export function useOpened(
  opened: OpenedUser | undefined,
  picked: string,
  pick: (user: UserRow) => void,
): void {
  const id = opened?.id;
  const found = useQuery({ ...detailQuery(useBackend(), id ?? ""), enabled: id !== undefined }).data?.row;
  // The user in the panel when it was asked. An answer is taken once.
  const asked = useRef<{ opened: OpenedUser; picked: string; isDone: boolean }>(undefined);
  const answer = useEffectEvent((from: OpenedUser, foundID: string | undefined) => {
    if (asked.current?.opened !== from) asked.current = { opened: from, picked, isDone: false };
    if (found === undefined || found.id !== foundID || asked.current.isDone) return;
    asked.current.isDone = true;
    if (asked.current.picked === picked) pick(found);
  });
  // By id: a later answer about the same user must not take the place of another pick.
  const foundID = found?.id;
  useEffect(() => {
    if (opened !== undefined) answer(opened, foundID);
  }, [opened, foundID]);
}
