/** What the bar, the board and the messages have in common about an impersonation. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, stateOf } from "@/backend/backend";
import { liveQuery } from "@/backend/queries";

/**
 * When it ends by itself: while the link is unused, when that runs out; then,
 * when the session does. Two lifetimes that must never be mixed up.
 */
export function endOf(item: Impersonation): string {
  const waiting = stateOf(item) === "pending" || stateOf(item) === "requested";
  return waiting ? item.linkExpiresAt : item.sessionEndsAt;
}

/** Ends one impersonation, whatever its state: an unused link is revoked, a session ended. */
export function useEnd(id: string) {
  const backend = useBackend();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => backend.endImpersonation(id),
    onSuccess: (ended) => {
      queries.setQueryData(
        liveQuery(backend).queryKey,
        (live) => live && { ...live, items: live.items.map((item) => (item.id === id ? ended : item)) },
      );
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["live"] }),
        queries.invalidateQueries({ queryKey: ["history"] }),
      ]),
  });
}
