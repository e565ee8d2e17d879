/** The facts that every screen of a connected instance knows, and its calls to the window. */
import { createContext, type ReactNode, useContext } from "react";
import type { ActorTokenRequest, Ask } from "@/backend/impersonations";
import type { Instance, Start } from "@/backend/instances";
import type { Operator } from "@/backend/operator";
import type { UserRow } from "@/backend/users";

export type Section = "users" | "live" | "history" | "settings";

/** Where the operator is in an instance, to come back to after a lock. */
export interface Place {
  section: Section;
  query: string;
  /** The id of the user who is picked, "" without one. */
  user: string;
}

/** The values that an impersonation begins with, where it repeats an earlier one. */
export type Given = Partial<
  Pick<
    ActorTokenRequest,
    "reason" | "override" | "reference" | "sessionMinutes" | "browser" | "mode" | "changesReason" | "land"
  >
>;

export interface Workspace {
  start: Start;
  instance: Instance;
  operator: Operator;
  /** Goes to another section: to users with one of them opened, to the history with that of one alone. */
  navigate: (section: Section, userID?: string) => void;
  /** Goes to users and searches for something, as typed in the search box; if wanted, on to the first. */
  showUsers: (query: string, first?: boolean) => void;
  /** Opens the dialog that asks why and for how long, with what is given filled in. */
  impersonate: (user: UserRow, given?: Given) => void;
  /** Opens the dialog that asks why changes, a path or a connection must be allowed. */
  allow: (ask: Ask) => void;
  /** Connects one more instance. */
  connectAnother: () => void;
  /** Uses another connected instance, and searches there for what was searched for here. */
  switchTo: (instance: Instance, query?: string) => void;
  /** The instances were named, coloured or ordered. */
  described: (instances: Instance[]) => void;
  /** Notes where the operator is now. */
  stay: (place: Partial<Place>) => void;
  /** Has the operator prove who they are. */
  signIn: () => void;
  /** Asks again which user the operator is. */
  identifyAgain: () => void;
  /** Asks, and then removes an instance and its key from this computer. */
  askToForget: (instance: Instance) => void;
  /** Asks for another key of an instance. */
  askForKey: (instance: Instance) => void;
}

const WorkspaceContext = createContext<Workspace | null>(null);

export function WorkspaceProvider({ value, children }: { value: Workspace; children: ReactNode }) {
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
}

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace needs a connected instance above it");
  return workspace;
}
