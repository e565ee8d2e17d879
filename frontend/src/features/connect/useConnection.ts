import { useCallback, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Backend } from "@/backend/backend";
import type { Connection, Instance } from "@/backend/instances";
import type { Operator } from "@/backend/operator";
import { decodeProblem, type Problem } from "@/backend/problem";

/** One try at getting an instance into use, and how. */
export type Attempt =
  | { by: "clipboard" }
  | { by: "file" }
  | { by: "sample" }
  | { by: "keyring" }
  | { by: "memory" }
  | { by: "instance"; instance: Instance }
  | { by: "trust"; shown: string[] };

/** An attempt that came to nothing; each has a number of its own. */
interface Failed {
  attempt: Attempt;
  problem: Problem;
  number: number;
}

interface ConnectionState {
  /** Whether anything was tried yet. */
  tried: boolean;
  /** Whether Understudy is locked: nothing is in use until an attempt succeeds. */
  locked: boolean;
  /** The connection in use. Its epoch is that of the attempt it came from, so each change has another. */
  current: { connection: Connection; epoch: number } | null;
  /** The attempt under way. The connection in use stays in use until the attempt succeeds. */
  attempt: Attempt | null;
  failed: Failed | null;
}

export interface ConnectionFlow extends ConnectionState {
  connect: (attempt: Attempt) => void;
  /** Stops the running attempt, or puts away what went wrong. */
  cancel: () => void;
  /** Understudy was locked: the connection is no longer in use. */
  lock: () => void;
  identified: (operator: Operator) => void;
  /** The instances are described differently now. */
  described: (instances: Instance[]) => void;
  /** The instance was forgotten; with it goes the connection. */
  forgotten: (id: string) => void;
}

/**
 * Gets an instance into use: one attempt at a time, the newest wins. opened is
 * what is in use from the start; locked: nothing is, Understudy is locked.
 *
 * Go answers for the instance that the last successful attempt put into use, so
 * the window follows every success, also of an attempt that was given up too late,
 * and shows nothing of any instance while one is under way.
 */
export function useConnection(opened: Connection | undefined, locked: boolean): ConnectionFlow {
  const backend = useBackend();
  const [state, setState] = useState<ConnectionState>({
    tried: false,
    locked,
    current: opened ? { connection: opened, epoch: 1 } : null,
    attempt: null,
    failed: null,
  });
  const running = useRef<AbortController | null>(null);
  /** The latest attempt, opening ahead being the first, and the latest that a lock made void. */
  const count = useRef(1);
  const voided = useRef(0);

  const connect = useCallback(
    (attempt: Attempt) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      count.current += 1;
      const number = count.current;
      setState((before) => ({ ...before, tried: true, attempt, failed: null }));

      const isLatest = () => number === count.current;
      ask(backend, attempt, controller.signal).then(
        (connection): undefined => {
          if (number <= voided.current) return undefined;
          setState((before) => {
            const newer = !connection.canceled && number > (before.current?.epoch ?? 0);
            return {
              ...before,
              ...(newer ? { locked: false, current: { connection, epoch: number } } : {}),
              ...(isLatest() ? { attempt: null, failed: null } : {}),
            };
          });
          return undefined;
        },
        (rejection: unknown) => {
          if (!isLatest() || number <= voided.current) return;
          const failed = controller.signal.aborted
            ? null
            : { attempt, problem: decodeProblem(rejection), number };
          setState((before) => ({ ...before, attempt: null, failed }));
        },
      );
    },
    [backend],
  );

  const cancel = useCallback(() => {
    running.current?.abort();
    setState((before) => ({ ...before, failed: null }));
  }, []);

  const lock = useCallback(() => {
    running.current?.abort();
    voided.current = count.current;
    setState((before) => ({ ...before, locked: true, current: null, attempt: null, failed: null }));
  }, []);

  const change = useCallback((update: (connection: Connection) => Connection) => {
    setState((before) =>
      before.current
        ? { ...before, current: { ...before.current, connection: update(before.current.connection) } }
        : before,
    );
  }, []);

  const identified = useCallback(
    (operator: Operator) =>
      // The rows that came along say which of them was the operator.
      change((connection) => {
        const { users: _, ...rest } = connection;
        return { ...rest, operator };
      }),
    [change],
  );

  const described = useCallback(
    (instances: Instance[]) =>
      change((connection) => ({
        ...connection,
        instance: instances.find(({ id }) => id === connection.instance.id) ?? connection.instance,
      })),
    [change],
  );

  const forgotten = useCallback((id: string) => {
    setState((before) => ({
      ...before,
      current: before.current?.connection.instance.id === id ? null : before.current,
      failed: null,
    }));
  }, []);

  return { ...state, connect, cancel, lock, identified, described, forgotten };
}

function ask(backend: Backend, attempt: Attempt, signal: AbortSignal): Promise<Connection> {
  switch (attempt.by) {
    case "clipboard":
      return backend.connectFromClipboard(signal);
    case "file":
      return backend.connectFromFile(signal);
    case "sample":
      return backend.connectSample(signal);
    case "keyring":
      return backend.keepKeyInNewKeyring(signal);
    case "memory":
      return backend.holdKeyInMemory();
    case "instance":
      return backend.selectInstance(attempt.instance.id, signal);
    case "trust":
      return backend.trustAddress(attempt.shown, signal);
  }
}

/**
 * Whether a key that the keychain did not take may be held in memory instead.
 * Not where the operator said no to the keychain: that is never worked around.
 */
export function mayHoldInMemory({ attempt, problem }: Pick<Failed, "attempt" | "problem">): boolean {
  if (attempt.by !== "clipboard" && attempt.by !== "file" && attempt.by !== "keyring") return false;
  return [
    "keychain_absent",
    "keychain_no_keyring",
    "keychain_locked",
    "keychain_timed_out",
    "keychain_broken",
    "key_not_stored",
  ].includes(problem.code);
}
