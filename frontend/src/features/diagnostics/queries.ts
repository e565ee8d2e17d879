import { queryOptions } from "@tanstack/react-query";
import type { Backend } from "@/backend/backend";

/** The report that is shown, and saved as it is shown: one of its own each time it is looked at. */
export function diagnosticsQuery(backend: Backend) {
  return queryOptions({
    queryKey: ["diagnostics"],
    queryFn: ({ signal }) => backend.diagnose(signal),
    gcTime: 0,
    staleTime: 0,
  });
}
