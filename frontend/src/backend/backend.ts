/**
 * What the window can ask of Go, in the window's own terms. `wails.ts` answers
 * with the real program, `memory/` with invented data for tests and the gallery.
 *
 * Calls that may take long take an AbortSignal: aborting it stops the work in
 * Go and rejects the promise at once. Every rejection is a {@link Failure}.
 */
import type { bridge } from "../../wailsjs/go/models";

export type Start = bridge.Start;
export type Instance = bridge.Instance;
export type Connection = bridge.Connection;
export type Operator = bridge.Operator;
export type SignIn = bridge.SignIn;
export type SignedIn = bridge.SignedIn;
export type Locked = bridge.Locked;
export type AddressCheck = bridge.AddressCheck;
export type View = bridge.View;
export type UsersPage = bridge.UsersPage;
export type UserRow = bridge.UserRow;
export type UserDetail = bridge.UserDetail;
export type UserName = bridge.UserName;
export type Searches = bridge.Searches;
export type Organization = bridge.Organization;
export type Contact = bridge.Contact;
export type Membership = bridge.Membership;
export type UserSession = bridge.UserSession;
export type Impersonation = bridge.Impersonation;
type EndResult = bridge.EndResult;
export type HistoryEntry = bridge.HistoryEntry;
export type HistoryFilter = bridge.HistoryFilter;
export type HistoryRecord = bridge.HistoryRecord;
export type HistoryRecords = bridge.HistoryRecords;
export type HeadComparison = bridge.HeadComparison;
type ExportRequest = bridge.ExportRequest;
export type Verification = bridge.Verification;
type History = bridge.History;
type HistoryChoices = bridge.HistoryChoices;
type HistoryRequest = bridge.HistoryRequest;
export type Browser = bridge.Browser;
export type Settings = bridge.Settings;
export type Rules = bridge.Rules;
export type Finding = bridge.Finding;
export type Live = bridge.Live;
export type OtherImpersonation = bridge.OtherImpersonation;

/** The window names its requests itself, from the signal: see `wails.ts`. */
export type UsersRequest = Omit<bridge.UsersRequest, "requestID">;
export type ActorTokenRequest = Omit<bridge.ActorTokenRequest, "requestID">;
type CountRequest = Omit<bridge.CountRequest, "requestID">;

export interface Backend {
  start(): Promise<Start>;

  /**
   * Go reads the clipboard; the key never reaches this side.
   *
   * An attempt to get an instance into use, as all that resolve with a Connection
   * are. They are stopped by their signal too, but settle only when Go has: the
   * window must know which instance answers it.
   */
  connectFromClipboard(signal: AbortSignal): Promise<Connection>;
  /** Opens the native file dialog; `canceled` when it was closed. */
  connectFromFile(signal: AbortSignal): Promise<Connection>;
  connectSample(signal: AbortSignal): Promise<Connection>;
  /** Goes on with the key of a connect after `keychain_no_keyring`: the system makes one, and asks for a password. */
  keepKeyInNewKeyring(signal: AbortSignal): Promise<Connection>;
  /** Goes on with the key of a connect that the keychain did not take, for this run. */
  holdKeyInMemory(): Promise<Connection>;
  /** Unlocks too. May wait up to two minutes for the operator to unlock the keychain. */
  selectInstance(id: string, signal: AbortSignal): Promise<Connection>;
  listInstances(): Promise<Instance[]>;
  /** Resolves with all instances as they are then, as {@link moveInstance} does. */
  describeInstance(id: string, name: string, color: string): Promise<Instance[]>;
  /** So many places down the list, up if negative. */
  moveInstance(id: string, by: number): Promise<Instance[]>;
  /** Puts the key on the clipboard in the place of the instance's own. */
  replaceKey(id: string, signal: AbortSignal): Promise<Instance>;
  /** Whether the instance in use signs in where it did when it was connected. */
  checkAddress(signal: AbortSignal): Promise<AddressCheck>;
  /** Pins the addresses that the operator was shown, and uses the instance anew. */
  trustAddress(shown: string[], signal: AbortSignal): Promise<Connection>;

  /** Lets go of the keys. {@link selectInstance} gets the one of an instance back. */
  lock(): Promise<void>;
  /** What is locked. */
  locked(): Promise<Locked>;
  /** Tells that somebody uses the window: without that it is locked after a while. */
  reportUse(): Promise<void>;
  /** Hears that Understudy was locked, by whatever. */
  onLocked(listener: () => void): () => void;

