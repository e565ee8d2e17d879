/**
 * The calls of the window, derived from what Wails generates of Go's bound
 * methods: `ListInstances` is called `listInstances`. A new method is here by
 * itself; one that can be stopped has a line in {@link stoppable}.
 */
import type * as App from "../../wailsjs/go/main/App";

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
