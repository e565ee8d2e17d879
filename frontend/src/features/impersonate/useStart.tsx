import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { ActorTokenRequest } from "@/backend/impersonations";
import type { UserRow } from "@/backend/users";
import { changed } from "@/workspace/queries";
import { useStarted } from "./started";

/**
 * Asks Clerk. A failure stays in the dialog; nothing is asked again by itself. From then
 * on a token exists, or nobody knows whether one does. Messages outside the dialog tell
 * how it goes on, with the ways to continue or to end it.
 */
export function useStart(user: UserRow, onDone: () => void) {
  const backend = useBackend();
  const queries = useQueryClient();
  const { begin } = useStarted();
  const running = useRef(new AbortController());
  const create = useMutation({
    mutationFn: (request: ActorTokenRequest) => {
      running.current = new AbortController();
      return backend.createActorToken(request, running.current.signal);
    },
    onSuccess: (created, request) => {
      onDone();
      begin({ user, request, created });
    },
    onError: ({ problem }) => {
      if (problem.code === "canceled") onDone();
    },
    // Nobody waits for the refresh: a failure is to be told at once.
    onSettled: () => {
      void changed(queries, "opened", [user.id]);
    },
  });

  return {
    start: create.mutate,
    problem: create.error?.problem,
    /** Changes with every try. */
    attempts: create.submittedAt,
    busy: create.isPending,
    /** Stops waiting for Clerk. The outcome of the request is told once it is known. */
    stop: () => running.current.abort(),
  };
}
