import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { ActorTokenRequest, Impersonation, UserRow } from "@/backend/backend";
import { decodeProblem } from "@/backend/problem";
import { t } from "@/text/i18n";
import { useToast } from "@/ui/Toast";
import { openingKey } from "@/workspace/impersonations";
import { NotOpened } from "./NotOpened";
import { Opened } from "./Opened";

/**
 * The two steps of an impersonation. The first asks Clerk, and its failure stays
 * in the dialog; nothing is asked again by itself. From then on a token exists,
 * so whatever happens is told outside, with the ways to go on or to revoke it.
 */
export function useStart(user: UserRow, onCreated: () => void) {
  const backend = useBackend();
  const queries = useQueryClient();
  const toast = useToast();
  const name = user.name || user.email || user.id;

  const tellOpening = () =>
    toast.show({
      title: t("impersonate.opening", { name }),
      stays: true,
      children: t("impersonate.openingAbout"),
    });
  const tellOpened = (id: string, created: Impersonation) => {
    toast.update(id, {
      title: t("impersonate.opened", { name }),
      stays: true,
      children: <Opened created={created} onOver={() => toast.close(id)} />,
    });
  };
  const tellNotOpened = (id: string, created: Impersonation, browser: string, rejection: unknown) => {
    toast.update(id, {
      title: t("impersonate.notOpened", { name }),
      stays: true,
      children: (
        <NotOpened
          created={created}
          browser={browser}
          problem={decodeProblem(rejection)}
          onOpened={() => tellOpened(id, created)}
          onOver={() => toast.close(id)}
        />
      ),
    });
  };

  const create = useMutation({
    mutationFn: (request: ActorTokenRequest) => backend.createActorToken(request),
    onSuccess: async (created, { browser }) => {
      onCreated();
      const id = tellOpening();
      void queries.invalidateQueries({ queryKey: ["live"] });
      // Not a hook's: the dialog, whose it would be, is closed by now.
      const open = queries.getMutationCache().build(queries, {
        mutationKey: openingKey(created.id),
        mutationFn: () => backend.openTicket(created.id, browser),
      });
      await open.execute(undefined).then(
        () => tellOpened(id, created),
        (rejection: unknown) => tellNotOpened(id, created, browser, rejection),
      );
    },
    // Nobody waits for any of it: what failed is to be told at once.
    onSettled: () => {
      for (const queryKey of [["live"], ["history"], ["browsers"], ["user", user.id], ["preflight", user.id]])
        void queries.invalidateQueries({ queryKey });
    },
  });

  return {
    start: create.mutate,
    problem: create.error?.problem,
    /** Changes with every try. */
    attempts: create.submittedAt,
    busy: create.isPending,
  };
}
