import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { nameQuery } from "./queries";
import { useWorkspace } from "./workspace";

/**
 * The name of a user of whom only the id is kept, "" while it is not known. It
 * is asked of Clerk while it is looked at; users of another instance than the
 * one in use cannot be asked for.
 */
export function useUserName(id: string, instanceID: string, lookUp: boolean): string {
  const { instance, operator } = useWorkspace();
  const known = operator.id === id ? operator.name || operator.email : "";
  const name = useQuery({
    ...nameQuery(useQueryClient(), useBackend(), id),
    enabled: lookUp && known === "" && id.startsWith("user_") && instanceID === instance.id,
  });
  return known || (name.data ?? "");
}
