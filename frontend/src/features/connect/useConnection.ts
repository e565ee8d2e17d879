import { useCallback, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Connection, Instance, Operator } from "@/backend/backend";
import { decodeProblem, type Problem } from "@/backend/problem";

/** One try at getting an instance into use, and how. */
export type Attempt =
  | { by: "clipboard" }
  | { by: "file" }
  | { by: "sample" }
  | { by: "memory" }
  | { by: "instance"; instance: Instance };

interface ConnectionState {
  /** Whether anything was tried yet. */
  tried: boolean;
  /** What is in use, and counts up with each change of it. */
  current: { connection: Connection; epoch: number } | null;
  /** What is being tried now. What was in use stays so until it works. */
  attempt: Attempt | null;
  failed: { attempt: Attempt; problem: Problem } | null;
}

export interface ConnectionFlow extends ConnectionState {
  connect: (attempt: Attempt) => void;
  /** Stops the running attempt, or puts away what went wrong. */
  cancel: () => void;
  identified: (operator: Operator) => void;
  /** The instance was forgotten; with it goes the connection. */
  forgotten: (id: string) => void;
}

/**
 * Gets an instance into use: one attempt at a time, the newest wins. opened is
 * what is in use from the start.
 */
export function useConnection(opened: Connection | undefined): ConnectionFlow {
  const backend = useBackend();
  const [state, setState] = useState<ConnectionState>({
    tried: false,
    current: opened ? { connection: opened, epoch: 1 } : null,
    attempt: null,
    failed: null,
  });
  const running = useRef<AbortController | null>(null);

  const connect = useCallback(
    (attempt: Attempt) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setState((before) => ({ ...before, tried: true, attempt, failed: null }));

      const ask = (): Promise<Connection> => {
        switch (attempt.by) {
          case "clipboard":
            return backend.connectFromClipboard(controller.signal);
          case "file":
            return backend.connectFromFile(controller.signal);
          case "sample":
            return backend.connectSample(controller.signal);
          case "memory":
            return backend.holdKeyInMemory();
          case "instance":
            return backend.selectInstance(attempt.instance.id, controller.signal);
        }
      };
      ask().then(
        (connection): undefined => {
          if (running.current !== controller) return undefined;
          setState((before) => ({
            ...before,
            current: connection.canceled
              ? before.current
              : { connection, epoch: (before.current?.epoch ?? 0) + 1 },
            attempt: null,
            failed: null,
          }));
          return undefined;
        },
        (rejection: unknown) => {
          if (running.current !== controller) return;
          setState((before) => ({
            ...before,
            attempt: null,
            failed: { attempt, problem: decodeProblem(rejection) },
          }));
        },
      );
    },
    [backend],
  );

  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setState((before) => ({ ...before, attempt: null, failed: null }));
  }, []);

  const identified = useCallback((operator: Operator) => {
    setState((before) => {
      if (!before.current) return before;
      // The rows that came along say which of them was the operator.
      const { users: _, ...connection } = before.current.connection;
      return { ...before, current: { ...before.current, connection: { ...connection, operator } } };
    });
  }, []);

  const forgotten = useCallback((id: string) => {
    setState((before) => ({
      ...before,
      current: before.current?.connection.instance.id === id ? null : before.current,
      failed: null,
    }));
  }, []);

  return { ...state, connect, cancel, identified, forgotten };
}

/**
 * Whether a key that the keychain did not take may be held in memory instead.
 * Not where the operator said no to the keychain: that is never worked around.
 */
export function mayHoldInMemory({ attempt, problem }: { attempt: Attempt; problem: Problem }): boolean {
  if (attempt.by !== "clipboard" && attempt.by !== "file") return false;
  return [
    "keychain_absent",
    "keychain_locked",
    "keychain_timed_out",
    "keychain_broken",
    "key_not_stored",
  ].includes(problem.code);
}
