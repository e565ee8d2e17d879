import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useBackend } from "@/backend/BackendProvider";
import type { ActorTokenRequest, UserRow } from "@/backend/backend";
import type { Problem } from "@/backend/problem";
import { useToast } from "@/ui/Toast";
import { Outcome } from "./Outcome";

/**
 * The two steps of an impersonation. The first asks Clerk, and its failure stays
 * in the dialog; nothing is asked again by itself. From then on a token exists,
 * so whatever happens is told outside, with the ways to go on or to revoke it.
 */
export function useStart(user: UserRow, onCreated: () => void) {
  const { t } = useTranslation();
  const backend = useBackend();
  const queries = useQueryClient();
  const toast = useToast();
  const name = user.name || user.email || user.id;

  const create = useMutation({
    mutationFn: (request: ActorTokenRequest) => backend.createActorToken(request),
    onSuccess: async (created, request) => {
      onCreated();
      const failed = await backend.openTicket(created.id, request.browser).then(
        () => null,
        (rejection: unknown) => rejection,
      );
      const id = toast.show({
        title: t("impersonate.opened", { name }),
        stays: true,
        children: (
          <Outcome
            created={created}
            browser={request.browser}
            failed={failed}
            onDone={() => toast.close(id)}
          />
        ),
      });
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["live"] }),
        queries.invalidateQueries({ queryKey: ["history"] }),
        queries.invalidateQueries({ queryKey: ["user", user.id] }),
      ]),
  });

  const problem: Problem | undefined = create.error?.problem;
  return {
    start: create.mutate,
    problem,
    /** Changes with every try. */
    attempts: create.submittedAt,
    step: create.isPending ? ("asking" as const) : undefined,
  };
}
