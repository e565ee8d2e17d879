/**
 * A backend that keeps everything in memory: plausible data, failures on
 * request, calls that can be held back. For component tests and the gallery.
 */
import type { Backend } from "../backend";
import type { Waiting } from "../events";
import type { HeadComparison, HistoryEntry, Verification } from "../history";
import {
  type Browser,
  type Finding,
  type Impersonation,
  isActive,
  type Live,
  type OtherImpersonation,
  type Watching,
} from "../impersonations";
import type { Connection, Instance, Locked } from "../instances";
import { nobody, type Operator, type SignedIn, type SignIn } from "../operator";
import { Failure, type Problem, problemOf } from "../problem";
import { patched, type Rules, type Settings } from "../settings";
import type { Searches, UserRow, UsersPage, UsersRequest, View } from "../users";
import { diagnostics } from "./diagnostics";
import {
  inventAcceptance,
  inventEntry,
  inventHistory,
  inventRecords,
  lastSeq,
  watchedOutcome,
} from "./entries";
import { failure } from "./failure";
import { pageOfHistory } from "./history";
import { called, needsInstance, needsKey, oneMore } from "./instances";
import { inventDetail, inventMemberships, inventSessions, inventUsers, organizations } from "./people";
import { inventBrowsers, inventImpersonation, inventLive } from "./records";
import { reportCalls } from "./reports";
import { unwatched, watched, watchingCalls, watchThem } from "./watching";

type Method = Exclude<
  keyof Backend,
  "onAction" | "onAnswered" | "onAsked" | "onWait" | "onClosing" | "onLocked"
>;

export interface MemoryBackend extends Backend {
  /** Makes calls of a method fail until {@link mend}. */
  fail(method: Method, problem: Partial<Problem>): void;
  mend(method: Method): void;
  /** Keeps calls of a method waiting until the returned function is called. */
  hold(method: Method): () => void;
  /** The methods called, with their arguments (signals left out), oldest first. */
  readonly calls: [method: Method, ...args: unknown[]][];
  /** Tries to close the window. */
  close(): void;
  /** Chooses an item of the native menu. */
  choose(action: string): void;
  /** Locks, as the program does by itself. */
  lockItself(): void;
  /** Lets a request wait for Clerk. */
  wait(milliseconds: number, what: Waiting): void;
  /** Tells that Clerk answers again. */
  answerAgain(): void;
  /** Uses the mark in an app's page. */
  ask: Parameters<Backend["onAsked"]>[0];
  /** Every user of the first instance, newest first: change it to change Clerk. */
  readonly users: UserRow[];
  /** The impersonations that are live, and those that ended today. */
  readonly live: Impersonation[];
  /** The entries on record, newest first. */
  readonly history: HistoryEntry[];
  /** So many entries are looked through for a page, found or not. */
  lookedThrough: number;
  /** The findings before any user is impersonated. */
  findings: Finding[];
  /** The impersonations that colleagues have running on the same users. */
  others: OtherImpersonation[];
  /** Why Clerk cannot be asked what is live. */
  liveProblem: Live["problem"] | undefined;
  /** The outcome of a link in a browser that is held. */
  signsIn: Partial<Watching>;
  /** The user who signs in with Clerk when asked. */
  atTheBrowser: UserRow | undefined;
  /** The objection against that operator. */
  objection: SignedIn["problem"] | undefined;
  /** The ways to open a ticket. */
  browsers: Browser[];
  verification: Verification;
  /** Where the instances sign in now, if that is not what was pinned. */
  movedTo: string[];
  head: HeadComparison;
  /** Tells how far the export is that runs. */
  exportsTo: (percent: number) => void;
}

