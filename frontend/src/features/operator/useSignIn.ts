import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { SignedIn } from "@/backend/operator";

/** Go opens the page, or copies the link to it. */
type Way = "browser" | "link";

/** As long as Go waits for somebody to sign in. */
const patienceMS = 5 * 60_000;

/** One sign-in in the browser at a time. It is stopped when the component goes. */
export function useSignIn(onSignedIn: (result: SignedIn) => void) {
  const backend = useBackend();
  const running = useRef<AbortController | null>(null);
  const [until, setUntil] = useState("");
  const [by, setBy] = useState<Way>("browser");
  useEffect(() => () => running.current?.abort(), []);

  const signIn = useMutation({
    mutationFn: ({ way, signal }: { way: Way; signal: AbortSignal }) =>
      way === "link" ? backend.signInByLink(signal) : backend.signInOperator(signal),
    onSuccess: onSignedIn,
  });
  const stopped = signIn.error?.problem.code === "canceled";
  return {
    /** Stops the one that runs, whose page is of no use then. */
    start: (way: Way) => {
      running.current?.abort();
      running.current = new AbortController();
      setBy(way);
      setUntil(new Date(Date.now() + patienceMS).toISOString());
      signIn.mutate({ way, signal: running.current.signal });
    },
    by,
    stop: () => running.current?.abort(),
    waiting: signIn.isPending,
    /** Until when Go waits. */
    until,
    signedIn: signIn.data,
    problem: stopped ? undefined : signIn.error?.problem,
    /** Changes with every try. */
    attempts: signIn.submittedAt,
  };
}
