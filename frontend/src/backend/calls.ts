/**
 * The calls of the window, derived from what Wails generates of Go's bound
 * methods: `ListInstances` is called `listInstances`. A new method is here by
 * itself; one that can be stopped has a line in {@link stoppable}.
 */
import * as App from "../../wailsjs/go/main/App";
import { decodeProblem, Failure, problemOf } from "./problem";

/**
 * The methods that take a request id, with what their promise does on an abort.
 * Both ways Go is told to stop. `rejects`: at once, whatever Go answers later.
 * `settles`: when Go has, because only Go knows which instance is in use then, or
 * what was made at Clerk.
 */
export const stoppable = {
  ConnectFromClipboard: "settles",
  ConnectFromFile: "settles",
  ConnectSample: "settles",
  KeepKeyInNewKeyring: "settles",
  SelectInstance: "settles",
  ReplaceKey: "settles",
  TrustAddress: "settles",
  CheckAddress: "rejects",

  ListUsers: "rejects",
  CountUsers: "rejects",
  GetUser: "rejects",
  GetUserNames: "rejects",
  GetMemberships: "rejects",
  GetSessions: "rejects",
  GetPrivateMetadata: "rejects",
  FindOrganizations: "rejects",

  Preflight: "rejects",
  CreateActorToken: "settles",

  ListHistory: "rejects",
  HistoryChoices: "rejects",
  CompareHead: "rejects",
  AcceptHistory: "rejects",
  ExportHistory: "rejects",

  Diagnose: "rejects",

  CreateSignInApplication: "rejects",
  SignInOperator: "rejects",
  SignInByLink: "rejects",
} as const satisfies Partial<Record<keyof typeof App, "rejects" | "settles">>;

type Stoppable = keyof typeof stoppable;
type OnAbort = (typeof stoppable)[Stoppable];

/** A call takes an AbortSignal at its end where Go takes a request id at the start, alone or in a request. */
type Call<Method> = Method extends (first: infer First, ...rest: infer Rest) => infer Answer
  ? First extends { requestID: string }
    ? (request: Omit<First, "requestID">, ...rest: [...Rest, signal: AbortSignal]) => Answer
    : (...rest: [...Rest, signal: AbortSignal]) => Answer
  : never;

/** Every call rejects with a Failure. */
export type Calls = {
  [Name in Exclude<keyof typeof App, "Cancel"> as Uncapitalize<Name>]: Name extends Stoppable
    ? Call<(typeof App)[Name]>
    : (typeof App)[Name];
};

/** The calls of the real program. */
export function createCalls(): Calls {
  const { Cancel: _, ...methods } = App;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Calls has the types of both sides
  return callsOf(methods as Record<string, Bound>) as Calls;
}

type Bound = (...args: unknown[]) => Promise<unknown>;

const onAborts: Partial<Record<string, OnAbort>> = stoppable;

/** The methods whose request id is a field of the request. */
const takesRequest: readonly string[] = ["ListUsers", "CountUsers", "CreateActorToken"];

function callOf(name: string, method: Bound): Bound {
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

function callsOf(methods: Record<string, Bound>): Record<string, Bound> {
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      callOf(name, method),
    ]),
  );
}

let requests = 0;

const stopped = new Failure(problemOf({ code: "canceled", retry: true }));

/** Runs a call under a request id of its own, until the signal tells Go to stop it. */
export function stop<T>(
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

/** Turns the rejection of a bound method into a Failure. */
export async function answer<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (rejection) {
    throw new Failure(decodeProblem(rejection));
  }
}
