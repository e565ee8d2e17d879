/** The history, and whether the audit log that it shows is whole. */
import type { bridge } from "../../wailsjs/go/models";

export type HistoryEntry = bridge.HistoryEntry;
export type HistoryFilter = bridge.HistoryFilter;
export type HistoryRecord = bridge.HistoryRecord;
export type HistoryRecords = bridge.HistoryRecords;
export type Report = bridge.Report;
export type ReportRow = bridge.ReportRow;
export type HeadComparison = bridge.HeadComparison;
export type Verification = bridge.Verification;

const chains = ["good", "broken", "torn", "reports_differ"] as const;
export type ChainState = (typeof chains)[number];

/** Anything but a known state counts as broken. */
export function chainOf(verification: Verification): ChainState {
  return chains.find((known) => known === verification.state) ?? "broken";
}

export const heads = ["none", "matches", "differs"] as const;
type HeadState = (typeof heads)[number];

/** Anything but a known state counts as another end. */
export function headOf(comparison: HeadComparison): HeadState {
  return heads.find((known) => known === comparison.state) ?? "differs";
}

/** The outcomes of an impersonation, in the words of the screen. */
export const results = [
  "live",
  "pending",
  "opened",
  "requested",
  "ended",
  "timeUp",
  "idle",
  "elsewhere",
  "window",
  "unused",
  "stolen",
  "refused",
  "failed",
  "accepted",
  "unknown",
] as const;
export type Result = (typeof results)[number];

/** A result that this version does not know is said to be unknown. */
export function resultOf({ result }: HistoryEntry): Result {
  return results.find((known) => known === result) ?? "unknown";
}

/** The ends of an impersonation, by what was done. */
const outcomes = ["changed_nothing", "changed", "link_unused", "not_watched", "failed", "unknown"] as const;
export type Outcome = (typeof outcomes)[number];

/** Undefined while it goes on. An outcome that this version does not know is said to be unknown. */
export function outcomeOf({ outcome }: HistoryEntry): Outcome | undefined {
  return outcome === "" ? undefined : (outcomes.find((known) => known === outcome) ?? "unknown");
}

/** Whether there is a report of it. */
export function isReported({ outcome }: HistoryEntry): boolean {
  return outcome === "changed" || outcome === "changed_nothing";
}

/** The events that a record of the audit log can tell. */
export const events = [
  "requested",
  "issued",
  "unclear",
  "opened",
  "copied",
  "signed_in",
  "failed",
  "revoked",
  "ended",
  "changes_allowed",
  "changes_over",
  "path_allowed",
  "connection_allowed",
  "accepted",
] as const;

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