export interface MemoryOptions {
  /** Milliseconds since 1970; the invented times count from it. */
  now?: () => number;
  users?: number;
  environment?: "production" | "development" | "sample";
  /** Instances connected before the window opened. */
  connected?: boolean;
  /** The names of more of them: production ones, whose users are called after them. */
  more?: string[];
  /** Where the instances sign in, if not where they did when they were connected. */
  movedTo?: string[];
  /** Whether the keys are held in memory for this run only. */
  inMemory?: boolean;
  /** Whether the operator has said who they are. */
  identified?: boolean;
  /** Whether Go had the instance and its first rows before the window asked. */
  opened?: boolean;
  os?: "darwin" | "linux" | "windows";
  apiURL?: string;
  apiManaged?: boolean;
  history?: number;
  /** The client id of the OAuth application at Clerk, if there is one. */
  clientID?: string;
  /** Whether something is live and something ended today; or also watched by Understudy. */
  busy?: boolean | "watched";
  /** The names of the settings and rules that the organization manages. */
  managed?: string[];
}

/** The rules of a fresh instance. */
const noRules: Rules = {
  sign_in: { required: false, hours: 0, client_id: "", after_lock: false },
  permission: { organization: "", name: "", hide_table: false },
  protected: {
    roles: [],
    roles_effect: "refuse",
    domains: [],
    domains_effect: "refuse",
    metadata: {},
    metadata_effect: "refuse",
    blocked_effect: "refuse",
  },
  reason: { pattern: "", hint: "", reference: "", address: "" },
  longest_session_minutes: 0,
  monthly_quota: 0,
  forbid_copying_links: false,
  changes: { default: "view_only", allow: "reason", minutes: 10, paths: [], hosts: [], hold_graphql: false },
  managed: [],
};

/** Outside of production changes are allowed from the start. */
const freeChanges = { default: "allow_changes", allow: "always", minutes: 0 };

const pageSize = 100;
const sampleHint = "sk_test_…0000";
const halfDayMS = 12 * 3_600_000;

const newestFirst: View = { query: "", sort: "created_at", descending: true, pinnedAt: 0 };

