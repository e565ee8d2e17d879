/** The backend of the real program. */
import * as App from "../../wailsjs/go/main/App";
import type { Backend } from "./backend";
import { type Calls, stoppable } from "./calls";
import { onExport, wailsEvents } from "./events";
import type { Start } from "./instances";
import { decodeProblem, Failure, problemFrom } from "./problem";

type Method = (...args: unknown[]) => Promise<unknown>;
type OnAbort = (typeof stoppable)[keyof typeof stoppable];

const onAborts: Partial<Record<string, OnAbort>> = stoppable;

/** The methods whose request id is a field of the request. */
const takesRequest: readonly string[] = ["ListUsers", "CountUsers", "CreateActorToken"];

const stopped = new Failure(problemFrom({ code: "canceled", message: "Stopped.", retry: true }));

declare global {
  interface Window {
    /** The call that public/start.js made, until it is taken. */
    understudyStart?: Promise<Start> | undefined;
  }
}

/** Returns the answer to the call that the page made already, or calls Go. */
function start(): Promise<Start> {
  const asked = window.understudyStart ?? App.Start();
  window.understudyStart = undefined;
  return asked;
}

/** Turns the rejection of a bound method into a Failure. */
async function answer<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (rejection) {
    throw new Failure(decodeProblem(rejection));
  }
}

export function createWailsBackend(): Backend {
  let requests = 0;

  /** Runs a call under a request id of its own, until the signal tells Go to stop it. */
  function stop<T>(
    signal: AbortSignal,
    onAbort: OnAbort,
    call: (requestID: string) => Promise<T>,
  ): Promise<T> {
    if (signal.aborted) return Promise.reject(stopped);
    requests += 1;
    const requestID = `window-${requests}`;
    return new Promise<T>((resolve, reject) => {
      const abort = () => {
        if (onAbort === "rejects") reject(stopped);
        App.Cancel(requestID).catch(() => undefined);
      };
      signal.addEventListener("abort", abort, { once: true });
      answer(() => call(requestID))
        .finally(() => signal.removeEventListener("abort", abort))
        .then(resolve, reject);
    });
  }

  function callOf(name: string, method: Method): Method {
    const onAbort = onAborts[name];
    if (!onAbort) return (...args) => answer(() => method(...args));
    return (...args) => {
      const signal = args.pop();
      if (!(signal instanceof AbortSignal)) throw new Error(`${name} takes a signal at its end`);
      return stop(signal, onAbort, (requestID) =>
        takesRequest.includes(name)
          ? method(Object.assign({ requestID }, args[0]))
          : method(requestID, ...args),
      );
    };
  }

  function callsOf(methods: Record<string, Method>): Record<string, Method> {
    return Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name.charAt(0).toLowerCase() + name.slice(1),
        callOf(name, method),
      ]),
    );
  }

  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- calls.ts has the types of both sides
    ...(callsOf(App as Record<string, Method>) as Calls),
    ...wailsEvents,
    start: () => answer(start),
    exportHistory: (request, signal, onProgress) =>
      stop(signal, stoppable.ExportHistory, (requestID) => {
        const deafen = onExport(requestID, onProgress);
        return App.ExportHistory(requestID, request).finally(deafen);
      }),
  };
}
