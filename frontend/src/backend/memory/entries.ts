/** An invented history, made from the invented users. */

import { type HistoryEntry, type HistoryRecord, type HistoryRecords, isReported } from "../history";
import type { Impersonation } from "../impersonations";
import type { Operator } from "../operator";
import type { UserRow } from "../users";

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

/** Ends of eight impersonations in turn, each with its outcome and how many changes it sent. */
const courses: [result: string, outcome: string, sent: number][] = [
  ["ended", "changed_nothing", 0],
  ["timeUp", "changed_nothing", 0],
  ["unused", "link_unused", 0],
  ["elsewhere", "changed", 1],
  ["ended", "changed", 2],
  ["timeUp", "not_watched", 0],
  ["unused", "link_unused", 0],
  ["elsewhere", "not_watched", 0],
];

/** The word of the audit log for each way that an impersonation ended. */
const endings: Record<string, string> = { ended: "operator", timeUp: "time" };

/** The outcome of an impersonation that was watched to its end. */
export function watchedOutcome(sent: number): string {
  return sent > 0 ? "changed" : "changed_nothing";
}

/** The number of the newest record, 0 without any. */
export function lastSeq([newest]: HistoryEntry[]): number {
  return newest?.seqs.at(-1) ?? 0;
}

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
  const entries = Array.from({ length: count }, (_, index): HistoryEntry => {
    const at = now - (20 + index * 97) * minute;
    const failed = index % 13 === 6;
    const [result, outcome, sent] = failed
      ? ["failed", "failed", 0]
      : (courses[index % courses.length] ?? ["", "", 0]);
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
      length: result === "unused" || failed ? 0 : (4 + ((index * 7) % 26)) * 60,
      outcome,
      sent,
      seqs: [],
    };
  });
  let seq = 0;
  for (const entry of entries.toReversed()) entry.seqs = stepsOf(entry).map(() => ++seq);
  return entries;
}

/** The entry of an impersonation that was asked for just now, after the newest one. */
export function inventEntry(
  { id, createdAt, userID, reason, reference, state }: Impersonation,
  operator: Operator,
  instanceID: string,
  history: HistoryEntry[],
): HistoryEntry {
  const seq = lastSeq(history) + 1;
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
    outcome: "",
    sent: 0,
    seqs: [seq, seq + 1, seq + 2],
  };
}

/** One record, with the seconds since the request. */
type Step = { event: string; after: number } & Partial<HistoryRecord>;

function stepsOf(entry: HistoryEntry): Step[] {
  if (entry.result === "accepted") return [{ event: "accepted", after: 0 }];
  const mode = isReported(entry) ? "view_only" : "";
  const requested: Step = { event: "requested", after: 0, reason: entry.reason, mode };
  if (entry.result === "failed") return [requested, { event: "failed", after: 1, code: entry.code }];
  const code = endings[entry.result] ?? entry.result;
  return [
    requested,
    { event: "opened", after: 2, mode },
    ...(isReported(entry) ? [{ event: "signed_in", after: 3 }] : []),
    ...(entry.sent > 1 ? placesAllowed : []),
    ...(entry.sent > 0 ? changesAllowed(entry.time) : []),
    { event: "ended", after: entry.length || 60, code },
  ];
}

const placesAllowed: Step[] = [
  { event: "path_allowed", after: 40, path: "acme.example/api/search", reason: "They search by POST" },
  { event: "connection_allowed", after: 55, host: "live.acme.example", reason: "The table stays empty" },
];

function changesAllowed(requested: string): Step[] {
  const reason = "She asked me to resend the invitation";
  const until = new Date(Date.parse(requested) + 70_000 + 10 * minute).toISOString();
  return [
    { event: "changes_allowed", after: 70, reason, until },
    { event: "changes_over", after: 190, code: "operator" },
  ];
}

/** Invents what is on record of an invented entry. */
export function inventRecords(entry: HistoryEntry): HistoryRecords {
  const [first = 0] = entry.seqs;
  const hasAnchor = entry.result !== "accepted" && entry.result !== "failed";
  return {
    records: stepsOf(entry).map(({ after, ...step }, index) => ({
      seq: first + index,
      time: new Date(Date.parse(entry.time) + after * 1000).toISOString(),
      code: "",
      hash: hash(first + index),
      prev: hash(first + index - 1),
      operatorID: entry.operatorID,
      remembered: step.event === "accepted" ? `${first + 6}:${hash(first + 6)}` : "",
      reason: "",
      path: "",
      host: "",
      until: "",
      mode: "",
      ...step,
    })),
    anchor: hasAnchor ? `${first}:${hash(first)}` : "",
  };
}

/** Invents that the history was accepted as it is, after its newest entry. */
export function inventAcceptance(history: HistoryEntry[], operatorID: string, now: number): HistoryEntry {
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
    outcome: "",
    sent: 0,
    seqs: [lastSeq(history) + 1],
  };
}
