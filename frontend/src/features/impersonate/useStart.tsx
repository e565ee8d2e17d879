import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useBackend } from "@/backend/BackendProvider";
import type { ActorTokenRequest, Impersonation, UserRow } from "@/backend/backend";
import { decodeProblem } from "@/backend/problem";
import { useToast } from "@/ui/Toast";
import { NotOpened } from "./NotOpened";
import { Opened } from "./Opened";

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

  const tellOpened = (created: Impersonation) => {
    const id = toast.show({
      title: t("impersonate.opened", { name }),
      stays: true,
      children: <Opened created={created} onOver={() => toast.close(id)} />,
    });
  };
  const tellNotOpened = (created: Impersonation, browser: string, rejection: unknown) => {
    const id = toast.show({
      title: t("impersonate.notOpened", { name }),
      stays: true,
      children: (
        <NotOpened
          created={created}
          browser={browser}
          problem={decodeProblem(rejection)}
          onOpened={() => {
            toast.close(id);
            tellOpened(created);
          }}
          onOver={() => toast.close(id)}
        />
      ),
    });
  };

  const create = useMutation({
    mutationFn: (request: ActorTokenRequest) => backend.createActorToken(request),
    onSuccess: async (created, { browser }) => {
      onCreated();
      await backend.openTicket(created.id, browser).then(
        () => tellOpened(created),
        (rejection: unknown) => tellNotOpened(created, browser, rejection),
      );
    },
    onSettled: () =>
      Promise.all(
        [["live"], ["history"], ["user", user.id]].map((queryKey) => queries.invalidateQueries({ queryKey })),
      ),
  });

  return {
    start: create.mutate,
    problem: create.error?.problem,
    /** Changes with every try. */
    attempts: create.submittedAt,
    busy: create.isPending,
  };
}
