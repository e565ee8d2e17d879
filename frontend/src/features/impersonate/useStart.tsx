import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { type ActorTokenRequest, type Impersonation, stateOf, type UserRow } from "@/backend/backend";
import { changed } from "@/backend/changes";
import { decodeProblem } from "@/backend/problem";
import { t } from "@/text/i18n";
import { useToast } from "@/ui/Toast";
import { openingKey } from "@/workspace/impersonations";
import { NotOpened } from "./NotOpened";
import { Opened } from "./Opened";

/**
 * The two steps of an impersonation. The first asks Clerk, and its failure stays
 * in the dialog; nothing is asked again by itself. From then on a token exists, or
 * nobody knows whether one does, so whatever happens is told outside, with the ways to go on or to revoke it.
 */
export function useStart(user: UserRow, onDone: () => void) {
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

  const tellUnclear = (created: Impersonation) => {
    const id = toast.show({
      title: t("impersonate.unclear", { name }),
      stays: true,
      children: <Opened created={created} onOver={() => toast.close(id)} />,
    });
  };

  const running = useRef(new AbortController());
  const create = useMutation({
    mutationFn: (request: ActorTokenRequest) => {
      running.current = new AbortController();
      return backend.createActorToken(request, running.current.signal);
    },
    onSuccess: async (created, { browser }) => {
      onDone();
      if (stateOf(created) === "unknown") return tellUnclear(created);
      const id = tellOpening();
      void changed(queries, "asked", []);
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
    onError: ({ problem }) => {
      if (problem.code === "canceled") onDone();
    },
    // Nobody waits for any of it: what failed is to be told at once.
    onSettled: () => {
      void changed(queries, "opened", [user.id]);
    },
  });

  return {
    start: create.mutate,
    problem: create.error?.problem,
    /** Changes with every try. */
    attempts: create.submittedAt,
    busy: create.isPending,
    /** Stops waiting for Clerk. What became of the request is told once that is known. */
    stop: () => running.current.abort(),
  };
}
