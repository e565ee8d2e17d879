import { useMutation } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { environmentOf } from "@/backend/instances";
import type { UserRow } from "@/backend/users";
import { useWorkspace } from "@/workspace/workspace";

/** Opens users in Clerk's dashboard, which does not know those of the sample workspace or of another server. */
export function useDashboard() {
  const backend = useBackend();
  const { instance, start } = useWorkspace();
  const isElsewhere = environmentOf(instance) === "sample" || start.apiURL !== "";
  const open = useMutation({ mutationFn: (id: string) => backend.openInDashboard(id) });
  return {
    open: isElsewhere ? undefined : (user: UserRow) => open.mutate(user.id),
    /** Why the last one was not opened. */
    problem: open.error?.problem,
    attempts: open.submittedAt,
    again: () => open.variables !== undefined && open.mutate(open.variables),
  };
}
