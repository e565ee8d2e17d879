import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { SignedIn } from "@/backend/backend";

/** As long as Go waits for somebody to sign in. */
const patienceMS = 5 * 60_000;

/** One sign-in in the browser at a time. It is stopped when the component goes. */
export function useSignIn(onSignedIn: (result: SignedIn) => void) {
  const backend = useBackend();
  const running = useRef<AbortController | null>(null);
  const [until, setUntil] = useState("");
  useEffect(() => () => running.current?.abort(), []);

  const signIn = useMutation({
    mutationFn: (signal: AbortSignal) => backend.signInOperator(signal),
    onSuccess: onSignedIn,
  });
  const stopped = signIn.error?.problem.code === "canceled";
  return {
    start: () => {
      running.current = new AbortController();
      setUntil(new Date(Date.now() + patienceMS).toISOString());
      signIn.mutate(running.current.signal);
    },
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
