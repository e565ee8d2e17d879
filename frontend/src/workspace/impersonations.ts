/** The words and the ways to end an impersonation that the bar, the board and the messages share. */
import { useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import {
  type Impersonation,
  isActive,
  type Live,
  type OtherImpersonation,
  stateOf,
} from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { changed, openingKey, showNow } from "./queries";

/**
 * When it ends by itself: while the link is unused, when that runs out; then,
 * when the session does. Two lifetimes that must never be mixed up.
 */
export function endOf(item: Impersonation): string {
  return isWaiting(item) ? item.linkExpiresAt : item.sessionEndsAt;
}

/** Whether nobody has used the link yet. */
export function isWaiting(item: Impersonation): boolean {
  return stateOf(item) === "pending";
}

/** Names the user of an impersonation: by the name, or the next best that is known. */
export function userNameOf({
  userName,
  userEmail,
  userID,
}: Pick<Impersonation, "userName" | "userEmail" | "userID">): string {
  return userName || userEmail || userID;
}

/** Names the tasks that a session waits for before the app lets the user in, "" if for none. */
export function waitingOf({ waiting }: Pick<Impersonation, "waiting">): string {
  return waiting.map((task) => t(`waiting.${tasks.find((known) => known === task) ?? "unknown"}`)).join(", ");
}

/** Clerk's keys of what a session can wait for. */
const tasks = ["choose-organization", "reset-password", "setup-mfa"] as const;

/** Whether the ticket of an impersonation is being opened right now. */
export function useOpening(id: string): boolean {
  return useIsMutating({ mutationKey: openingKey(id) }) > 0;
}

/** The impersonations that "End all" ends: the operator's own, of this computer and of others. */
export function mineOf(live: Live | undefined): { active: Impersonation[]; elsewhere: OtherImpersonation[] } {
  return {
    active: (live?.items ?? []).filter(isActive),
    elsewhere: (live?.others ?? []).filter(({ own }) => own),
  };
}

/** How ending it is called everywhere: a link that nobody used is canceled, a session is ended. */
export function wayToEnd(item: Impersonation): "session" | "link" | "unknown" {
  const state = stateOf(item);
  return state === "live" ? "session" : state === "unknown" ? "unknown" : "link";
}

/** Ends an impersonation, whatever its state: an unused link is revoked, a session ended. */
export function useEnding() {
  const backend = useBackend();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Pick<Impersonation, "id" | "userID">) => backend.endImpersonation(id),
    onSuccess: (ended) => showNow(queries, backend, ended),
    onSettled: (_ended, _error, { userID }) => changed(queries, "ended", [userID]),
  });
}

/** Ends the one impersonation that a row or a message shows. */
export function useEnd(item: Pick<Impersonation, "id" | "userID">) {
  const { mutate, mutateAsync, ...ending } = useEnding();
  return { ...ending, mutate: () => mutate(item), mutateAsync: () => mutateAsync(item) };
}
