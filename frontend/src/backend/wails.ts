/** The backend of the real program: the only importer of Wails' bindings. */
import * as App from "../../wailsjs/go/main/App";
import { EventsOn } from "../../wailsjs/runtime/runtime";
import type { Backend, Start } from "./backend";
import { decodeProblem, Failure } from "./problem";

/** Turns the rejection of a bound method into a Failure. */
async function answer<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (rejection) {
    throw new Failure(decodeProblem(rejection));
  }
}

const stopped = new Failure({
  code: "canceled",
  message: "Stopped.",
  next: "",
  retry: true,
  traceID: "",
  retryAfterMS: 0,
  request: "",
  status: 0,
  call: "",
});

declare global {
  interface Window {
    /** The call that public/start.js made, until it is taken. */
    understudyStart?: Promise<Start> | undefined;
  }
}

/** What Go says at the start: the page has asked for it once already. */
function start(): Promise<Start> {
  const asked = window.understudyStart ?? App.Start();
  window.understudyStart = undefined;
  return asked;
}

export function createWailsBackend(): Backend {
  let requests = 0;

  /**
   * Runs a call under a name of its own. An abort rejects at once and tells Go
   * to stop, whose own answer then comes too late to matter.
   */
  function cancellable<T>(signal: AbortSignal, call: (requestID: string) => Promise<T>): Promise<T> {
    if (signal.aborted) return Promise.reject(stopped);
    requests += 1;
    const requestID = `window-${requests}`;
    return new Promise<T>((resolve, reject) => {
      const stop = () => {
        reject(stopped);
        App.Cancel(requestID).catch(() => undefined);
      };
      signal.addEventListener("abort", stop, { once: true });
      answer(() => call(requestID))
        .finally(() => signal.removeEventListener("abort", stop))
        .then(resolve, reject);
    });
  }

  /**
   * Runs a call that changes which instance Go uses, or something at Clerk. An abort tells Go to stop; what
   * became of it is still Go's to say.
   */
  async function settled<T>(signal: AbortSignal, call: (requestID: string) => Promise<T>): Promise<T> {
    if (signal.aborted) throw stopped;
    requests += 1;
    const requestID = `window-${requests}`;
    const stop = () => void App.Cancel(requestID).catch(() => undefined);
    signal.addEventListener("abort", stop, { once: true });
    try {
      return await answer(() => call(requestID));
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  return {
    start: () => answer(start),
    connectFromClipboard: (signal) => settled(signal, App.ConnectFromClipboard),
    connectFromFile: (signal) => settled(signal, App.ConnectFromFile),
    connectSample: (signal) => settled(signal, App.ConnectSample),
    keepKeyInNewKeyring: (signal) => settled(signal, (requestID) => App.KeepKeyInNewKeyring(requestID)),
    holdKeyInMemory: () => answer(() => App.HoldKeyInMemory()),
    selectInstance: (id, signal) => settled(signal, (requestID) => App.SelectInstance(requestID, id)),
    listInstances: () => answer(() => App.ListInstances()),
    describeInstance: (id, name, color) => answer(() => App.DescribeInstance(id, name, color)),
    moveInstance: (id, by) => answer(() => App.MoveInstance(id, by)),
    replaceKey: (id, signal) => settled(signal, (requestID) => App.ReplaceKey(requestID, id)),
    checkAddress: (signal) => cancellable(signal, App.CheckAddress),
    trustAddress: (shown, signal) => settled(signal, (requestID) => App.TrustAddress(requestID, shown)),
    lock: () => answer(() => App.Lock()),
    locked: () => answer(() => App.Locked()),
    reportUse: () => answer(() => App.ReportUse()),
    onLocked: (listener) => EventsOn("locked", listener),
    disconnect: (id) => answer(() => App.Disconnect(id)),
    setOperator: (userID) => answer(() => App.SetOperator(userID)),
    actAsOutsider: (name, address) => answer(() => App.ActAsOutsider(name, address)),
    operator: () => answer(() => App.Operator()),
    signIn: () => answer(() => App.SignIn()),
    setSignInClient: (clientID) => answer(() => App.SetSignInClient(clientID)),
    createSignInApplication: (signal) => cancellable(signal, App.CreateSignInApplication),
    signInOperator: (signal) => cancellable(signal, App.SignInOperator),
    signInByLink: (signal) => cancellable(signal, App.SignInByLink),
    listUsers: (request, signal) =>
      cancellable(signal, (requestID) => App.ListUsers({ ...request, requestID })),
    countUsers: (request, signal) =>
      cancellable(signal, (requestID) => App.CountUsers({ ...request, requestID })),
    getUser: (id, signal, ahead = false) =>
      cancellable(signal, (requestID) => App.GetUser(requestID, id, ahead)),
    getMemberships: (id, signal) => cancellable(signal, (requestID) => App.GetMemberships(requestID, id)),
    getSessions: (id, signal) => cancellable(signal, (requestID) => App.GetSessions(requestID, id)),
    getUserNames: (ids, signal) => cancellable(signal, (requestID) => App.GetUserNames(requestID, [...ids])),
    getPrivateMetadata: (id, signal) =>
      cancellable(signal, (requestID) => App.GetPrivateMetadata(requestID, id)),
    findOrganizations: (text, signal) =>
      cancellable(signal, (requestID) => App.FindOrganizations(requestID, text)),
    listSearches: () => answer(() => App.ListSearches()),
    rememberSearch: (text) => answer(() => App.RememberSearch(text)),
    pinSearch: (text, pinned) => answer(() => App.PinSearch(text, pinned)),
    forgetSearches: () => answer(() => App.ForgetSearches()),
    preflight: (userID, signal) => cancellable(signal, (requestID) => App.Preflight(requestID, userID)),
    recentReasons: () => answer(() => App.RecentReasons()),
    openBilling: () => answer(() => App.OpenBilling()),
    openInDashboard: (userID) => answer(() => App.OpenInDashboard(userID)),
    openReference: (reference) => answer(() => App.OpenReference(reference)),
    createActorToken: (request, signal) =>
      settled(signal, (requestID) => App.CreateActorToken({ ...request, requestID })),
    openTicket: (id, browser) => answer(() => App.OpenTicket(id, browser)),
    copyTicketLink: (id) => answer(() => App.CopyTicketLink(id)),
    endImpersonation: (id) => answer(() => App.EndImpersonation(id)),
    endOther: (userID, sessionID) => answer(() => App.EndOther(userID, sessionID)),
    endAll: () => answer(() => App.EndAll()),
    listLive: () => answer(() => App.ListLive()),
    listHistory: (request, signal) => cancellable(signal, (requestID) => App.ListHistory(requestID, request)),
    historyChoices: (signal) => cancellable(signal, App.HistoryChoices),
    findRecord: (seq) => answer(() => App.FindRecord(seq)),
    exportHistory: (request, signal, onProgress) =>
      cancellable(signal, (requestID) => {
        const deafen = EventsOn("export", (told: unknown) => {
          const [exporting, percent] = String(told).split(" ");
          if (exporting === requestID) onProgress(Number(percent));
        });
        return App.ExportHistory(requestID, request).finally(deafen);
      }),
    listRecords: (id) => answer(() => App.ListRecords(id)),
    verifyHistory: () => answer(() => App.VerifyHistory()),
    compareHead: (signal) => cancellable(signal, App.CompareHead),
    acceptHistory: (signal) => cancellable(signal, App.AcceptHistory),
    listBrowsers: () => answer(() => App.ListBrowsers()),
    getSettings: () => answer(() => App.GetSettings()),
    saveSettings: (settings) => answer(() => App.SaveSettings(settings)),
    getRules: () => answer(() => App.GetRules()),
    saveRules: (rules) => answer(() => App.SaveRules(rules)),
    journalOf: (call) => answer(() => App.JournalOf(call)),
    copyText: (text) => answer(() => App.CopyText(text)),
    onAnswered: (listener) => EventsOn("answer", listener),
    onWait: (listener) =>
      EventsOn("wait", (told: unknown) => {
        const [what, milliseconds] = String(told).split(" ");
        listener(Number(milliseconds), what === "limit" || what === "clerk" ? what : "retry");
      }),
    quit: (endAll) => answer(() => App.Quit(endAll)),
    stayOpen: () => answer(() => App.StayOpen()),
    onClosing: (listener) => EventsOn("closing", listener),
    onAction: (listener) => EventsOn("action", (action: unknown) => listener(String(action))),
  };
}
