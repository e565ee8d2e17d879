import { queryOptions } from "@tanstack/react-query";
import type { Backend } from "@/backend/backend";
import { firstFound } from "@/backend/users";

/** Users who may be the operator. */
export function candidatesQuery(backend: Backend, text: string) {
  return queryOptions({
    queryKey: ["candidates", text],
    queryFn: ({ signal }) => backend.listUsers(firstFound(text), signal),
  });
}
