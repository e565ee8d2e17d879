/** An invented history and what is live, made from the invented users. */

import { sentence } from "@/text/sentence";
import type { HistoryEntry, HistoryRecords } from "../history";
import type { Browser, Finding, Impersonation, OtherImpersonation } from "../impersonations";
import type { Operator } from "../operator";
import type { UserRow } from "../users";
import { unwatched } from "./watching";

const minute = 60_000;

const reasons = [
  "Payslip PDF does not open",
  "Appointment list is empty after the import",
  "Cannot add a second approver",
  "Invoice shows the wrong VAT",
  "Two-step code does not arrive",
  "Checks the new price list",
  "Wants to know why the account is banned",
  "Never got the invitation",
];

const results = ["ended", "timeUp", "unused", "elsewhere"];

/** The word of the audit log for each way that an impersonation ended. */
const endings: Record<string, string> = { ended: "operator", timeUp: "time" };

function hash(seq: number): string {
  return Array.from({ length: 8 }, (_, part) =>
    (((seq + 1) * (part + 3) * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, "0"),
  ).join("");
}

/** Invents the record of `count` impersonations, newest first. */
export function inventHistory(
  count: number,
  users: UserRow[],
  operatorID: string,
  now: number,
): HistoryEntry[] {
  return Array.from({ length: count }, (_, index): HistoryEntry => {
    const at = now - (20 + index * 97) * minute;
    const result = index % 13 === 6 ? "failed" : (results[index % results.length] ?? "");
    const length = result === "unused" || result === "failed" ? 0 : (4 + ((index * 7) % 26)) * 60;
    const failed = result === "failed";
    const seq = (count - index) * 3;
    return {
      id: `rid_${index}`,
      time: new Date(at).toISOString(),
      userID: users[(index * 3 + 2) % users.length]?.id ?? "",
      operatorID,
      operatorVerified: false,
      instanceID: "ins_memory",
      reason: reasons[index % reasons.length] ?? "",
      override: "",
      reference: index % 3 === 0 ? String(48_213 - index) : "",
      result,
      until: "",
      code: failed ? "clerk_refused" : "",
      length,
      seqs: failed ? [seq, seq + 1] : [seq, seq + 1, seq + 2],
    };
  });
}

/** The entry of an impersonation that was asked for just now, after the newest one. */
export function inventEntry(
  { id, createdAt, userID, reason, reference, state }: Impersonation,
  operator: Operator,
  instanceID: string,
  newest: HistoryEntry | undefined,
): HistoryEntry {
  const seq = (newest?.seqs.at(-1) ?? 0) + 1;
  return {
    id,
    time: createdAt,
    userID,
    operatorID: operator.id,
    operatorVerified: operator.verified,
    instanceID,
    reason,
    override: "",
    reference,
    result: state,
    until: "",
    code: "",
    length: 0,
    seqs: [seq, seq + 1, seq + 2],
  };
}

/** Invents what is on record of an invented entry. */
export function inventRecords(entry: HistoryEntry): HistoryRecords {
  const [first = 0] = entry.seqs;
  const steps: [event: string, code: string, after: number][] =
    entry.result === "accepted"
      ? [["accepted", "", 0]]
      : entry.result === "failed"
        ? [
            ["requested", "", 0],
            ["failed", entry.code, 1],
          ]
        : [
            ["requested", "", 0],
            ["opened", "", 2],
            ["ended", endings[entry.result] ?? entry.result, entry.length || 60],
          ];
  return {
    records: steps.map(([event, code, after], index) => ({
      seq: first + index,
      time: new Date(Date.parse(entry.time) + after * 1000).toISOString(),
      event,
      code,
      hash: hash(first + index),
      prev: hash(first + index - 1),
      operatorID: entry.operatorID,
      remembered: event === "accepted" ? `${first + 6}:${hash(first + 6)}` : "",
    })),
    anchor: entry.result !== "accepted" && entry.result !== "failed" ? `${first}:${hash(first)}` : "",
  };
}

/** Invents that the history was accepted as it is, after its newest entry. */
export function inventAcceptance(
  newest: HistoryEntry | undefined,
  operatorID: string,
  now: number,
): HistoryEntry {
  return {
    id: `rid_accepted_${now}`,
    time: new Date(now).toISOString(),
    userID: "",
    operatorID,
    operatorVerified: false,
    instanceID: "ins_memory",
    reason: "",
    override: "",
    reference: "",
    result: "accepted",
    until: "",
    code: "",
    length: 0,
    seqs: [(newest?.seqs.at(-1) ?? 0) + 1],
  };
}

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
