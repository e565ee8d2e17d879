import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Backend } from "@/backend/backend";
import type { Impersonation } from "@/backend/impersonations";
import { changed, showNow } from "@/workspace/queries";

/** Changes what may be sent in the browser of an impersonation, and shows it once Go has. */
export function useWatched<Change = void>(
  id: string,
  call: (backend: Backend, id: string, change: Change) => Promise<Impersonation>,
) {
  const backend = useBackend();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => call(backend, id, change),
    onSuccess: (item) => showNow(queries, backend, item),
    onSettled: () => changed(queries, "allowed", []),
  });
}
