import { queryOptions } from "@tanstack/react-query";
import type { Backend } from "@/backend/backend";
import { historyKey } from "@/workspace/queries";

/** The latest reasons. They are read anew when the audit log changes. */
export function recentReasonsQuery(backend: Backend) {
  return queryOptions({ queryKey: [...historyKey, "reasons"], queryFn: () => backend.recentReasons() });
}
