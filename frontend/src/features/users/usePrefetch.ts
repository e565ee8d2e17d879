import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { UserRow } from "@/backend/users";
import { aheadQuery } from "./queries";

/** How long pointer or keyboard must rest on a user, in milliseconds. */
const restDelay = 150;

/** Fetches the details of a user ahead, once the pointer, or with another one the keyboard, rests there. */
export function usePrefetch(): (user: UserRow | undefined) => void {
  const backend = useBackend();
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef<string>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  return (user) => {
    if (user?.id === last.current) return;
    last.current = user?.id;
    clearTimeout(timer.current);
    if (user === undefined) return;
    const query = aheadQuery(backend, user.id);
    timer.current = setTimeout(() => {
      // The panel owns the details that it has asked for already, with their failures.
      if (queries.getQueryState(query.queryKey) === undefined) void queries.prefetchQuery(query);
    }, restDelay);
  };
}
