import type { Calls } from "../calls";
import type { ActorTokenRequest, Place } from "../impersonations";
import { type Known, nobodyKnows, refused, type Step, signal } from "./step";

const unknown = "5d0d2c3e-6a5e-4c8e-9d53-0a3f5b1e7c11";

const request: ActorTokenRequest = {
  userID: "",
  reason: "Invoices page is empty",
  override: "",
  reference: "48213",
  linkSeconds: 60,
  sessionMinutes: 30,
  browser: "default",
  mode: "",
  changesReason: "",
  land: "",
};

const search: Place = { host: "app.acme.example", path: "/api/search" };

async function impersonate(backend: Calls, known: Known) {
  const created = await backend.createActorToken({ ...request, userID: known.user }, signal);
  known.impersonation = created.id;
  return created;
}

export const impersonationSteps: readonly Step[] = [
  [
    "the default browser opens a ticket",
    async (backend) => (await backend.listBrowsers()).some(({ id, barrier }) => id === "default" && !barrier),
    true,
  ],
  ["no reason was given yet", (backend) => backend.recentReasons(), []],
  ["nothing is live yet", async (backend) => (await backend.listLive()).items, []],
  ["findings are of a user", (backend) => backend.preflight("org_1", signal), refused("id_invalid")],
  [
    "nothing refuses a customer",
    async (backend, { user }) =>
      (await backend.preflight(user, signal)).filter(({ effect }) => effect === "refuse"),
    [],
  ],
  [
    "an unknown user is not impersonated",
    (backend) => backend.createActorToken({ ...request, userID: nobodyKnows }, signal),
    refused("user_gone"),
  ],
  [
    "nobody impersonates themselves",
    (backend, { operator }) => backend.createActorToken({ ...request, userID: operator }, signal),
    refused("yourself"),
  ],
  [
    "an actor token waits for its ticket to be used",
    async (backend, known) => {
      const { userID, reason, reference, state, browser } = await impersonate(backend, known);
      return { same: userID === known.user, reason, reference, state, browser };
    },
    { same: true, reason: "Invoices page is empty", reference: "48213", state: "pending", browser: "" },
  ],
  [
    "the ticket is opened in a browser",
    async (backend, { impersonation }) => {
      const { id, state, browser } = await backend.openTicket(impersonation, "default");
      return { same: id === impersonation, state, browser };
    },
    { same: true, state: "pending", browser: "default" },
  ],
  [
    "nobody watches the default browser",
    async (backend) => (await backend.listLive()).items.map(({ watching }) => watching.watched),
    [false],
  ],
  [
    "changes are held back by a browser that is held alone",
    (backend, { impersonation }) => backend.allowChanges(impersonation, "Resend an invitation", 5),
    refused("not_watched"),
  ],
  [
    "nor is a place allowed in another one",
    (backend, { impersonation }) => backend.allowPlace(impersonation, search, "They search by POST"),
    refused("not_watched"),
  ],
  [
    "nor taken back",
    (backend, { impersonation }) => backend.disallowPlace(impersonation, search),
    refused("not_watched"),
  ],
  [
    "nor is it made view only",
    (backend, { impersonation }) => backend.viewOnlyAgain(impersonation),
    refused("not_watched"),
  ],
  [
    "an unknown browser opens nothing",
    (backend, { impersonation }) => backend.openTicket(impersonation, "netscape"),
    refused("browser_missing"),
  ],
  [
    "an unknown ticket is not opened",
    (backend) => backend.openTicket(unknown, "default"),
    refused("impersonation_unknown"),
  ],
  [
    "the link of a ticket is copied",
    (backend, { impersonation }) => backend.copyTicketLink(impersonation),
    null,
  ],
  [
    "the link of an unknown ticket is not copied",
    (backend) => backend.copyTicketLink(unknown),
    refused("impersonation_unknown"),
  ],
  [
    "the impersonation is listed as live",
    async (backend, { impersonation }) => {
      const { items, others, following } = await backend.listLive();
      return { same: items.map(({ id }) => id === impersonation), others, following };
    },
    { same: [true], others: [], following: true },
  ],
  [
    "the operator ends the impersonation",
    async (backend, { impersonation }) => {
      const { state, ended, endedAt } = await backend.endImpersonation(impersonation);
      return { state, ended, dated: endedAt !== "" };
    },
    { state: "ended", ended: "operator", dated: true },
  ],
  [
    "an unknown impersonation is not ended",
    (backend) => backend.endImpersonation(unknown),
    refused("impersonation_unknown"),
  ],
  [
    "a session elsewhere is one of a user",
    (backend) => backend.endOther("org_1", "sess_1"),
    refused("id_invalid"),
  ],
  [
    "every impersonation that runs is ended",
    async (backend, known) => {
      await impersonate(backend, known);
      return backend.endAll();
    },
    { ended: 1, failed: 0 },
  ],
  ["nothing is left to end", (backend) => backend.endAll(), { ended: 0, failed: 0 }],
  ["the reason is among the recent ones, once", (backend) => backend.recentReasons(), [request.reason]],
  ["Clerk's page of the plan is opened", (backend) => backend.openBilling(), null],
];
