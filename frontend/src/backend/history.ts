/** The history, and whether the audit log that it shows is whole. */
import type { bridge } from "../../wailsjs/go/models";

export type HistoryEntry = bridge.HistoryEntry;
export type HistoryFilter = bridge.HistoryFilter;
export type HistoryRecord = bridge.HistoryRecord;
export type HistoryRecords = bridge.HistoryRecords;
export type HeadComparison = bridge.HeadComparison;
export type Verification = bridge.Verification;

const chains = ["good", "broken", "torn"] as const;
export type ChainState = (typeof chains)[number];

/** Anything but a known state counts as broken. */
export function chainOf(verification: Verification): ChainState {
  return chains.find((known) => known === verification.state) ?? "broken";
}

const heads = ["none", "matches", "differs"] as const;
type HeadState = (typeof heads)[number];

/** Anything but a known state counts as another end. */
export function headOf(comparison: HeadComparison): HeadState {
  return heads.find((known) => known === comparison.state) ?? "differs";
}

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
