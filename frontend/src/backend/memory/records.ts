/** Invents what is live, and the answers that the dialog asks for. */

import { sentence } from "@/text/sentence";
import type { Browser, Finding, Impersonation, OtherImpersonation } from "../impersonations";
import type { UserRow } from "../users";
import { unwatched } from "./watching";

const minute = 60_000;

/** Returns a new impersonation of that user, changed by part. */
export function inventImpersonation(user: UserRow, part: Partial<Impersonation>): Impersonation {
  return {
    id: "",
    userID: user.id,
    userName: user.name,
    userEmail: user.email,
    reason: "",
    reference: "",
    state: "pending",
    waiting: [],
    ended: "",
    browser: "default",
    createdAt: "",
    linkExpiresAt: "",
    sessionEndsAt: "",
    idleEndsAt: "",
    lastActiveAt: "",
    endedAt: "",
    watching: unwatched,
    ...part,
  };
}

/** Three of each kind for the board: waiting, live, ended today. */
export function inventLive(users: UserRow[], now: number): Impersonation[] {
  const at = (minutes: number) => new Date(now + minutes * minute).toISOString();
  const [noor, tomas, ingrid, , priya, , , kenji, , , , , hannah] = users;
  if (!noor || !tomas || !ingrid || !priya || !kenji || !hannah) return [];
  return [
    inventImpersonation(kenji, {
      id: "rid_kenji",
      reason: "Payslip PDF does not open",
      createdAt: at(-0.3),
      linkExpiresAt: at(0.7),
    }),
    inventImpersonation(priya, {
      id: "rid_priya",
      reason: "Appointment list is empty after the import",
      state: "live",
      createdAt: at(-17.3),
      sessionEndsAt: at(12.69),
      idleEndsAt: at(8.08),
      lastActiveAt: at(-1.92),
    }),
    inventImpersonation(noor, {
      id: "rid_noor",
      reason: "Export stops half way",
      state: "unknown",
      createdAt: at(-25),
      sessionEndsAt: at(35),
    }),
    inventImpersonation(ingrid, {
      id: "rid_ingrid",
      reason: "Cannot add a second approver",
      state: "ended",
      ended: "operator",
      createdAt: at(-85),
      sessionEndsAt: at(-55),
      endedAt: at(-71),
    }),
    inventImpersonation(tomas, {
      id: "rid_tomas",
      reason: "Invoice shows the wrong VAT",
      state: "ended",
      ended: "time",
      createdAt: at(-171),
      sessionEndsAt: at(-141),
      endedAt: at(-141),
    }),
    inventImpersonation(hannah, {
      id: "rid_hannah",
      reason: "Two-step code does not arrive",
      state: "ended",
      ended: "unused",
      createdAt: at(-223),
      endedAt: at(-222),
    }),
  ];
}

/** The default browser alone, or with those that have windows of their own. */
export function inventBrowsers(...isolated: string[]): Browser[] {
  return [
    ...isolated.map((name) => ({
      id: name.toLowerCase(),
      name,
      isolated: true,
      chosen: false,
      unheld: name === "Firefox" ? "kind" : "",
    })),
    {
      id: "default",
      name: "",
      isolated: false,
      chosen: false,
      unheld: "kind",
    },
  ];
}

/** Returns a colleague's impersonation of that user, as Clerk keeps it. */
export function inventOther(user: UserRow, operator: UserRow, now: number): OtherImpersonation {
  const at = (minutes: number) => new Date(now + minutes * minute).toISOString();
  return {
    sessionID: "sess_colleague",
    userID: user.id,
    operatorID: operator.id,
    own: false,
    foreign: false,
    tool: "",
    reference: "48198",
    browser: "Firefox",
    place: "Leeds, GB",
    createdAt: at(-6),
    sessionEndsAt: at(24.15),
    idleEndsAt: at(9.87),
    lastActiveAt: at(-0.13),
    waiting: [],
  };
}

/** Findings of an effect and of those below it, as Go sends them. */
export function inventFindings(gravest: string, now: number): Finding[] {
  const all: Finding[] = [
    {
      rule: "no_impersonation",
      effect: "refuse",
      name: sentence("finding.marked"),
      sentence: sentence("finding.marked.about"),
      until: "",
    },
    {
      rule: "role",
      effect: "ask",
      name: sentence("finding.role", { role: "Admin", organization: "Meridian Health" }),
      sentence: sentence("finding.role.ask"),
      until: "",
    },
    {
      rule: "colleague",
      effect: "unchecked",
      name: sentence("finding.company_unchecked"),
      sentence: sentence("clerk_busy", { server: "Clerk" }),
      until: "",
    },
    {
      rule: "colleague",
      effect: "warn",
      name: sentence("finding.colleague", { who: "Jonas Weber" }),
      sentence: sentence("finding.join"),
      until: new Date(now + 24.15 * minute).toISOString(),
    },
    {
      rule: "quota",
      effect: "warn",
      name: sentence("finding.quota_left", { left: 1, limit: 5, by: sentence("finding.quota_here") }),
      sentence: sentence("finding.quota_left.about", {
        how: sentence("finding.quota_counted", { since: new Date(2026, 10, 1) }),
      }),
      until: "",
    },
  ];
  const from = all.findIndex(({ effect }) => effect === gravest);
  return from < 0 ? [] : all.slice(from);
}