export function createMemoryBackend(options: MemoryOptions = {}): MemoryBackend {
  const now = options.now ?? Date.now;
  const environment = options.environment ?? "production";
  const instance: Instance = {
    id: environment === "sample" ? "sample" : "ins_memory",
    name: environment === "sample" ? "Northwind" : "Acme",
    environment,
    keyHint: { production: "sk_live_…x7Q2", development: "sk_test_…m4Zk", sample: sampleHint }[environment],
    frontendAPI: "https://clerk.acme.example",
    fingerprint: environment === "sample" ? "" : "9c41d07be35fa286",
    color: "",
    inMemory: options.inMemory ?? false,
  };
  const users = inventUsers(options.users ?? 2500, now());
  const self = users.find((user) => user.self) ?? users[0];
  const maya = operatorFrom(self);
  const live = options.busy ? inventLive(users, now()) : [];
  if (options.busy === "watched") watchThem(live, now());
  const history = inventHistory(options.history ?? 40, users, maya.id, now());

  const more = (options.more ?? []).map((name) => oneMore(name, instance));
  const directories = new Map([
    [instance.id, users],
    ...more.map(({ id, name }): [string, UserRow[]] => [id, called(users, name)]),
  ]);
  let instances = (options.connected ?? true) ? [instance, ...more] : [];
  let current = instance;
  let connected = options.connected ?? true;
  let locked: Locked | undefined;
  let operator = (options.identified ?? true) ? maya : nobody;
  let settings: Settings = {
    theme: "system",
    density: "normal",
    zoom: 100,
    session_minutes: 30,
    link_seconds: 60,
    reason_always: false,
    show_pictures: false,
    lock_minutes: 15,
    columns: [],
    managed: options.managed ?? [],
  };
  const modes = new Map<string, string>(); // that were chosen, by impersonation
  let rules: Rules = {
    ...noRules,
    changes: environment === "production" ? noRules.changes : { ...noRules.changes, ...freeChanges },
    managed: options.managed ?? [],
  };

  let signIn: SignIn = {
    clientID: options.clientID ?? "",
    required: false,
    name: "Understudy",
    redirectURIs: [21847, 23519, 27641, 29873].map((port) => `http://127.0.0.1:${port}/callback`),
    scopes: ["openid", "profile", "email"],
  };

  let lastBrowser = "";
  let isDiagnosed = false;
  let searches: Searches = { pinned: [], recent: [] };

  const failures = new Map<Method, Problem>();
  const held = new Map<Method, Promise<void>>();
  const closing = new Set<() => void>();
  const locking = new Set<() => void>();
  const listeners = new Set<(action: string) => void>();
  const answered = new Set<() => void>();
  const asking = new Set<Parameters<Backend["onAsked"]>[0]>();
  const waiting = new Set<(milliseconds: number, what: Waiting) => void>();
  const calls: [method: Method, ...args: unknown[]][] = [];

  async function run<T>(method: Method, args: unknown[], work: () => T): Promise<T> {
    const signal = args.find((arg) => arg instanceof AbortSignal);
    calls.push([method, ...args.filter((arg) => arg !== signal)]);
    if (signal?.aborted) throw failure("canceled");
    const heard = new AbortController();
    const stop = new Promise<never>((_, reject) => {
      const stopped = () => reject(failure("canceled"));
      signal?.addEventListener("abort", stopped, { once: true, signal: heard.signal });
    });
    await Promise.race([held.get(method) ?? Promise.resolve(), stop]).finally(() => heard.abort());
    const problem = failures.get(method);
    if (problem) throw new Failure(problem);
    if (!connected && needsInstance(method)) throw failure("not_connected");
    if (locked && needsKey(method)) throw failure("locked");
    return work();
  }

  function connection(used: Instance): Connection {
    if (!instances.some(({ id }) => id === used.id)) instances = [...instances, used];
    current = used;
    connected = true;
    locked = undefined;
    return { canceled: false, instance: used, operator };
  }

  function instanceOf(id: string): Instance {
    const found = instances.find((item) => item.id === id);
    if (!found) throw failure("instance_unknown");
    return found;
  }

  function pageOf(there: UserRow[], { view, index }: Pick<UsersRequest, "view" | "index">): UsersPage {
    const rows = select(there, view, now());
    const last = index + pageSize >= rows.length;
    return {
      pinnedAt: view.pinnedAt || now(),
      index,
      rows: rows.slice(index, index + pageSize),
      last,
      total: last ? rows.length : -1,
      aboveID: rows[index - 1]?.id ?? "",
      belowID: rows[index + pageSize]?.id ?? "",
    };
  }

  /** The users of the instance in use; a call has those of when it was made. */
  const people = (): UserRow[] => directories.get(current.id) ?? users;

  function lockNow(): void {
    locked = {
      instance: current,
      running: live
        .filter(isActive)
        .map((item) => ({ ...item, userName: "", userEmail: "", reason: "", browser: "" })),
    };
    instances = instances.filter(({ inMemory }) => !inMemory);
    for (const listener of locking) listener();
  }

  function changeOne(id: string, change: (found: Instance) => Instance): Instance[] {
    const changed = change(instanceOf(id));
    instances = instances.map((item) => (item.id === id ? changed : item));
    return instances;
  }

  function impersonation(id: string): Impersonation {
    const found = live.find((item) => item.id === id);
    if (!found) throw failure("impersonation_unknown");
    return found;
  }

  function end(item: Impersonation): Impersonation {
    const entry = history.find(({ id }) => id === item.id);
    if (entry) {
      const isUnused = item.state === "pending";
      const outcome = item.watching.watched ? watchedOutcome(item.watching.sent) : "not_watched";
      entry.result = isUnused ? "unused" : "ended";
      entry.outcome = isUnused ? "link_unused" : outcome;
      entry.sent = item.watching.sent;
    }
    Object.assign(item, { state: "ended", ended: "operator", endedAt: iso(now()) });
    return { ...item };
  }

  function verify(): SignedIn {
    if (signIn.clientID === "") throw failure("sign_in_not_set_up");
    const verified = { verified: true, verifiedAt: iso(now()), verifiedUntil: iso(now() + halfDayMS) };
    operator = { ...operatorFrom(memory.atTheBrowser), ...verified };
    return { operator, ...(memory.objection && { problem: memory.objection }) };
  }

  const backend: Backend = {
    start: () =>
      run("start", [], () => ({
        version: "0.1.0",
        os: options.os ?? "linux",
        keychain: "GNOME Keyring",
        apiURL: options.apiURL ?? "",
        apiManaged: options.apiManaged ?? false,
        sample: false,
        locked: locked !== undefined,
        selected: instances[0]?.id ?? "",
        instances,
        settings,
        ...(options.opened
          ? { opened: { ...connection(instance), users: pageOf(users, { view: newestFirst, index: 0 }) } }
          : {}),
      })),
    connectFromClipboard: (signal) => run("connectFromClipboard", [signal], () => connection(instance)),
    connectFromFile: (signal) => run("connectFromFile", [signal], () => connection(instance)),
    connectSample: (signal) =>
      run("connectSample", [signal], () =>
        connection({
          ...instance,
          id: "sample",
          name: "Northwind",
          environment: "sample",
          keyHint: sampleHint,
        }),
      ),
    keepKeyInNewKeyring: (signal) => run("keepKeyInNewKeyring", [signal], () => connection(instance)),
    holdKeyInMemory: () => run("holdKeyInMemory", [], () => connection({ ...instance, inMemory: true })),
    selectInstance: (id, signal) => run("selectInstance", [id, signal], () => connection(instanceOf(id))),
    listInstances: () => run("listInstances", [], () => instances),
    describeInstance: (id, name, color) =>
      run("describeInstance", [id, name, color], () => changeOne(id, (found) => ({ ...found, name, color }))),
    moveInstance: (id, by) =>
      run("moveInstance", [id, by], () => {
        const moved = instanceOf(id);
        const to = instances.indexOf(moved) + by;
        if (to < 0 || to >= instances.length) throw failure("instance_unknown");
        instances = instances.filter((item) => item !== moved).toSpliced(to, 0, moved);
        return instances;
      }),
    replaceKey: (id, signal) =>
      run("replaceKey", [id, signal], () => {
        const fresh = { keyHint: "sk_live_…n3W1", fingerprint: "51aa0c7e93bd4f60" };
        changeOne(id, (item) => ({ ...item, ...fresh }));
        return instanceOf(id);
      }),
    checkAddress: (signal) =>
      run("checkAddress", [signal], () => ({
        changed: memory.movedTo.length > 0,
        pinned: [current.frontendAPI],
        now: memory.movedTo,
      })),
    trustAddress: (shown, signal) =>
      run("trustAddress", [shown, signal], () => {
        const there = memory.movedTo.length > 0 ? memory.movedTo : [current.frontendAPI];
        if (shown.join() !== there.join()) throw failure("instance_host_changed");
        memory.movedTo = [];
        return connection(current);
      }),
    lock: () => run("lock", [], lockNow),
    locked: () =>
      run("locked", [], () => {
        if (!locked) throw failure("not_connected");
        return locked;
      }),
    reportUse: () => run("reportUse", [], () => undefined),
    onLocked: (listener) => {
      locking.add(listener);
      return () => locking.delete(listener);
    },
    disconnect: (id) =>
      run("disconnect", [id], () => {
        instances = instances.filter((item) => item.id !== id);
      }),
    setOperator: (userID) =>
      run("setOperator", [userID], () => {
        checkUserID(userID);
        const user = users.find((candidate) => candidate.id === userID);
        if (!user) throw failure("operator_gone");
        operator = operatorFrom(user);
        return operator;
      }),
    actAsOutsider: (name, address) =>
      run("actAsOutsider", [name, address], () => {
        if (name.trim() === "") throw failure("operator_name");
        if (!address.includes("@")) throw failure("operator_address");
        operator = { ...nobody, id: "address_memory", name, email: address, outside: true };
        return operator;
      }),
    operator: () =>
      run("operator", [], () => {
        if (operator.id === "") throw failure("operator_missing");
        return operator;
      }),
    signIn: () => run("signIn", [], () => signIn),
    setSignInClient: (clientID) =>
      run("setSignInClient", [clientID], () => {
        signIn = { ...signIn, clientID };
        return signIn;
      }),
    createSignInApplication: (signal) =>
      run("createSignInApplication", [signal], () => {
        signIn = { ...signIn, clientID: "cl_memory" };
        return signIn;
      }),
    signInOperator: (signal) => run("signInOperator", [signal], verify),
    signInByLink: (signal) => run("signInByLink", [signal], verify),
    listUsers: (request, signal) => {
      const there = people();
      return run("listUsers", [request, signal], () => pageOf(there, request));
    },
    countUsers: ({ view, newer }, signal) => {
      const there = people();
      return run("countUsers", [{ view, newer }, signal], () =>
        newer
          ? there.filter((user) => Date.parse(user.createdAt) > view.pinnedAt).length
          : select(there, view, now()).length,
      );
    },
    getUser: (id, ahead, signal) => {
      const there = people();
      return run("getUser", [id, ahead, signal], () => {
        checkUserID(id);
        const row = there.find((user) => user.id === id);
        if (!row) throw failure("user_gone");
        return inventDetail(row);
      });
    },
    getMemberships: (id, signal) =>
      run("getMemberships", [id, signal], () => {
        checkUserID(id);
        return inventMemberships();
      }),
    getSessions: (id, signal) =>
      run("getSessions", [id, signal], () => {
        checkUserID(id);
        return inventSessions(now());
      }),
    getUserNames: (ids, signal) => {
      const there = people();
      return run("getUserNames", [ids, signal], () => {
        for (const id of ids) checkUserID(id);
        return there
          .filter(({ id }) => ids.includes(id))
          .map(({ id, name, contact }) => ({ id, name: name || contact }));
      });
    },
    getPrivateMetadata: (id, signal) =>
      run("getPrivateMetadata", [id, signal], () => {
        checkUserID(id);
        return '{\n  "churnRisk": "low"\n}';
      }),
    findOrganizations: (text, signal) =>
      run("findOrganizations", [text, signal], () =>
        organizations.filter(({ id, name, slug }) =>
          [id, name, slug].some((word) => word.toLowerCase().includes(text.toLowerCase())),
        ),
      ),
    listSearches: () => run("listSearches", [], () => searches),
    rememberSearch: (text) =>
      run("rememberSearch", [text], () => {
        const recent = [text, ...searches.recent.filter((other) => other !== text)];
        if (!searches.pinned.includes(text)) searches = { ...searches, recent };
        return searches;
      }),
    pinSearch: (text, pinned) =>
      run("pinSearch", [text, pinned], () => {
        const without = (all: string[]) => all.filter((other) => other !== text);
        searches = pinned
          ? { pinned: [...without(searches.pinned), text], recent: without(searches.recent) }
          : { pinned: without(searches.pinned), recent: [text, ...searches.recent] };
        return searches;
      }),
    forgetSearches: () =>
      run("forgetSearches", [], () => {
        searches = { ...searches, recent: [] };
        return searches;
      }),
    preflight: (userID, signal) =>
      run("preflight", [userID, signal], () => {
        checkUserID(userID);
        return [...memory.findings];
      }),
    recentReasons: () =>
      run("recentReasons", [], () => [...new Set(history.map(({ reason }) => reason))].slice(0, 3)),
    openBilling: () => run("openBilling", [], () => undefined),
    openInDashboard: (userID) => run("openInDashboard", [userID], () => checkUserID(userID)),
    openReference: (reference) => run("openReference", [reference], () => undefined),
    createActorToken: (request, signal) =>
      run("createActorToken", [request, signal], () => {
        const user = users.find((candidate) => candidate.id === request.userID);
        if (!user) throw failure("user_gone");
        if (user.id === operator.id) throw failure("yourself");
        const created = inventImpersonation(user, {
          id: `rid_new_${live.length}`,
          reason: request.reason,
          reference: request.reference,
          browser: "",
          createdAt: iso(now()),
          linkExpiresAt: iso(now() + request.linkSeconds * 1000),
          sessionEndsAt: iso(now() + request.sessionMinutes * 60_000),
        });
        modes.set(created.id, request.mode || rules.changes.default);
        live.unshift(created);
        history.unshift(inventEntry(created, operator, current.id, history));
        return { ...created };
      }),
    openTicket: (id, browser) =>
      run("openTicket", [id, browser], () => {
        const found = impersonation(id);
        const chosen = memory.browsers.find((known) => known.id === browser);
        if (!chosen) throw failure("browser_missing");
        lastBrowser = browser;
        const watching = chosen.unheld
          ? unwatched
          : { ...watched, mode: modes.get(id) ?? "", ...memory.signsIn };
        return { ...Object.assign(found, { browser, watching }) };
      }),
    ...watchingCalls(run, impersonation, now),
    copyTicketLink: (id) =>
      run("copyTicketLink", [id], () => void Object.assign(impersonation(id), { browser: "copied-link" })),
    endImpersonation: (id) => run("endImpersonation", [id], () => end(impersonation(id))),
    endOther: (userID, sessionID) =>
      run("endOther", [userID, sessionID], () => {
        checkUserID(userID);
        memory.others = memory.others.filter((other) => other.sessionID !== sessionID);
      }),
    endAll: () =>
      run("endAll", [], () => {
        const active = live.filter((item) => item.state !== "ended");
        for (const item of active) end(item);
        const own = memory.others.filter((other) => other.own);
        memory.others = memory.others.filter((other) => !other.own);
        return { ended: active.length + own.length, failed: 0 };
      }),
    listLive: () =>
      run("listLive", [], () => ({
        checkedAt: iso(now()),
        following: live.some(isActive),
        items: live.map((item) => ({ ...item })),
        others: [...memory.others],
        ...(memory.liveProblem ? { problem: memory.liveProblem } : {}),
      })),
    listHistory: (request, signal) =>
      run("listHistory", [request, signal], () => pageOfHistory(history, request, memory.lookedThrough)),
    historyChoices: (signal) =>
      run("historyChoices", [signal], () => ({
        operators: [...new Set(history.map(({ operatorID }) => operatorID))],
        instances: [...new Set(history.map(({ instanceID }) => instanceID))],
      })),
    findRecord: (seq) =>
      run("findRecord", [seq], () => {
        const holder = history.find(({ seqs }) => seqs.includes(seq));
        if (!holder) throw failure("impersonation_unknown");
        return holder;
      }),
    exportHistory: (request, signal, onProgress) => {
      memory.exportsTo = onProgress ?? memory.exportsTo;
      return run("exportHistory", [request, signal], () => `/home/maya/understudy-history.${request.format}`);
    },
    listRecords: (id) =>
      run("listRecords", [id], () => {
        const entry = history.find((candidate) => candidate.id === id);
        if (!entry) throw failure("impersonation_unknown");
        return inventRecords(entry);
      }),
    ...reportCalls(run, history),
    verifyHistory: () => run("verifyHistory", [], () => memory.verification),
    compareHead: (signal) => run("compareHead", [signal], () => memory.head),
    acceptHistory: (signal) =>
      run("acceptHistory", [signal], () => {
        history.unshift(inventAcceptance(history, maya.id, now()));
        memory.head = { ...memory.head, state: "matches", message: "" };
      }),
    listBrowsers: () =>
      run("listBrowsers", [], () =>
        memory.browsers.map((browser) => ({ ...browser, chosen: browser.id === lastBrowser })),
      ),
    getSettings: () => run("getSettings", [], () => settings),
    changeSettings: (change) =>
      run("changeSettings", [change], () => {
        settings = patched(settings, change);
        return settings;
      }),
    getRules: () => run("getRules", [], () => rules),
    changeRules: (change) =>
      run("changeRules", [change], () => {
        rules = patched(rules, change);
        return rules;
      }),
    diagnose: (signal) =>
      run("diagnose", [signal], () => {
        isDiagnosed = true;
        return diagnostics;
      }),
    saveDiagnostics: () =>
      run("saveDiagnostics", [], () => {
        if (!isDiagnosed) throw failure("internal");
        return "/home/maya/understudy-diagnostics.txt";
      }),
    journalOf: (call) => run("journalOf", [call], () => [`{"msg":"call","call":"${call}"}`]),
    copyText: (text) => run("copyText", [text], () => undefined),
    onAnswered: (listener) => {
      answered.add(listener);
      return () => answered.delete(listener);
    },
    onAsked: (listener) => {
      asking.add(listener);
      return () => asking.delete(listener);
    },
    onWait: (listener) => {
      waiting.add(listener);
      return () => waiting.delete(listener);
    },
    quit: (endAll) =>
      run("quit", [endAll], () => {
        const active = endAll ? live.filter((item) => item.state !== "ended") : [];
        for (const item of active) end(item);
        const own = memory.others.filter((other) => other.own);
        memory.others = memory.others.filter((other) => !other.own);
        return { ended: active.length + own.length, failed: 0 };
      }),
    stayOpen: () => run("stayOpen", [], () => undefined),
    onClosing: (listener) => {
      closing.add(listener);
      return () => closing.delete(listener);
    },
    onAction: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  const memory: MemoryBackend = {
    ...backend,
    calls,
    users,
    live,
    history,
    lookedThrough: Number.POSITIVE_INFINITY,
    findings: [],
    others: [],
    liveProblem: undefined,
    exportsTo: () => undefined,
    head: {
      state: "matches",
      head: `${lastSeq(history)}:2b6f0d51c0a94e7788b1e5f20c3d94a7f6082f1e5b9c47d3a1e8607c92d4a913`,
      message: "",
    },
    signsIn: {},
    atTheBrowser: self,
    objection: undefined,
    movedTo: options.movedTo ?? [],
    browsers: inventBrowsers("Chrome"),
    verification: {
      state: "good",
      records: lastSeq(history),
      since: history.at(-1)?.time ?? "",
      line: 0,
      message: "",
      clock: "",
      checkedAt: iso(now()),
    },
    fail: (method, problem) => failures.set(method, problemOf(problem)),
    mend: (method) => failures.delete(method),
    hold: (method) => {
      const gate: { open?: () => void } = {};
      held.set(
        method,
        new Promise((resolve) => {
          gate.open = resolve;
        }),
      );
      return () => {
        held.delete(method);
        gate.open?.();
      };
    },
    close: () => {
      for (const listener of closing) listener();
    },
    lockItself: lockNow,
    choose: (action) => {
      for (const listener of listeners) listener(action);
    },
    answerAgain: () => {
      for (const listener of answered) listener();
    },
    ask: (ask) => {
      for (const listener of asking) listener(ask);
    },
    wait: (milliseconds, what) => {
      for (const listener of waiting) listener(milliseconds, what);
    },
  };
  return memory;
}

function operatorFrom(user: UserRow | undefined): Operator {
  return user ? { ...nobody, id: user.id, name: user.name, email: user.email } : nobody;
}

/** Refuses what cannot be the id of a user. */
function checkUserID(id: string): void {
  if (!id.startsWith("user_")) throw failure("id_invalid");
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** The rows of a view: matched, ordered and pinned as Go and Clerk would. */
function select(users: UserRow[], view: View, now: number): UserRow[] {
  const pinnedAt = view.pinnedAt || now;
  // Of the conditions only banned is kept to: it is enough to see rows change.
  const banned = /\bbanned:(yes|no)\b/.exec(view.query)?.[1];
  const words = view.query
    .replace(/\S+:(".*"|\S+)/g, "")
    .trim()
    .toLowerCase();
  const found = users.filter(
    (user) =>
      !(Date.parse(user.createdAt) > pinnedAt) &&
      (banned === undefined || user.banned === (banned === "yes")) &&
      [user.name, user.email, user.username, user.id].some((text) => text.toLowerCase().includes(words)),
  );
  const direction = view.descending ? -1 : 1;
  return found.toSorted((a, b) => {
    const [x, y] = [sortedBy(a, view.sort), sortedBy(b, view.sort)];
    // Users without a value come last, both ways.
    return Number(x === "") - Number(y === "") || direction * x.localeCompare(y);
  });
}

function sortedBy({ name, email, username, lastSignInAt, createdAt }: UserRow, sort: string): string {
  switch (sort) {
    case "first_name":
      return name.toLowerCase();
    case "email_address":
      return email;
    case "username":
      return username;
    case "last_sign_in_at":
      return lastSignInAt;
    default:
      return createdAt;
  }
}
