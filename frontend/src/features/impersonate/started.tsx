import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { type ActorTokenRequest, type Impersonation, stateOf } from "@/backend/impersonations";
import { decodeProblem, type Problem } from "@/backend/problem";
import type { UserRow } from "@/backend/users";
import { changed, openingKey, showNow } from "@/workspace/queries";
import { copyLink } from "./ways";

/** An impersonation that was started in this window and is still told of. */
export interface Started {
  user: UserRow;
  request: ActorTokenRequest;
  created: Impersonation;
  /** The browser that the link goes to, or that it is copied. */
  way: string;
  /** The outcome of that. */
  outcome: "trying" | "done" | Problem;
  /** Since when, in milliseconds since 1970. */
  at: number;
}

interface Told {
  /** The newest first. */
  all: readonly Started[];
  /** Tells of a new one, and hands its link over. */
  begin: (one: Pick<Started, "user" | "request" | "created">) => void;
  /** Hands the same link over in another way, or in the same one again. */
  open: (one: Started, way: string) => void;
  /** Tells no more of those with these ids. */
  drop: (ids: readonly string[]) => void;
}

const StartedContext = createContext<Told | null>(null);

export function useStarted(): Told {
  const started = useContext(StartedContext);
  if (!started) throw new Error("useStarted needs a StartedProvider above it");
  return started;
}

/** Knows what was started in this window, beyond the dialog that did. */
export function StartedProvider({ children }: { children: ReactNode }) {
  const backend = useBackend();
  const queries = useQueryClient();
  const [all, setAll] = useState<readonly Started[]>([]);

  const open = ({ created: { id, userID } }: Started, way: string) => {
    const note = (outcome: Started["outcome"]) =>
      setAll((before) =>
        before.map((one) => (one.created.id === id ? { ...one, way, outcome, at: Date.now() } : one)),
      );
    note("trying");
    // The mutation is no hook's: the component that shows it may come and go.
    const handing = queries.getMutationCache().build(queries, {
      mutationKey: openingKey(id),
      mutationFn: async () => {
        if (way === copyLink) await backend.copyTicketLink(id);
        else showNow(queries, backend, await backend.openTicket(id, way));
      },
      onSettled: () => changed(queries, "opened", [userID]),
    });
    void handing.execute(undefined).then(
      () => note("done"),
      (rejection: unknown) => note(decodeProblem(rejection)),
    );
  };
  const begin = ({ user, request, created }: Pick<Started, "user" | "request" | "created">) => {
    const one: Started = { user, request, created, way: request.browser, outcome: "done", at: Date.now() };
    setAll((before) => [one, ...before]);
    void changed(queries, "asked", []);
    if (stateOf(created) !== "unknown") open(one, request.browser);
  };
  const drop = (ids: readonly string[]) =>
    setAll((before) => before.filter(({ created }) => !ids.includes(created.id)));

  return <StartedContext value={{ all, begin, open, drop }}>{children}</StartedContext>;
}