  /** Forgets the instance and removes its key. */
  disconnect(id: string): Promise<void>;

  setOperator(userID: string): Promise<Operator>;
  /** Somebody who is no user of the instance acts, unverified, by the name and address they give. */
  actAsOutsider(name: string, address: string): Promise<Operator>;
  operator(): Promise<Operator>;

  /** How operators of this instance sign in with Clerk, and whether they must. */
  signIn(): Promise<SignIn>;
  /** Uses an OAuth application that exists at Clerk; none with "". */
  setSignInClient(clientID: string): Promise<SignIn>;
  /** Creates the OAuth application at Clerk: never call it again by itself. */
  createSignInApplication(signal: AbortSignal): Promise<SignIn>;
  /** Opens the browser and waits, at most five minutes. Whoever signs in there is the operator. */
  signInOperator(signal: AbortSignal): Promise<SignedIn>;
  /** The same with the link to the page on the clipboard, as long as Go waits, and no browser opened. */
  signInByLink(signal: AbortSignal): Promise<SignedIn>;

  listUsers(request: UsersRequest, signal: AbortSignal): Promise<UsersPage>;
  /** Can take minutes on a large instance with a filter. */
  countUsers(request: CountRequest, signal: AbortSignal): Promise<number>;
  /** ahead: before anybody has asked for it, so that what is waited for goes out first. */
  getUser(id: string, signal: AbortSignal, ahead?: boolean): Promise<UserDetail>;
  /** The organizations of a user: one request for each 500. */
  getMemberships(id: string, signal: AbortSignal): Promise<Membership[]>;
  /** The sessions of a user that are not over, newest first. */
  getSessions(id: string, signal: AbortSignal): Promise<UserSession[]>;
  /** The names of those of up to a hundred users who exist, in one request. */
  getUserNames(ids: readonly string[], signal: AbortSignal): Promise<UserName[]>;
  /** Indented JSON, "" without any. Sensitive: it is never to be kept. */
  getPrivateMetadata(id: string, signal: AbortSignal): Promise<string>;

  /** At most 20 organizations that `org:` with the text can mean, the newest for "". */
  findOrganizations(text: string, signal: AbortSignal): Promise<Organization[]>;

  /** What was searched for in this instance, kept on this computer. */
  listSearches(): Promise<Searches>;
  rememberSearch(text: string): Promise<Searches>;
  pinSearch(text: string, pinned: boolean): Promise<Searches>;
  /** Drops the searches that are not pinned. */
  forgetSearches(): Promise<Searches>;

  /** What is to be known before a user is impersonated, the gravest first. */
  preflight(userID: string, signal: AbortSignal): Promise<Finding[]>;
  /** The latest reasons given in this instance, each once. */
  recentReasons(): Promise<string[]>;
  /** Go opens the user's page in Clerk's dashboard, in the default browser. */
  openInDashboard(userID: string): Promise<void>;
  /** Go opens the ticket that a reference names, in the default browser. */
  openReference(reference: string): Promise<void>;
  /** Go opens the page of Clerk where the plan is changed. */
  openBilling(): Promise<void>;

  /**
   * Spends one of the month's impersonations: never call it again by itself. Stopped
   * by its signal, it settles when Go has. Its state is unknown if nobody knows
   * whether Clerk made the token.
   */
  createActorToken(request: ActorTokenRequest, signal: AbortSignal): Promise<Impersonation>;
  openTicket(impersonationID: string, browserID: string): Promise<Impersonation>;
  /** Go puts the link on the clipboard and takes it away when it runs out. */
  copyTicketLink(impersonationID: string): Promise<void>;
  endImpersonation(impersonationID: string): Promise<Impersonation>;
  /** Ends a colleague's session, after the operator was asked. */
  endOther(userID: string, sessionID: string): Promise<void>;
  endAll(): Promise<EndResult>;
  listLive(): Promise<Live>;

