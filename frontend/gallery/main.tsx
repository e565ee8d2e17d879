/**
 * The window on the in-memory backend, for looking at screens without Go:
 * `npm run gallery`. Not part of the program. The address chooses the scene:
 *
 *   ?environment=production|development|sample   the instance
 *   ?connected=no   ?identified=no               the first start
 *   ?theme=light|dark   ?zoom=80..200            the settings
 *   ?watched=yes   ?allow=never|always           browsers that are held; the rules for changes
 *   ?signIn=refused:code|unfinished|accepted     what becomes of a link in one
 *   ?live=no   ?history=0                        nothing there
 *   ?browsers=Chrome,Firefox                     browsers with windows of their own
 *   ?more=Globex,Initech   ?memory=yes           more instances; keys in memory alone
 *   ?closing=yes                                 closing the window while something runs
 *   ?locked=yes   ?moved=https://…               locked; signing in at another address
 *   ?chain=broken|torn   ?clock=sentence         a record that does not hold; a clock that went back
 *   ?older=never                                 a history that is read no further than its first page
 *   ?head=none|differs                           and its end in the keychain
 *   ?findings=refuse|ask|unchecked|warn          what stands against an impersonation
 *   ?longest=10|30   ?managed=name,name          rules, and which of them are the organization's
 *   ?fail=method:code&fail=…                     calls that fail
 *   ?fail=method:code:9000                       and ask to be left alone so many ms
 *   ?hold=method&hold=…                          calls that never answer
 */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "../src/app/App";
import { createMemoryBackend } from "../src/backend/memory/memory";
import { inventBrowsers, inventFindings, inventOther } from "../src/backend/memory/records";
import { codes, problemOf } from "../src/backend/problem";
import { createQueryClient } from "../src/workspace/queryClient";
import "../src/ui/styles.css";

const query = new URLSearchParams(location.search);
const environment = query.get("environment");

const backend = createMemoryBackend({
  environment: environment === "development" || environment === "sample" ? environment : "production",
  connected: query.get("connected") !== "no",
  more: query.get("more")?.split(",") ?? [],
  inMemory: query.get("memory") === "yes",
  movedTo: query.getAll("moved"),
  identified: query.get("identified") !== "no",
  busy: query.get("live") !== "no" && (query.get("watched") === "yes" ? "watched" : true),
  history: Number(query.get("history") ?? 40),
  apiURL: query.get("api") ?? "",
  managed: (query.get("managed") ?? "").split(","),
});

await backend.changeSettings({
  theme: query.get("theme") ?? "system",
  zoom: Number(query.get("zoom") ?? 100),
});
// The rules are an instance's.
if (query.get("connected") !== "no") {
  await backend.changeRules({
    changes: { allow: query.get("allow") ?? "reason" },
    longest_session_minutes: Number(query.get("longest") ?? 0),
    reason: { address: "https://acme.zendesk.com/agent/tickets/{ref}" },
  });
}
backend.findings = inventFindings(query.get("findings") ?? "", Date.now());
backend.browsers = inventBrowsers(...(query.get("browsers") ?? "Firefox,Chrome").split(","));
const [signIn = "", signInCode = ""] = (query.get("signIn") ?? "").split(":");
backend.signsIn = { signIn, signInCode };
const [priya, arjun] = [backend.users[4], backend.users[15]];
if (backend.live.length > 0 && priya && arjun) backend.others = [inventOther(priya, arjun, Date.now())];
backend.verification.state = query.get("chain") ?? "good";
backend.verification.line = 62;
backend.verification.clock = query.get("clock") ?? "";
const head = query.get("head");
if (head) {
  const message =
    "The history ends with record 120, but the keychain knows of record 126: the end was removed.";
  backend.head = { ...backend.head, state: head, message: head === "differs" ? message : "" };
}

type Method = Parameters<typeof backend.fail>[0];
const isMethod = (name: string | undefined): name is Method => name !== undefined && name in backend;

for (const rule of query.getAll("fail")) {
  const [method, code, wait] = rule.split(":");
  if (!isMethod(method)) throw new Error(`no such method: ${rule}`);
  const problem = problemOf({
    code: codes.find((known) => known === code) ?? "internal",
    message: `The sentence of ${code}.`,
    next: "What to do about it.",
    retry: true,
    retryAfterMS: Number(wait ?? 0),
  });
  backend.fail(method, { ...problem, traceID: "3f9c1d07a2" });
}
for (const method of query.getAll("hold")) if (isMethod(method)) backend.hold(method);

if (query.get("older") === "never") {
  const listHistory = backend.listHistory.bind(backend);
  backend.lookedThrough = 10;
  backend.listHistory = (request, signal) =>
    request.cursor === "" ? listHistory(request, signal) : new Promise(() => undefined);
}

if (query.get("locked") === "yes") backend.lockItself();
if (query.get("closing") === "yes") {
  backend.onClosing = (listener) => {
    const asked = setTimeout(listener);
    return () => clearTimeout(asked);
  };
}

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root");
createRoot(root).render(
  <StrictMode>
    <App backend={backend} queries={createQueryClient()} />
  </StrictMode>,
);
