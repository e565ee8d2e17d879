import { type QueryState, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { mayBeOver } from "@/backend/problem";

/** When Clerk answers again, everything on screen that it did not answer is asked for again. */
export function useAnswered(): void {
  const backend = useBackend();
  const queries = useQueryClient();
  useEffect(
    () =>
      backend.onAnswered(() => {
        const filter = {
          type: "active",
          predicate: ({ state }: { state: QueryState }) => lacks(state),
        } as const;
        void queries.refetchQueries(filter, { cancelRefetch: false });
      }),
    [backend, queries],
  );
}

/** Whether something is missing for a reason that may be over: all of it, or a part. */
function lacks({ data, error, errorUpdatedAt }: QueryState): boolean {
  if (error !== null)
    return mayBeOver(error.problem) && errorUpdatedAt + error.problem.retryAfterMS <= Date.now();
  return Array.isArray(data) && data.some(isUnchecked);
}

function isUnchecked(finding: unknown): boolean {
  return (
    typeof finding === "object" && finding !== null && "effect" in finding && finding.effect === "unchecked"
  );
}