  /** A page of what passes the filter, newest first. It can be empty although there are more. Needs no key. */
  listHistory(request: HistoryRequest, signal: AbortSignal): Promise<History>;
  /** What the history can be narrowed to. It takes as long as what was added to the record since. */
  historyChoices(signal: AbortSignal): Promise<HistoryChoices>;
  /** The entry that holds the record of that number. */
  findRecord(seq: number): Promise<HistoryEntry>;
  /** All that is on record of one entry. */
  listRecords(id: string): Promise<HistoryRecords>;
  /** Checks the chain itself, without its end in the keychain. */
  verifyHistory(): Promise<Verification>;
  /** Compares the record with its end in the keychain, which may ask for its password for minutes. */
  compareHead(signal: AbortSignal): Promise<HeadComparison>;
  /** Takes the record as it is although the keychain remembers another end, and records that. */
  acceptHistory(signal: AbortSignal): Promise<void>;
  /** Opens the native dialog. Resolves with the file's path, "" when it was closed. `onProgress` hears percentages. */
  exportHistory(
    request: ExportRequest,
    signal: AbortSignal,
    onProgress: (percent: number) => void,
  ): Promise<string>;

  listBrowsers(): Promise<Browser[]>;
  getSettings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<Settings>;
  /** Those of the instance in use. */
  getRules(): Promise<Rules>;
  saveRules(rules: Rules): Promise<Rules>;
  /** The lines of the journal about one call, each a JSON object. */
  journalOf(call: string): Promise<string[]>;
  copyText(text: string): Promise<void>;

  /** Closes the window, after ending everything if `endAll`. It stays if something could not be ended. */
  quit(endAll: boolean): Promise<EndResult>;
  /** Tells that the window is not to be closed after all. */
  stayOpen(): Promise<void>;
  /** Hears that somebody tries to close the window while something runs. */
  onClosing(listener: () => void): () => void;

  /** Hears the actions of the native menu. Returns how to stop hearing them. */
  onAction(listener: (action: string) => void): () => void;
  /** Hears that Clerk answers again after it did not, or takes the key that is in use now. */
  onAnswered(listener: () => void): () => void;
  /** Hears for how many milliseconds a request waits until Clerk is asked, and why. */
  onWait(listener: (milliseconds: number, what: Waiting) => void): () => void;
}

/** What a request waits for: our own limit, Clerk that asked for it, or a moment before the next attempt. */
export type Waiting = "limit" | "clerk" | "retry";

/** Who acts before anybody said who they are. */
export const nobody: Operator = {
  id: "",
  name: "",
  email: "",
  outside: false,
  verified: false,
  verifiedAt: "",
  verifiedUntil: "",
};

const environments = ["production", "development", "sample"] as const;
export type Environment = (typeof environments)[number];

/** An environment that this version does not know is treated with the most care. */
export function environmentOf(instance: Instance): Environment {
  return environments.find((known) => known === instance.environment) ?? "production";
}

const states = ["requested", "pending", "opened", "live", "ended", "failed", "unknown"] as const;
export type ImpersonationState = (typeof states)[number];

/** A state that this version does not know is said to be unknown. */
export function stateOf(item: { state: string }): ImpersonationState {
  return states.find((known) => known === item.state) ?? "unknown";
}

/** Whether somebody is, or can still get, signed in through it. */
export function isActive(item: { state: string }): boolean {
  return ["requested", "pending", "opened", "live", "unknown"].includes(stateOf(item));
}

const effects = ["refuse", "ask", "unchecked", "warn"] as const;
export type Effect = (typeof effects)[number];

/** An effect that this version does not know refuses. */
export function effectOf(finding: Finding): Effect {
  return effects.find((known) => known === finding.effect) ?? "refuse";
}

const chains = ["good", "broken", "torn"] as const;
export type ChainState = (typeof chains)[number];

/** Anything but a known state counts as broken. */
export function chainOf(verification: Verification): ChainState {
  return chains.find((known) => known === verification.state) ?? "broken";
}

const heads = ["none", "matches", "differs"] as const;
type HeadState = (typeof heads)[number];

/** Narrows nothing. */
export const everything: HistoryFilter = {
  query: "",
  since: "",
  until: "",
  userID: "",
  operatorID: "",
  instanceID: "",
  result: "",
  upTo: 0,
};

/** Asks for the first users that a search finds, those who signed in last before the others. */
export const firstFound = (query: string): UsersRequest => ({
  view: { query, sort: "last_sign_in_at", descending: true, pinnedAt: 0 },
  index: 0,
  afterID: "",
  beforeID: "",
  total: -1,
});

/** Anything but a known state counts as another end. */
export function headOf(comparison: HeadComparison): HeadState {
  return heads.find((known) => known === comparison.state) ?? "differs";
}
