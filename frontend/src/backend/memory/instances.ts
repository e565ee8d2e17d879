/** Invented instances, and the calls that need one. */
import type { Backend } from "../backend";
import type { Instance } from "../instances";
import type { UserRow } from "../users";

/** The calls that are answered while the program is locked, or nothing is connected. */
const keyless: ReadonlySet<string> = new Set<keyof Backend>([
  "start",
  "describeInstance",
  "moveInstance",
  "replaceKey",
  "trustAddress",
  "disconnect",
  "listBrowsers",
  "journalOf",
  "diagnose",
  "saveDiagnostics",
  "copyText",
  "quit",
  "stayOpen",
  "connectFromClipboard",
  "connectFromFile",
  "connectSample",
  "keepKeyInNewKeyring",
  "holdKeyInMemory",
  "selectInstance",
  "listInstances",
  "lock",
  "locked",
  "reportUse",
  "getSettings",
  "changeSettings",
]);

/** The history is there without an instance, but locked with one. */
const ofHistory: ReadonlySet<string> = new Set<keyof Backend>([
  "listHistory",
  "historyChoices",
  "findRecord",
  "listRecords",
  "getReport",
  "verifyHistory",
  "compareHead",
  "acceptHistory",
  "exportHistory",
]);

export function needsKey(method: string): boolean {
  return !keyless.has(method);
}

export function needsInstance(method: string): boolean {
  return needsKey(method) && !ofHistory.has(method);
}

/** One more production instance. */
export function oneMore(name: string, like: Instance): Instance {
  const word = name.toLowerCase();
  return {
    ...like,
    id: `ins_${word}`,
    name,
    environment: "production",
    keyHint: "sk_live_…k8Rd",
    frontendAPI: `https://clerk.${word}.example`,
    fingerprint: "04f7c2a91be8d635",
  };
}

/** The users of another instance: nobody is in both. */
export function called(users: UserRow[], instance: string): UserRow[] {
  return users.map((user) => ({
    ...user,
    id: `${user.id}${instance}`,
    name: `${user.name} of ${instance}`,
    self: false,
  }));
}
